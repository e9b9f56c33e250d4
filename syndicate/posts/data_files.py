"""
Which files of data lie beside the posts, told without reading any.

Light, because a build that has nothing to do asks, too.
"""

import os
from collections.abc import Iterator
from pathlib import Path

FOLDER = "_data"
"""Beside ``config.toml``. Source: jekyllrb.com/docs/datafiles"""

ENDINGS = frozenset({"yml", "yaml", "json", "toml", "csv", "tsv"})

MOST = 1 << 20
"""Largest file, in bytes: a larger one is not there."""
MOST_FILES = 1000
"""Most files and folders in one folder."""
DEEPEST = 4
"""Most folders in each other."""

Look = tuple[tuple[str, int, int], ...]
"""Each file's path below the folder, its size in bytes, and when it was changed, in ns."""


def look_at(folder: Path) -> Look:
    """Say what lies in a folder of data, in the order of names."""
    return tuple(_files(folder, "", DEEPEST))


def _files(folder: Path, above: str, depth: int) -> Iterator[tuple[str, int, int]]:
    try:
        with os.scandir(folder / above) as found:
            entries = sorted(found, key=lambda entry: entry.name)[:MOST_FILES]
    except OSError:
        return
    for entry in entries:
        path = above + entry.name
        if entry.is_dir(follow_symlinks=False):
            if depth > 1:
                yield from _files(folder, f"{path}/", depth - 1)
        elif entry.name.rpartition(".")[2] in ENDINGS:
            said = entry.stat(follow_symlinks=False)
            if said.st_size <= MOST:
                yield path, said.st_size, said.st_mtime_ns
