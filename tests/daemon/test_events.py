"""Which posts the system's events name."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from syndicate.daemon.events import watching
from syndicate.daemon.inbox import Inbox

HUNG = 60.0  # seconds


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def folder(tmp_path: Path, inbox: Inbox) -> Iterator[Path]:
    """Give a folder that is watched, once its events arrive."""
    folder = tmp_path / "_posts"
    folder.mkdir()
    with watching(folder, inbox):
        until = time.monotonic() + HUNG
        while inbox.empty() and time.monotonic() < until:
            (folder / "first.md").write_text(str(time.monotonic()))
            time.sleep(0.05)
        yield folder


def heard(folder: Path, inbox: Inbox) -> set[str]:
    """Collect the paths that arrive before that of a file which is written last."""
    (folder / "last.md").write_text("글")
    paths: set[str] = set()
    while "last.md" not in paths:
        word = inbox.get(timeout=HUNG)
        paths |= word if isinstance(word, set) else set()
    return paths - {"first.md", "last.md"}


def test_a_folder_that_is_moved_here_has_all_its_posts_named(
    folder: Path, inbox: Inbox, tmp_path: Path
) -> None:
    away = tmp_path / "away"
    (away / "안/b").mkdir(parents=True)
    for name in ("a.md", "안/지진.md", "안/b/c.html", "안/b.txt", "_d.md"):
        (away / name).write_text("글")

    away.rename(folder / "2024")

    assert heard(folder, inbox) == {"2024/a.md", "2024/안/지진.md", "2024/안/b/c.html"}


def test_what_is_written_into_a_new_folder_at_once_is_named(
    folder: Path, inbox: Inbox
) -> None:
    names = {f"{number}/{number}.md" for number in range(40)}
    for name in sorted(names):
        (folder / name).parent.mkdir()
        (folder / name).write_text("글")

    assert heard(folder, inbox) == names


def test_nothing_is_looked_for_where_no_post_can_be(
    folder: Path, inbox: Inbox, tmp_path: Path
) -> None:
    for name in (".git", "_drafts", "linked"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text("글")
    (tmp_path / ".git").rename(folder / ".git")
    (tmp_path / "_drafts").rename(folder / "_drafts")
    (folder / "linked").symlink_to(tmp_path / "linked")

    assert heard(folder, inbox) == set()
