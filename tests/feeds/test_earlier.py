from collections.abc import Sequence
from itertools import count, repeat
from pathlib import Path

import pytest

from syndicate.feeds.earlier import FEWEST, Columns, Earlier, Layout

MANY = range(FEWEST)


class Writer:
    """Writes numbers, and remembers which it wrote."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "numbers"
        self.wrote: list[int] = []
        self.layouts: dict[str, Layout] = {}

    def make(self, number: int, unit: str) -> bytes:
        self.wrote.append(number)
        return f"<{number}{unit}>".encode()

    def write(self, numbers: Sequence[int], unit: str = "km") -> bytes:
        self.wrote.clear()
        earlier = Earlier(self.path.parent, self.layouts)
        columns: Columns = numbers, repeat(unit)
        pieces = earlier.written("numbers", self.make, columns)
        content = b"<0km> before," + b",".join(pieces) + b", after"
        self.path.write_bytes(content)
        earlier.note("numbers", content)
        self.layouts = earlier.layouts
        return content


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path)


def test_what_stands_in_a_file_is_not_written_again(writer: Writer) -> None:
    writer.write(MANY)

    content = writer.write([99, *MANY[:-1]])

    assert writer.wrote == [99]
    assert content == Writer(writer.path.parent).write([99, *MANY[:-1]])


def test_it_is_where_anything_else_it_is_made_of_has_changed(writer: Writer) -> None:
    writer.write(MANY)
    writer.write(MANY, unit="m")

    assert writer.wrote == [*MANY]


@pytest.mark.parametrize("content", [b"<1km>", None])
def test_a_file_that_is_not_as_it_was_is_no_help(
    writer: Writer, content: bytes | None
) -> None:
    before = writer.write(MANY)
    writer.path.unlink()
    if content:
        writer.path.write_bytes(before.replace(content, b"<2km>"))

    assert writer.write(MANY) == before
    assert writer.wrote == [*MANY]


def test_of_a_small_file_nothing_is_noted(writer: Writer) -> None:
    writer.write(MANY[1:])

    assert writer.layouts == {}


def test_a_file_without_entries_has_no_layout(tmp_path: Path) -> None:
    earlier = Earlier(tmp_path)
    earlier.note("feeds.opml", b"<opml/>")

    assert earlier.layouts == {}
    assert earlier.written("numbers", bytes, [[], count()]) == []
