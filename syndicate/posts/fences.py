"""
Where the front matter begins and ends.

    ---            YAML; closed by --- or ...
    ---json  ---toml          the same, said aloud
    +++            TOML (Hugo)
    ;;;  {         JSON
"""

import json
import re

from msgspec import Struct

from syndicate.posts.late import late
from syndicate.posts.problems import Fault, Notes
from syndicate.posts.yaml_text import DEEPEST
from syndicate.words import Said

LONGEST = 1 << 16
"""Most characters of front matter."""

OPENER = re.compile(r"(-{3}|\+{3}|;{3})(json|toml|ya?ml)?[ \t]*\n", re.IGNORECASE)
FIRST = frozenset("-+;{")
OBJECT = late(r'\{\s*["}]')
CLOSERS = {
    "---": re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)"),
    "+++": late(r"\n\+\+\+[ \t]*(?:\n|\Z)"),
    ";;;": late(r"\n;;;[ \t]*(?:\n|\Z)"),
}
"""They begin with the break before the line, which is found five times as fast."""

JSON = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
"""Allows line breaks in a string, and reads no number."""

LANGUAGES = {"---": "yaml", "+++": "toml", ";;;": "json", "yml": "yaml"}


class Parts(Struct, frozen=True, kw_only=True):
    """A file taken apart."""

    language: str  # "yaml", "toml" or "json"
    front: str
    body: str
    line: int  # of the file, on which ``front`` begins

    @property
    def body_line(self) -> int:
        """The line of the file on which the body begins."""
        return self.line + self.front.count("\n") + 1

    def place(self, key: str) -> tuple[int, int]:
        """Line and column, in the file, of the last value of a key; else of the front."""
        name = re.escape(key)
        found = (1, 1)
        pattern = rf"^[ \t]*[\"']?{name}[\"']?[ \t]*[:=][ \t]*"
        for match in re.finditer(pattern, self.front, re.MULTILINE):
            found = self.at(match.end())
        return found

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column, in the file, of an offset in ``front``."""
        before = self.front[:offset]
        return self.line + before.count("\n"), len(before) - before.rfind("\n")


def take_apart(text: str, notes: Notes) -> Parts | None:
    r"""
    Find the front matter.

    Args:
        text: The file, lines ending in ``\n``.
        notes: Told of blank lines before it.

    Returns:
        The parts, or ``None`` where a file has no front matter and so is no post.

    Raises:
        Fault: It begins and does not end, is longer than 65,536 characters, or is JSON
            that cannot be read.
    """
    # Nearly all begin with their first sign: no need to copy the whole.
    start = 0 if text[:1] in FIRST else len(text) - len(text.lstrip())
    line = text.count("\n", 0, start) + 1
    if start and text[start - 1] != "\n":
        return None
    opener = OPENER.match(text, start)
    if opener:
        parts = _fenced(text, opener, line)
    elif OBJECT.match(text, start):
        parts = _object(text, start, line)
    else:
        _refuse_opener(text, start, line)
        return None
    if start:
        notes.add("FM005")
    return parts


def body_alone(text: str) -> Parts | None:
    """
    Take a file without front matter for a body.

    Jekyll does, where the file's name has a date. What is empty yet, or begins as front
    matter might, is none: it may be half saved.
    """
    head = text.lstrip()[:3]
    if not head or head in CLOSERS or head.startswith("{"):
        return None
    return Parts(language="yaml", front="", body=text, line=0)


def _fenced(text: str, opener: re.Match[str], line: int) -> Parts:
    mark, said = opener[1], (opener[2] or "").lower()
    closer = CLOSERS[mark].search(text, opener.end() - 1)
    if not closer:
        raise Fault("FM006", line=line, closer=mark)
    end = closer.start() + 1
    if end - opener.end() > LONGEST:
        raise Fault("FM007", line=line, limit=f"{LONGEST:,}")
    return Parts(
        language=LANGUAGES.get(said or mark, said),
        front=text[opener.end() : end],
        body=text[closer.end() :],
        line=line + 1,
    )


def _object(text: str, start: int, line: int) -> Parts:
    """Take a file apart that begins with a JSON object."""
    try:
        _, length = JSON.raw_decode(text[start : start + LONGEST])
    except RecursionError:
        raise Fault("FM016", line=line, limit=str(DEEPEST)) from None
    except json.JSONDecodeError as error:
        if len(text) - start > LONGEST:
            raise Fault("FM007", line=line, limit=f"{LONGEST:,}") from None
        line, col = line + error.lineno - 1, error.colno
        raise Fault(
            "FM024", line=line, col=col, reason=Said(error.msg.lower())
        ) from None
    end = start + length
    _, _, body = text[end:].partition("\n")
    return Parts(language="json", front=text[start:end], body=body, line=line)


def _refuse_opener(text: str, start: int, line: int) -> None:
    """Tell a line that opens front matter badly from one that does not mean to."""
    mark = text[start : start + 3]
    if mark in CLOSERS:
        if text[start:].strip() == mark:
            raise Fault("FM006", line=line, closer=mark)
        raise Fault("FM027", line=line, col=4, opener=mark)
