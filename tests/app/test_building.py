"""A build by itself: what it needs, and what it leaves alone."""

import subprocess
import sys
from pathlib import Path

CONFIG = '[site]\nurl = "https://news.example"\ntitle = "소식"\n'
POST = "---\ntitle: 지진\ndate: 2024-05-18\n---\n본문입니다.\n"


def test_a_build_is_done_without_what_tells_people(tmp_path: Path) -> None:
    """Importing it takes a tenth of a second, and YAML's parser a sixtieth."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_posts/2024-05-18-a.md").write_text(POST, "utf-8")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    program = (
        "import sys; from pathlib import Path; from syndicate.app import build;"
        "build(Path('config.toml'));"
        "others = {'syndicate.app.core', 'syndicate.app.telling', 'syndicate.app.alarm',"
        " 'syndicate.alerts.compose', 'syndicate.outbox.enqueue', 'yaml'};"
        "sys.exit(str(others & sys.modules.keys()) if others & sys.modules.keys() else 0)"
    )

    subprocess.run([sys.executable, "-c", program], check=True, cwd=tmp_path)

    assert "지진" in (tmp_path / "feeds/feed.json").read_text("utf-8")
