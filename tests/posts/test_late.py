"""Patterns that are compiled when a post first needs them."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import syndicate
from syndicate.posts.late import Late, late, late_regex

ONE = {"ANY", "IN", "LITERAL", "NOT_LITERAL"}
"""What the parser of ``re`` calls a single character."""


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
    found = [each for each in ours() if type(each) is Late]

    assert len(found) > 80
    assert all(each.pattern for each in found)


def test_none_of_ours_has_a_group_that_gives_nothing_back() -> None:
    """Before Python 3.11.5 ``re`` gets some of them wrong, and Debian 12 has 3.11.2."""
    compiled = {each.search.__self__ for each in ours()}
    found = [each for each in compiled if isinstance(each, re.Pattern)]
    parse = import_module("re._parser").parse

    assert len(found) > 200
    assert not [
        each for each in found if gives_nothing_back(parse(each.pattern, each.flags))
    ]
    assert gives_nothing_back(parse("(a(?:bc)++)"))
    assert gives_nothing_back(parse("(?:a|(?>bc))"))
    assert not gives_nothing_back(parse("[a-c]*+b?+(?:bc)*"))


def ours() -> Iterator[Any]:
    """Give all patterns that a module has a name for."""
    folder = Path(syndicate.__file__).parent
    for file in folder.rglob("*.py"):
        if {"migrations", "__main__.py"}.isdisjoint(file.parts):
            name = ".".join(file.relative_to(folder.parent).with_suffix("").parts)
            for value in list(vars(import_module(name)).values()):
                yield from patterns_in(value)


def patterns_in(value: object) -> Iterator[Any]:
    if type(value) is Late or isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from patterns_in(tuple(value.values()))
    elif isinstance(value, tuple):
        for each in value:
            yield from patterns_in(each)


def gives_nothing_back(tree: Any) -> bool:
    """Whether a group in it, once passed, is never tried another way."""
    if type(tree) not in {list, tuple, type(import_module("re._parser").parse(""))}:
        return False
    match tree:
        case (name, _) if str(name) == "ATOMIC_GROUP":
            return True
        case (name, (_, _, inner)) if str(name) == "POSSESSIVE_REPEAT":
            return len(inner) > 1 or str(inner[0][0]) not in ONE
    return any(map(gives_nothing_back, tree))
