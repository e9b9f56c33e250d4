"""
Files as they were written before: the next version is made of them.

    a save -> one entry is written anew -> the others are cut out of the file on the disk

A site of 300 tags has 9,000 entries in its feeds. As written, in three formats, they
weigh too much to be remembered; where they stand in the files weighs next to nothing.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FEWEST = 8
"""Entries from which it is worth while: a site may have 20,000 smaller feeds."""

Columns = Sequence[Iterable[Any]]
"""What entries are written from: themselves first, and whatever else. The first ends."""

Key = tuple[Any, ...]
"""
Such a row, of an entry its id: to hash 300 entries takes longer than to cut them out.
Whoever has the columns holds the entry, so that the id stays its own.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the entries stand in a file."""

    columns: Columns
    spans: Sequence[int]  # where each begins and ends, in bytes
    said: int  # hash of the whole: somebody else may have written the file since

    def cut(self, content: bytes) -> dict[Key, bytes]:
        """Cut a file up, by what each entry was written from, if it is as it was."""
        if hash(content) != self.said:
            return {}
        ends = iter(self.spans)
        pieces = [content[start:end] for start, end in zip(ends, ends, strict=True)]
        return dict(zip(_keys(self.columns), pieces, strict=True))


class Earlier:
    """The files of one feed. One thread owns it."""

    def __init__(
        self, folder: Path = Path(), layouts: Mapping[str, Layout] | None = None
    ) -> None:
        """``layouts`` are those of files in a folder, by name; none: all is written."""
        self._folder = folder
        self._before = layouts or {}
        self._pieces: dict[str, tuple[Columns, Sequence[bytes]]] = {}  # not noted yet
        self.layouts: dict[str, Layout] = {}  # of what was written now

    def written(
        self, file: str, make: Callable[..., bytes], columns: Columns
    ) -> list[bytes]:
        """
        Write entries, or cut them out of the file they stand in.

        Args:
            file: Name of the file they belong in.
            make: Writes one, from a row of the columns: of the same, the same bytes.
            columns: What they are written from. A row can be hashed.
        """
        known, rows = self._cut(file), zip(*columns, strict=False)  # some have no end
        pieces = [
            known.get(key) or make(*row)
            for key, row in zip(_keys(columns), rows, strict=True)
        ]
        self._pieces[file] = columns, pieces
        return pieces

    def note(self, file: str, content: bytes) -> None:
        """Note where the entries stand in a file that was just written of them."""
        columns, pieces = self._pieces.pop(file, ((), ()))
        if len(pieces) < FEWEST:
            return
        spans, end, gap = array("L"), 0, 0
        for piece in pieces:
            start = end + gap
            if not content.startswith(piece, start):  # to search takes far longer
                start = content.index(piece, end)
                gap = start - end
            end = start + len(piece)
            spans.extend((start, end))
        self.layouts[file] = Layout(columns=columns, spans=spans, said=hash(content))

    def _cut(self, file: str) -> Mapping[Key, bytes]:
        layout = self._before.get(file)
        if layout is None:
            return {}
        try:
            return layout.cut((self._folder / file).read_bytes())
        except OSError:
            return {}


def _keys(columns: Columns) -> list[Key]:
    entries, *others = columns
    return list(zip(map(id, entries), *others, strict=False))
