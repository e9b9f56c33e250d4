from pathlib import Path

import pytest

from syndicate.errors import SetupError
from syndicate.feeds.retire import listed, retire


def test_the_files_go_and_the_folder_stays(tmp_path: Path) -> None:
    folder = tmp_path / "tag" / "지진"
    folder.mkdir(parents=True)
    for name in ("rss.xml", "atom.xml", "mine.html"):
        (folder / name).write_text("x")

    retire(tmp_path, ["tag/지진/", "tag/never/"])

    assert [path.name for path in folder.iterdir()] == ["mine.html"]


def test_what_stands_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "tag").write_text("mine")

    retire(tmp_path, ["tag/지진/"])

    assert (tmp_path / "tag").read_text() == "mine"


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "tag/지진/rss.xml").mkdir(parents=True)

    with pytest.raises(SetupError, match=r"cannot remove .*rss\.xml"):
        retire(tmp_path, ["tag/지진/"])


def test_without_a_list_nothing_was_listed(tmp_path: Path) -> None:
    assert listed(tmp_path) == set()
    (tmp_path / "feeds.opml").mkdir()
    assert listed(tmp_path) == set()
