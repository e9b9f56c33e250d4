"""
What a body's Liquid may cost, counted and not timed: the same body gives the same text.

Every node and every filter pays before it works, for itself and for what it is handed.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

MOST = 1_500_000
"""All one body may spend: less than half a second of CPU."""

NODE = 20
"""What one tag, output or piece of text costs besides its length."""

LARGEST = 1 << 18
"""Most characters and elements in one value."""

MOST_ELEMENTS = 10_000
"""Most rounds of one loop, and most elements of a range."""

LARGEST_NUMBER = 10**30


class SpentError(Exception):
    """The body asks for more than it may have."""


def size_of(value: object) -> int:
    """
    Measure a value: characters, elements, and what is in them.

    Raises:
        SpentError: It is larger than a value may be.
    """
    size = _size(value, LARGEST)
    if size > LARGEST:
        raise SpentError
    return size


def _size(value: object, room: int) -> int:
    """Measure as much of a value as is needed to know that it is too large."""
    match value:
        case str():
            return len(value)
        case int() if abs(value) > LARGEST_NUMBER:
            return room + 1
        case range():
            too_long = value.stop - value.start > MOST_ELEMENTS
            return room + 1 if too_long else len(value)
        case Mapping():
            return _sum((part for pair in value.items() for part in pair), room)
        case list() | tuple():
            return _sum(value, room)
        case _:  # a number, a date, true, nothing
            return 1


def _sum(parts: Iterable[object], room: int) -> int:
    size = 1
    for part in islice(parts, room):
        size += 1 + _size(part, room - size)
        if size > room:
            break
    return size
