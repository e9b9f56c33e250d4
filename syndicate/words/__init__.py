"""
The words people read, in their language: English or Korean.

    say("{posts:post|posts} read", posts=41)     what a command says
    texts_of("FM012")                            message, hint, effect of a problem

English phrases stand in the code, where they are said. ``ko/phrases.toml`` has the
Korean under the English, ``ko/borrowed.toml`` that of what libraries say, and
``ko/stored.toml`` that of what the ledger keeps (``stored.py``), ``ko/help.toml`` that
of what ``--help`` explains. The texts of problems stand under their codes in ``en/problems.toml`` and ``ko/problems.toml``.
``fill.py`` puts words into their places, ``particles.py`` makes Korean particles fit.
No file is read before it is needed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from syndicate.words.fill import Word, fill

__all__ = [
    "LANGUAGES",
    "Said",
    "SaidError",
    "Word",
    "explained",
    "language",
    "language_of",
    "listed",
    "phrase",
    "say",
    "speak",
    "speaking",
    "texts_of",
]

ENGLISH, KOREAN = LANGUAGES = ("en", "ko")
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is not empty counts. Source: POSIX.1-2017, XBD 8.2."""

_process = SimpleNamespace(language=ENGLISH)
_here: ContextVar[str] = ContextVar("language")


def language() -> str:
    """Give the language that is spoken here: ``en`` or ``ko``."""
    return _here.get(_process.language)


def speak(language: str) -> None:
    """Speak a language in the whole process, its threads included."""
    _process.language = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language inside this block: to one visitor of a web page, say."""
    token = _here.set(language)
    try:
        yield
    finally:
        _here.reset(token)


def language_of(environ: Mapping[str, str]) -> str:
    """Give the language that an environment's locale asks for, else English."""
    locale = next((environ[name] for name in LOCALE if environ.get(name)), "")
    return KOREAN if re.split("[_.@-]", locale)[0] == KOREAN else ENGLISH


def say(english: str, /, **words: Word) -> str:
    """
    Give a phrase in the language that is spoken.

    Args:
        english: The phrase. ``{name}`` stands for a word, ``{posts:post|posts}`` for
            a number and what is counted.
        words: What stands in it.
    """
    return fill(phrase(english), words)


def phrase(english: str) -> str:
    """Give a phrase with its places still open; one that nobody translated stays."""
    if language() == ENGLISH:
        return english
    phrases: Mapping[str, str] = load(language(), "phrases")
    if english in phrases:
        return phrases[english]
    borrowed: Mapping[str, str] = load(language(), "borrowed")
    return borrowed.get(english.lower(), english)


def explained(english: str) -> str:
    """Give a paragraph of ``--help`` in the language that is spoken."""
    if language() == ENGLISH:
        return english
    texts: Mapping[str, str] = load(language(), "help")
    return texts.get(english, english)


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that is put into words only when it is shown: ``str()`` does."""

    english: str
    words: Mapping[str, Word] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.english, **self.words)


class SaidError(ValueError):
    """A value that cannot be; the phrase says why."""

    def __init__(self, english: str, /, **words: Word) -> None:
        self.said = Said(english, words)
        super().__init__(english)

    def __str__(self) -> str:
        return str(self.said)


def listed(names: Sequence[str], most: int = 6) -> str:
    """Join names: ``a, b, c and 4 more``."""
    shown = ", ".join(names[:most])
    if len(names) <= most:
        return shown
    return say("{names} and {more} more", names=shown, more=len(names) - most)


def texts_of(code: str) -> Mapping[str, str]:
    """
    Give the texts of a problem, with their places still open.

    Returns:
        ``message``, ``hint`` and, where it has one of its own, ``effect``.
    """
    texts = load(language(), "problems")
    found: Mapping[str, str] = texts.get(code) or load(ENGLISH, "problems")[code]
    return found


@cache
def load(language: str, name: str) -> Mapping[str, Any]:
    """Read a file of the catalogue, once."""
    path = Path(__file__).parent / language / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
