"""Puts words into a phrase: numbers with what they count, Korean particles as spoken."""

import re
from collections.abc import Mapping
from typing import Protocol

from syndicate.words.particles import PARTICLES, particle


class Phrase(Protocol):
    """Anything that says itself when it is shown."""

    def __str__(self) -> str: ...


Word = str | int | Phrase
"""What may stand in a phrase."""

_PARTICLES = "|".join(map(re.escape, PARTICLES))
PLACE = re.compile(
    r"\{(?P<name>[a-z_]\w*)(?::(?P<one>[^{}|]*)\|(?P<many>[^{}|]*))?\}"
    rf"(?:(?P<close>[^\w\s(]*)(?P<particle>{_PARTICLES}))?"
)
"""``{name}``, ``{posts:post|posts}``, and in Korean ``"{name}"을(를)``."""


def fill(text: str, words: Mapping[str, Word]) -> str:
    """
    Put words where a text has their names.

    Args:
        text: ``{name}`` stands for a word; ``{posts:post|posts}`` for a number and what
            is counted, singular and plural. A Korean particle right behind a place, or
            behind the sign that closes it, is written in its two forms, ``을(를)``, and
            comes out as it is spoken.
        words: By name. A place whose word is not among them stays as it is.
    """
    return PLACE.sub(lambda place: _filled(place, words), text) if words else text


def _filled(place: re.Match[str], words: Mapping[str, Word]) -> str:
    if place["name"] not in words:
        return place[0]
    word = words[place["name"]]
    shown = f"{word:,}" if isinstance(word, int) else str(word)
    if place["one"] is not None:
        shown += f" {place['one'] if word == 1 else place['many']}"
    if not place["particle"]:
        return shown
    return shown + place["close"] + particle(shown, place["particle"])
