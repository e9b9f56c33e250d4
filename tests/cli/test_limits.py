"""What servers say they take, where no daemon asks them."""

from pathlib import Path
from typing import Any

from tests.app.test_allowing import CONFIG, Instance
from tests.receiver import Receiver


def test_a_probe_learns_what_a_server_takes_and_keeps_it(
    site: Path, run: Any, run_json: Any
) -> None:
    def limit(*words: str) -> int:
        [channel] = run_json("channels", *words)
        return int(channel["text"])

    with Receiver(Instance()) as peer:
        (site / "config.toml").write_text(CONFIG.format(url=peer.url), "utf-8")
        new = limit("--probe")
        run("build")
        before = limit()
        known = limit("--probe")
    later = limit()

    assert (new, before, known, later) == (500, 500, 5_000, 5_000)
