"""
The line of a TOML file a key stands on.

``tomllib`` gives values without their places. This looks again, line by line; it may
be wrong on a file that hides tables in strings, and then only the line shown is wrong.
"""

import re
from collections.abc import Sequence

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]\[]+?)\s*\]")
KEY = re.compile(r"""\s*(["']?)([\w-]+(?:\.[\w-]+)*)\1\s*=""")


def place_of(text: str, where: Sequence[str | int]) -> tuple[int, int]:
    """
    Find where a key is written.

    Args:
        text: The file.
        where: The way to it: ``("channels", 0, "token")``.

    Returns:
        Line and column, both from 1: of the key, else of the innermost table that was
        found, else of the first line.
    """
    best, best_depth = (1, 1), 0
    for number, column, path in _keys(text):
        depth = _shared(path, where)
        if depth > best_depth:
            best, best_depth = (number, column), depth
    return best


def _keys(text: str) -> list[tuple[int, int, list[str | int]]]:
    """List (line, column, path) for every table header and key."""
    found: list[tuple[int, int, list[str | int]]] = []
    table: list[str | int] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            name = header[2]
            table = list(name.split("."))
            if header[1] == "[[":
                seen[name] = seen.get(name, -1) + 1
                table.append(seen[name])
            found.append((number, header.start(1) + 1, table))
        elif key := KEY.match(line):
            found.append((number, key.start(2) + 1, [*table, *key[2].split(".")]))
    return found


def _shared(path: Sequence[str | int], where: Sequence[str | int]) -> int:
    """Count leading parts in common; none where ``path`` goes elsewhere."""
    if len(path) > len(where) or list(where[: len(path)]) != list(path):
        return 0
    return len(path)
