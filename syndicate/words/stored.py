"""
What was written down in English, told in the language that is spoken.

Why a message failed stands in the ledger as it was then: our own words, pieced together,
and around them what somebody else's server said. ``ko/stored.toml`` has ours.

    not sent by 2026-11-22 10:00:00 UTC; connection refused; an earlier try may have arrived
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from syndicate.words import ENGLISH, language, load, phrase
from syndicate.words.fill import fill

JOINTS = re.compile("(; |: )")


def retold(text: str) -> str:
    """Tell what was stored. A piece that is not ours stays as it was said."""
    if language() == ENGLISH:
        return text
    whole = _piece(text)
    if whole != text:
        return whole
    return "".join(map(_piece, JOINTS.split(text)))


def _piece(text: str) -> str:
    known = phrase(text)
    if known != text:
        return known
    for pattern, korean in _patterns(language()):
        if found := pattern.fullmatch(text):
            words = {name: retold(word) for name, word in found.groupdict().items()}
            return fill(korean, words)
    return text


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_read(load(language, "stored")))


def _read(texts: Mapping[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    for english, korean in texts.items():
        pattern = re.sub(
            r"\\\{(\w+)\\\}", r"(?P<\1>(?:(?!; |: ).)+?)", re.escape(english)
        )
        yield re.compile(pattern), korean
