"""
What is wrong with a post, noted while it is read.

    FM  front matter        DT  dates
    HT  the body            SL  files, paths and addresses

The texts of each code stand in ``syndicate/words``, its page in
``docs/reference/problems.md``; a test compares them with the codes used here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from syndicate.errors import Gravity, Problem
from syndicate.words import Said, Word

SHOWN = 120
"""Most characters of an author's value that a message repeats."""
LONGEST = 10_000
"""Most characters of a line that is kept with a problem. One may be a whole file."""
PLAIN = "\t\u00a0\u3000\u200c\u200d"
"""Characters Python calls unprintable and a terminal shows well."""

WARNINGS = frozenset(
    "FM003 FM004 FM005 FM012 FM013 FM018 FM019 FM020 FM021 FM022 FM025 FM026 FM028 "
    "FM029 DT004 DT005 HT001 HT002 HT003 HT004 HT005 HT006 HT007".split()
)
"""Codes that do not keep a post out of the feeds; every other one is an error."""

NOTHING: Mapping[str, Word] = {}


class Fault(Exception):  # noqa: N818 - a problem that ends the reading of one post
    """The reading of a post cannot go on."""

    def __init__(
        self, code: str, *, line: int = 1, col: int = 1, **words: Word
    ) -> None:
        self.code = code
        self.line = line
        self.col = col
        self.words = words
        super().__init__(code)


@dataclass(slots=True, kw_only=True)
class Notes:
    """Collects what is wrong with one file."""

    file: str  # as problems name it
    text: str = ""  # decoded, lines ending in "\n"; empty while unknown
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether the post cannot be used."""
        problems = self.problems  # most have none
        return bool(problems) and any(p.gravity is Gravity.ERROR for p in problems)

    def add(self, code: str, place: tuple[int, int] = (1, 1), **words: Word) -> None:
        """Note a problem at a line and column, both from 1; ``words`` fill its texts."""
        self.problems.append(
            describe(code, self.file, place, source=self._line(place[0]), words=words)
        )

    def add_fault(self, fault: Fault) -> None:
        """Note what ended the reading."""
        self.add(fault.code, (fault.line, fault.col), **fault.words)

    def _line(self, line: int) -> str:
        lines = self.text.split("\n", line)
        return lines[line - 1][:LONGEST] if len(lines) >= line else ""


def describe(
    code: str,
    file: str,
    place: tuple[int, int] = (1, 1),
    *,
    source: str = "",
    words: Mapping[str, Word] = NOTHING,
) -> Problem:
    """Make the problem of a code; ``words`` fill its texts."""
    is_warning = code in WARNINGS
    return Problem(
        code=code,
        words={name: _shown(word) for name, word in words.items()},
        file=visible(file),
        line=place[0],
        col=place[1],
        source=source,
        gravity=Gravity.WARNING if is_warning else Gravity.ERROR,
        effects=() if is_warning else outcome(),
    )


def outcome(*, others: int | None = None, kept: bool | None = None) -> tuple[Said, ...]:
    """
    Say what follows from an error in a post.

    Args:
        others: How many posts stand in the main feed without it, if that is known.
        kept: Whether an earlier version of it stands in their midst, if that is known.
    """
    parts = [Said("post left out")]
    if others:
        parts.append(Said(OTHERS, {"others": others}))
    if kept is not False:
        parts.append(Said(KEPT if kept else MAYBE_KEPT))
    return (*parts, Said("no alert sent"))


OTHERS = "{others:other is|others are} in the feed"
KEPT = "its last good version stays"
MAYBE_KEPT = "a version published before stays"


def _shown(word: Word) -> Word:
    return shorten(visible(word)) if isinstance(word, str) else word


def visible(text: str) -> str:
    """Escape what a terminal would not show: controls and broken code points."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in PLAIN else ascii(char)[1:-1]
        for char in text
    )


def shorten(word: str) -> str:
    """Cut an author's value to what a message has room for."""
    return word if len(word) <= SHOWN else f"{word[: SHOWN - 1]}…"
