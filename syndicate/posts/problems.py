"""
What can be wrong with a post, each with a code, and how to mend it.

    FM  front matter        DT  dates
    HT  the body            SL  files, paths and addresses

Every code has an anchor in ``docs/reference/problems.md``; a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from syndicate.errors import Gravity, Problem

LEFT_OUT = "this post is left out; the others are published; no alert is sent for it"
SHOWN = 120
"""Most characters of an author's value that a message repeats."""
PLAIN = "\t\u00a0\u3000\u200c\u200d"
"""Characters Python calls unprintable and a terminal shows well."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of problem. ``{word}`` in its texts stands for what was found."""

    message: str
    hint: str
    gravity: Gravity = Gravity.ERROR
    effect: str = ""


def _warning(message: str, hint: str, effect: str = "") -> Kind:
    return Kind(message, hint, Gravity.WARNING, effect)


KINDS: Mapping[str, Kind] = {
    "FM001": Kind("the file is empty", "write it, or delete it"),
    "FM002": Kind("not UTF-8{likely}", "save it as UTF-8"),
    "FM003": _warning("not UTF-8: read as {encoding}", "save it as UTF-8"),
    "FM004": _warning(
        "no front matter, so this is not a post",
        'begin the file with a line "---", the title, and another line "---"',
        "this file is left out",
    ),
    "FM005": _warning(
        "blank lines before the front matter",
        "delete them: Jekyll takes such a file for one without front matter",
    ),
    "FM006": Kind(
        "the front matter is not closed", 'write a line "{closer}" where it ends'
    ),
    "FM007": Kind(
        "the front matter is longer than {limit} characters",
        'is the line "---" that ends it missing?',
    ),
    "FM008": Kind(
        "the front matter is {what}, not keys with values",
        'write it as "title: …", one key to a line',
    ),
    "FM009": Kind(
        "full-width colon after a key", 'write an ordinary colon and a blank: "{mend}"'
    ),
    "FM010": Kind(
        "a blank that YAML does not know beside a key",
        "delete it and type an ordinary blank",
    ),
    "FM011": Kind(
        "not YAML: {reason}", "put the value in quotes, or look for a stray character"
    ),
    "FM012": _warning(
        "colon inside an unquoted value: read as plain text", "quote it: {mend}"
    ),
    "FM013": _warning(
        "the value begins with a sign of YAML: read as plain text", "quote it: {mend}"
    ),
    "FM014": Kind(
        "braces in the front matter, where Liquid is not resolved", "quote it: {mend}"
    ),
    "FM015": Kind(
        "the YAML alias or anchor {name}", "write the value out, or put it in quotes"
    ),
    "FM016": Kind(
        "the front matter is nested too deeply", "no more than {limit} levels"
    ),
    "FM017": Kind(
        "a key that is not plain text", "write the key as a word, or quote it"
    ),
    "FM018": _warning("{key} is written twice: the last one counts", "keep one"),
    "FM019": _warning("the title is a list: read as plain text", "quote it: {mend}"),
    "FM020": _warning(
        'the title ends at "#": what follows is a comment', "quote it: {mend}"
    ),
    "FM021": _warning("invisible control characters: taken out", "delete them"),
    "FM022": _warning(
        "a line separator that YAML breaks at: read as a blank", "use one"
    ),
    "FM023": Kind("not TOML: {reason}", "see toml.io for how values are written"),
    "FM024": Kind("not JSON: {reason}", "see json.org for how values are written"),
    "FM025": _warning(
        "{value} is not a language tag: the site's language is taken",
        'write a tag of BCP 47, such as "ko" or "en-GB"',
    ),
    "FM026": _warning("no title: {value} is taken", 'write "title: …"'),
    "FM027": Kind(
        "the line that opens the front matter says more than {opener}",
        "leave nothing else on it",
    ),
    "DT001": Kind(
        "{value} is not a date", "write it as 2024-05-18 or 2024-05-18 09:00:00 +0900"
    ),
    "DT002": Kind("{value}: {reason}", "mend the date"),
    "DT003": Kind("{value}: nobody knows the zone {zone}", "write it as +0900"),
    "DT004": _warning(
        "a time without a zone: read in {zone}, where Jekyll reads UTC",
        "write the offset after it, such as {offset}",
    ),
    "DT005": _warning("{value} is not a date: left aside", "write it as 2024-05-18"),
    "DT006": Kind(
        "the date in the file's name is none: {reason}",
        'rename it to YYYY-MM-DD-name, or write "date: …" in the front matter',
    ),
    "HT001": _warning(
        "the tag {{% {name} %}} is not known: left out", "write what it stands for"
    ),
    "HT002": _warning(
        "the filter {name} is not known: passed over", "write what it gives"
    ),
    "HT003": _warning(
        "{{{{ {name} }}}} stands for nothing", "write what it stands for"
    ),
    "HT004": _warning("{name} is not closed", "close it, or take it out"),
    "HT005": _warning("invisible control characters: taken out", "delete them"),
    "HT006": _warning(
        "the body is longer than {limit} characters: feeds end here",
        "divide it into several posts",
    ),
    "SL001": Kind("no such file", "look at the path"),
    "SL002": Kind("not a regular file", "put a file in its place, or take it away"),
    "SL003": Kind("a symbolic link, which may lead anywhere", "copy the file here"),
    "SL004": Kind("longer than {limit} bytes", "shorten it; pictures go into files"),
    "SL005": Kind("cannot be read: {reason}", "look at the file's permissions"),
    "SL006": Kind(
        "permalink: nobody knows the placeholder :{name}",
        "see docs/reference/problems.md#sl006 for the list",
    ),
    "SL008": Kind("the file's name is not UTF-8", "rename the file"),
    "SL007": Kind(
        "permalink: {value} is not an address of the web",
        'write a path, such as "/2024/quake/"',
    ),
}


NOTHING: Mapping[str, str] = {}


class Fault(Exception):  # noqa: N818 - a problem that ends the reading of one post
    """The reading of a post cannot go on."""

    def __init__(self, code: str, *, line: int = 1, col: int = 1, **words: str) -> None:
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
        return any(problem.gravity is Gravity.ERROR for problem in self.problems)

    def add(self, code: str, place: tuple[int, int] = (1, 1), **words: str) -> None:
        """Note a problem at a line and column, both from 1; ``words`` fill its texts."""
        self.problems.append(
            describe(code, self.file, place, source=self._line(place[0]), words=words)
        )

    def add_fault(self, fault: Fault) -> None:
        """Note what ended the reading."""
        self.add(fault.code, (fault.line, fault.col), **fault.words)

    def _line(self, line: int) -> str:
        lines = self.text.split("\n", line)
        return visible(lines[line - 1]) if len(lines) >= line else ""


def describe(
    code: str,
    file: str,
    place: tuple[int, int] = (1, 1),
    *,
    source: str = "",
    words: Mapping[str, str] = NOTHING,
) -> Problem:
    """Make the problem of a code, its texts filled with ``words``."""
    kind = KINDS[code]
    shown = {name: shorten(visible(word)) for name, word in words.items()}
    is_error = kind.gravity is Gravity.ERROR
    return Problem(
        code=code,
        message=kind.message.format_map(shown),
        hint=kind.hint.format_map(shown),
        file=visible(file),
        line=place[0],
        col=place[1],
        source=source,
        gravity=kind.gravity,
        effect=kind.effect or (LEFT_OUT if is_error else ""),
    )


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
