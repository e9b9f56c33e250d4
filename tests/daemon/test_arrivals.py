import time
from pathlib import Path

import pytest

from syndicate.app import open_app
from syndicate.daemon.arrivals import SHORTLY, Arrivals

CONFIG = """
[site]
url = "https://news.example"

[posts]
settle = "{settle}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "_posts").mkdir()
    return tmp_path


def follow(folder: Path, *, settle: str) -> Arrivals:
    """Open a site without posts whose feeds are out, and follow its files."""
    (folder / "config.toml").write_text(CONFIG.format(settle=settle), "utf-8")
    app = open_app(folder / "config.toml")
    app.build()
    return Arrivals(app)


def laid(folder: Path) -> list[Path]:
    return list((folder / "feeds").glob(".*"))


def save(folder: Path, number: int = 0) -> str:
    post = folder / "_posts" / f"{number}.md"
    post.write_text(f"---\ntitle: 비가 온다 {number}\n---\n", "utf-8")
    return post.name


def test_feeds_are_laid_out_shortly_before_a_file_lies_still(folder: Path) -> None:
    arrivals = follow(folder, settle="2s")
    arrivals.hear([save(folder)])
    arrivals.read_ahead()
    before, wait = laid(folder), arrivals.wait()

    assert before == []
    assert wait is not None
    assert wait <= 2 - SHORTLY

    time.sleep(wait)
    arrivals.read_ahead()

    assert len(laid(folder)) == 3

    time.sleep(arrivals.wait() or 0)

    assert list(arrivals.at_rest()) == ["0.md"]


def test_a_file_that_goes_away_takes_its_feeds_with_it(folder: Path) -> None:
    arrivals = follow(folder, settle="60ms")
    name = save(folder)
    arrivals.hear([name])
    arrivals.read_ahead()
    assert len(laid(folder)) == 3

    (folder / "_posts" / name).unlink()
    arrivals.see_again()
    arrivals.read_ahead()

    assert laid(folder) == []


def test_for_many_files_at_once_nothing_is_laid_out(folder: Path) -> None:
    arrivals = follow(folder, settle="60ms")
    arrivals.hear([save(folder, number) for number in range(9)])

    arrivals.read_ahead()

    assert laid(folder) == []
