"""Patterns that are compiled when a post first needs them."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import syndicate
from syndicate.posts.late import Late, late, late_regex


def test_a_late_pattern_does_what_a_compiled_one_does() -> None:
    digits = late(r"(\d+)[a-z]", re.IGNORECASE)

    assert digits.sub(r"<\1>", "12A 3b") == "<12> <3>"
    assert [found[1] for found in digits.finditer("12A 3b")] == ["12", "3"]
    assert digits.pattern == r"(\d+)[a-z]"
    assert late_regex(r"\X").findall("가👨‍👩‍👧") == ["가", "👨‍👩‍👧"]
    assert late(rb"\x00+").split(b"a\0\0b") == [b"a", b"b"]


def test_it_is_compiled_by_the_first_who_uses_it() -> None:
    """A pattern with a slip in it tells when it is compiled."""
    unused = late("(")

    with pytest.raises(re.error, match="unterminated"):
        unused.search("")


def test_none_of_ours_has_a_slip_in_it() -> None:
    """Each is compiled here, whatever the posts of the other tests use."""
    found = [
        each for room in ("posts", "fetch", "feeds", "alerts") for each in of(room)
    ]

    assert len(found) > 80
    assert all(each.pattern for each in found)


def of(room: str) -> Iterator[Late]:
    folder = Path(syndicate.__file__).parent
    for file in (folder / room).rglob("*.py"):
        name = ".".join(file.relative_to(folder.parent).with_suffix("").parts)
        for value in list(vars(import_module(name)).values()):
            yield from late_in(value)


def late_in(value: object) -> Iterator[Late]:
    if type(value) is Late:
        yield value
    elif isinstance(value, dict):
        yield from late_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from late_in(each)
