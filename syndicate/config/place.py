"""
The place in a TOML file a key stands on.

``tomllib`` gives values without their places. This looks again, line by line; it may
be wrong on a file that hides tables in strings, and then only the line shown is wrong.
"""

import re
from collections.abc import Iterator, Sequence

HEADER = re.compile(r"\s*(\[\[?)\s*([^\]\[]+?)\s*\]")
KEY = re.compile(r"""\s*(["']?)([\w-]+(?:\s*\.\s*[\w-]+)*)\1\s*=""")

Way = tuple[str | int, ...]
"""The way to a key: ``("channels", 0, "token")``."""

MOST_PARTS = 50
"""Of a key, before the last. No table has as many."""


def place_of(text: str, where: Sequence[str | int]) -> tuple[int, int]:
    """
    Find where a key is written.

    Args:
        text: The file.
        where: The way to it.

    Returns:
        Line and column, both from 1: of the key, else of the innermost table that was
        found, else of the first line.
    """
    best, depth = (1, 1), 0
    for number, column, way in keys(text):
        if depth < len(way) and way == tuple(where[: len(way)]):
            best, depth = (number, column), len(way)
    if depth == len(where) or not depth:
        return best
    line = text.splitlines()[best[0] - 1]
    return best[0], _inside(line, best[1], [str(part) for part in where[depth:]])


def keys(text: str) -> Iterator[tuple[int, int, Way]]:
    """Give line, column and way of every table header and every key."""
    table: Way = ()
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = _table(_parts(header[2]), seen, repeats=header[1] == "[[")
            yield number, header.start(1) + 1, table
        elif key := KEY.match(line):
            yield number, key.start(2) + 1, (*table, *_parts(key[2]))


def _table(parts: Sequence[str], seen: dict[str, int], *, repeats: bool) -> Way:
    """Give the way to a table: the second ``[[alerts.rules]]`` is alerts, rules, 1."""
    if repeats:
        name = ".".join(parts)
        seen[name] = seen.get(name, -1) + 1
    way: list[str | int] = []
    for depth, part in enumerate(parts, 1):
        way.append(part)
        if (count := seen.get(".".join(parts[:depth]))) is not None:
            way.append(count)
    return tuple(way)


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".", MOST_PARTS)]


def _inside(line: str, column: int, rest: Sequence[str]) -> int:
    """Follow the way into an inline table on the same line, as far as it goes."""
    for part in rest:
        found = re.compile(rf"(?<![\w-]){re.escape(part)}[\"']?\s*=").search(
            line, column
        )
        if found:
            column = found.start() + 1
    return column
