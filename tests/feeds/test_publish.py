import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from syndicate.errors import SetupError
from syndicate.feeds import publish
from syndicate.feeds.edition import MANY

LEFT = ".syndicate-0123456789abcdef"


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob(".*")]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """The disk is full, in effect: a longer file is refused half-way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_files_are_written_and_named(tmp_path: Path) -> None:
    files = {"rss.xml": b"<rss/>", "tag/속보/feed.json": b"{}"}

    assert publish(tmp_path / "new" / "feeds", files) == list(files)

    assert (tmp_path / "new/feeds/rss.xml").read_bytes() == b"<rss/>"
    assert (tmp_path / "new/feeds/tag/속보/feed.json").read_bytes() == b"{}"
    assert hidden(tmp_path) == []


def test_only_what_changed_is_replaced(tmp_path: Path) -> None:
    publish(tmp_path, {"a": b"one", "b": b"two", "c": b"three"})
    before = [(tmp_path / name).stat() for name in "abc"]

    changed = publish(tmp_path, {"a": b"one", "b": b"TWO", "c": b"threee"})

    after = [(tmp_path / name).stat() for name in "abc"]
    assert changed == ["b", "c"]
    assert after[0] == before[0]
    assert after[1].st_ino != before[1].st_ino
    assert (tmp_path / "b").read_bytes() == b"TWO"


def test_the_same_again_touches_nothing(tmp_path: Path) -> None:
    publish(tmp_path, {"a": b"one"})
    before = tmp_path.stat()

    assert publish(tmp_path, {"a": b"one"}) == []
    assert tmp_path.stat().st_mtime_ns == before.st_mtime_ns


def test_files_that_are_not_named_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("x")
    (tmp_path / ".gitkeep").touch()

    publish(tmp_path, {"a": b"one"})

    assert {path.name for path in tmp_path.iterdir()} == {"mine.html", ".gitkeep", "a"}


def test_many_files_at_once_are_written_like_few(tmp_path: Path) -> None:
    files = ((f"tag/{number}/a", b"one") for number in range(2 * MANY))

    assert len(publish(tmp_path, files)) == 2 * MANY
    assert hidden(tmp_path) == []


def test_readers_may_read_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0o077)
    try:
        publish(tmp_path, {"a": b"one"})
    finally:
        os.umask(umask)

    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_two_versions_of_one_second_have_different_seconds(tmp_path: Path) -> None:
    """``Last-Modified`` counts in seconds; a reader must see that there is news."""
    seconds = []
    for content in (b"one", b"two", b"three"):
        publish(tmp_path, {"a": content})
        seconds.append(int((tmp_path / "a").stat().st_mtime))

    assert len(set(seconds)) == 3
    assert seconds == sorted(seconds)


def test_a_clock_put_right_is_believed(tmp_path: Path) -> None:
    publish(tmp_path, {"a": b"one"})
    year = 365 * 24 * 3600
    os.utime(tmp_path / "a", (time.time() + year, time.time() + year))

    publish(tmp_path, {"a": b"two"})

    assert (tmp_path / "a").stat().st_mtime <= time.time() + 1


def test_each_file_is_synced_before_any_is_renamed_and_folders_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, rename = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        steps.append(f"sync {path.name}" if path.is_dir() else "sync file")
        sync(handle)

    def note_rename(aside: str, target: str) -> None:
        steps.append(f"rename {Path(target).name}")
        rename(aside, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_rename)
    publish(tmp_path / "feeds", {"a": b"one", "tag/b": b"two"})

    assert steps[:4] == ["sync file", "sync file", "rename a", "rename b"]
    assert sorted(steps[4:]) == sorted(
        ["sync feeds", "sync tag", f"sync {tmp_path.name}"]
    )


def test_a_full_disk_leaves_the_last_good_files(tmp_path: Path) -> None:
    publish(tmp_path, {"a": b"good", "b": b"good"})

    with (
        files_of_at_most(4096),
        pytest.raises(SetupError, match=r"cannot write .*/b: File too large"),
    ):
        publish(tmp_path, {"a": b"new", "b": b"x" * 10_000})

    assert (tmp_path / "a").read_bytes() == b"good"
    assert (tmp_path / "b").read_bytes() == b"good"
    assert hidden(tmp_path) == []
    assert publish(tmp_path, {"a": b"new", "b": b"x" * 10_000}) == ["a", "b"]


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    with pytest.raises(SetupError, match=r"cannot write .*/a: Is a directory"):
        publish(tmp_path, {"a": b"one"})
    assert hidden(tmp_path) == []


def test_nothing_it_opened_stays_open(
    tmp_path: Path, open_files: Callable[[], int]
) -> None:
    before = open_files()
    (tmp_path / "a").mkdir()
    publish(tmp_path, {"b": b"two"})
    publish(tmp_path, {"b": b"three"})
    with pytest.raises(SetupError):
        publish(tmp_path, {"a": b"one"})

    assert open_files() == before


def test_a_file_where_a_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "tag").touch()
    (tmp_path / "feeds").touch()

    with pytest.raises(SetupError, match=r"cannot write .*/tag/b: File exists"):
        publish(tmp_path, {"tag/b": b"two"})
    with pytest.raises(SetupError, match=r"cannot write .*/feeds: File exists"):
        publish(tmp_path / "feeds", {"a": b"one"})


def test_what_is_no_plain_file_is_replaced_and_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"one")
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    (feeds / "link").symlink_to(outside)
    os.mkfifo(feeds / "fifo")

    assert publish(feeds, {"link": b"one", "fifo": b"two"}) == ["link", "fifo"]

    assert not (feeds / "link").is_symlink()
    assert (feeds / "fifo").read_bytes() == b"two"
    assert outside.read_bytes() == b"one"


@pytest.mark.parametrize(
    "name", ["", ".", "/etc/x", "../x", "a/../../x", ".hidden", "tag/.x/rss.xml"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name for a file"):
        publish(tmp_path, {"a": b"one", name: b"x"})

    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / LEFT).write_bytes(b"half a fe")
    publish(tmp_path, {"a": b"one"})
    (tmp_path / LEFT).write_bytes(b"half a fe")

    publish(tmp_path, {"a": b"one"})

    assert hidden(tmp_path) == []


def test_readers_and_other_publishers_never_meet_a_torn_file(tmp_path: Path) -> None:
    versions = [bytes([65 + n]) * 100_000 for n in range(4)]
    publish(tmp_path, {"a": versions[0]})

    def write(turn: int) -> None:
        publish(tmp_path, {"a": versions[turn % 4], "b": versions[turn % 4]})

    with ThreadPoolExecutor(4) as pool:
        writing = pool.map(write, range(40))
        seen = {(tmp_path / "a").read_bytes() for _ in range(200)}
        list(writing)

    assert seen <= set(versions)
    assert hidden(tmp_path) == []


def test_killed_at_any_moment_it_leaves_whole_files(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from itertools import cycle;"
        "from syndicate.feeds.publish import publish;"
        "[publish(Path('.'), {'a': n * 300_000, 'b': n * 300_000})"
        " for n in cycle([b'x', b'y'])]"
    )
    writer = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path)
    while not (tmp_path / "b").exists():
        time.sleep(0.01)
    time.sleep(0.05)
    writer.kill()
    writer.wait()

    for name in "ab":
        content = (tmp_path / name).read_bytes()
        assert len(content) == 300_000
        assert len(set(content)) == 1
    publish(tmp_path, {"a": b"one"})
    assert hidden(tmp_path) == []
