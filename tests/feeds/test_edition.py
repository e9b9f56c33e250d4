import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from syndicate.errors import SetupError
from syndicate.feeds.disk import AT_ONCE, DISK
from syndicate.feeds.edition import MANY, Edition


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_readers_have_the_old_files_until_all_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    with Edition(tmp_path) as edition:
        edition.add("a", b"new")
        edition.add("b", b"new")

        assert (tmp_path / "a").read_bytes() == b"old"
        assert "b" not in names(tmp_path)
        assert edition.show() == ["a", "b"]

    assert names(tmp_path) == {"a", "b"}
    assert (tmp_path / "a").read_bytes() == b"new"


def test_what_was_not_shown_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    with Edition(tmp_path, fault=lambda _name, _content: None) as edition:
        edition.add("a", b"new")

    assert names(tmp_path) == {"a"}
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_faulty_file_stays_out_and_the_others_go(tmp_path: Path) -> None:
    """However many there are: beyond some they are judged one by one."""
    files = [f"{number}.xml" for number in range(MANY + 3)]
    bad = {files[1], files[-2]}
    with Edition(
        tmp_path, fault=lambda name, _: "torn" if name in bad else None
    ) as edition:
        for name in files:
            edition.add(name, b"<rss/>")
        shown = edition.show()

    assert shown == [name for name in files if name not in bad]
    assert names(tmp_path) == set(shown)


def test_who_cannot_wait_is_told_that_another_publisher_is_at_work(
    tmp_path: Path,
) -> None:
    with (
        Edition(tmp_path),
        pytest.raises(SetupError, match="temporarily unavailable"),
    ):
        Edition(tmp_path, patient=False)
    Edition(tmp_path, patient=False).close()


def test_no_file_is_shown_before_it_is_synced(tmp_path: Path) -> None:
    busy = threading.Event()
    for _ in range(AT_ONCE):
        DISK.submit(busy.wait, 10)
    edition = Edition(tmp_path)
    edition.add("a", b"new")
    reader = threading.Thread(target=edition.show)
    reader.start()
    try:
        reader.join(0.05)

        assert "a" not in names(tmp_path)
    finally:
        busy.set()
        reader.join()
        edition.close()
    assert names(tmp_path) == {"a"}


def test_a_judge_that_breaks_is_heard(tmp_path: Path) -> None:
    def broken(_name: str, _content: bytes) -> str:
        raise RuntimeError("no verdict")

    with Edition(tmp_path, fault=broken) as edition:
        edition.add("a", b"new")
        with pytest.raises(RuntimeError, match="no verdict"):
            edition.show()

    assert names(tmp_path) == set()


def test_an_edition_is_not_closed_under_a_judge(tmp_path: Path) -> None:
    begun, done = threading.Event(), threading.Event()

    def slow(_name: str, _content: bytes) -> None:
        begun.set()
        threading.Event().wait(0.05)
        done.set()

    with Edition(tmp_path, fault=slow) as edition:
        edition.add("a", b"new")
        begun.wait(5)

    assert done.is_set()


def test_old_files_do_not_stay_open(
    tmp_path: Path, open_files: Callable[[], int]
) -> None:
    files = [str(number) for number in range(MANY + 3)]
    for name in files:
        (tmp_path / name).write_bytes(b"old")
    before = open_files()

    with Edition(tmp_path) as edition:
        for name in files:
            edition.add(name, b"new")
        edition.show()

    assert open_files() == before
    assert {(tmp_path / name).read_bytes() for name in files} == {b"new"}


def test_old_files_do_not_stay_open_where_a_name_is_taken(
    tmp_path: Path, open_files: Callable[[], int]
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b" / "in the way").mkdir(parents=True)
    before = open_files()

    with Edition(tmp_path) as edition:
        edition.add("a", b"new")
        edition.add("b", b"new")
        with pytest.raises(SetupError, match="b"):
            edition.show()

    assert open_files() == before
