"""A build by itself: what it needs, and what it leaves alone."""

import gc
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from syndicate.app import build
from syndicate.app.report import Built

CONFIG = '[site]\nurl = "https://news.example"\ntitle = "소식"\n'
POST = "---\ntitle: 지진\ndate: 2024-05-18\n---\n![지도](/지도.png) 본문입니다.\n"
PROGRAM = """
import gc, json, sys
from syndicate.cli import main
main(["build"], standalone_mode=False)
frozen = gc.get_freeze_count()
gc.unfreeze()
late = [each for each in gc.get_objects() if type(each).__name__ == "Late"]
compiled = sum(len(vars(each)) > 2 for each in late)  # more than it begins with
print(json.dumps([frozen, compiled, list(sys.modules)]))
"""
SAID = "SELECT identity, path, link, title, published, baseline, considered FROM posts"
TELLING = {
    "syndicate.app.core",
    "syndicate.app.telling",
    "syndicate.app.alarm",
    "syndicate.alerts.compose",
    "syndicate.outbox.enqueue",
    "syndicate.model.told",
    "syndicate.channels",
    "httpx",
    "httpcore",
    "h11",
}
"""Rooms that tell people: a tenth of a second, and a build tells nobody."""

RARE = {
    "syndicate.posts.mend",
    "syndicate.posts.long_way",
    "syndicate.app.archiving",
    "syndicate.alerts.template",
    "difflib",
    "yaml",
    "regex",
    "liquid",
    "imagesize",
}
"""What a post that is written plainly does not take, nor a site's usual feeds."""

OTHERS = {
    "alembic",
    "sqlalchemy",
    "asyncio",
    "apscheduler",
    "brotli",
    "prometheus_client",
    "rich",
    "uvicorn",
}
"""What other commands take."""


def test_a_build_is_done_without_what_it_does_not_need(tmp_path: Path) -> None:
    a_site(tmp_path)

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, cwd=tmp_path, capture_output=True
    )

    frozen, compiled, modules = json.loads(done.stdout.splitlines()[-1])
    assert "지진" in (tmp_path / "feeds/feed.json").read_text("utf-8")
    assert (TELLING | RARE | OTHERS) & set(modules) == set()
    assert compiled < 12  # of eighty that are late
    assert frozen  # the collector does not go through what was imported


def test_a_build_within_a_program_leaves_the_collector_as_it_is(tmp_path: Path) -> None:
    before = gc.get_freeze_count()

    build(a_site(tmp_path))

    assert gc.get_freeze_count() <= before  # what a test before froze may end here


def a_site(folder: Path) -> Path:
    (folder / "_posts").mkdir()
    (folder / "_posts/2024-05-18-a.md").write_text(POST, "utf-8")
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    return folder / "config.toml"


def test_a_first_build_that_is_overtaken_goes_on_with_what_is_there(
    tmp_path: Path,
) -> None:
    path = a_site(tmp_path)
    others: list[Built | None] = []

    def overtaken() -> datetime:
        if not others:
            others.append(None)
            others.append(build(path))
        return datetime.now(UTC)

    built = build(path, clock=overtaken)

    assert len(others) == 2
    assert built.look.posts == 1
    with closing(sqlite3.connect(tmp_path / "syndicate.db")) as driver:
        assert driver.execute("SELECT count(*) FROM posts").fetchone() == (1,)


def test_a_first_build_and_one_with_an_archive_remember_the_same(
    tmp_path: Path,
) -> None:
    kept = []
    for name, more in (("plain", ""), ("archive", "[feeds]\narchive = true\n")):
        (tmp_path / name).mkdir()
        path = a_site(tmp_path / name)
        path.write_text(CONFIG + more, "utf-8")
        build(path, clock=lambda: datetime(2026, 3, 1, tzinfo=UTC))
        with closing(sqlite3.connect(tmp_path / name / "syndicate.db")) as driver:
            kept.append(driver.execute(SAID).fetchall())

    assert kept[0] == kept[1] != []
