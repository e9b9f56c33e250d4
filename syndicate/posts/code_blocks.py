"""
Where code stands in Markdown and HTML, so that it can be left as it is.

Fenced blocks, spans between backticks, comments, and elements whose content is no
Markdown. Indented code is not known: four blanks are as often the inside of a list.

Every step moves forward, so that a hostile text takes no longer than a long one.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from syndicate.posts.late import late

START = late(
    r"[`~<\\](?:(?<=`)`*|(?<=~)~{2,}|(?<=\\)`|(?<=<)(?:!--|(?P<tag>[pP][rR][eE]"
    r"|[cC][oO][dD][eE]|[sS][cC][rR][iI][pP][tT]|[sS][tT][yY][lL][eE])\b))"
)
"""Begins with one of four characters and nothing else, so that the search is fast."""

HTML = re.compile(
    r"<(?:!--|[pP][rR][eE]|[cC][oO][dD][eE]|[sS][cC][rR][iI][pP][tT]|[sS][tT][yY][lL][eE])"
)
"""What of HTML may be code. Begins with one character, which is looked for fastest."""

BEFORE_FENCE = late(r"[ \t>]*(?:[-*+][ ]+|\d{1,9}[.)][ ]+)?")
REACH = 100
"""Farther than this from the beginning of its line no block of code begins."""

TIES = late(r"[ \t]*[(\\=&$]")
"""After three tildes: blanks in a formula of TeX."""

BLANK = late(r"\n[ \t]*\n")
RUN = late("`+")


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change the parts of a text that are not code."""
    parts: list[str] = []
    at = 0
    for start, end in code_spans(text):
        parts += [change(text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, change(text[at:])])


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Give the start and the end of every piece of code, in order."""
    if not ("`" in text or "~~~" in text or HTML.search(text)):
        return  # as most posts: told five times as fast
    ends = _Ends(text)
    at = 0
    while found := START.search(text, at):
        end = ends.of(found)
        at = end or found.end()
        if end:
            yield found.start(), end


class _Ends:
    """Finds where code ends, and remembers what it looked for in vain."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.missing: set[str] = set()
        self.paragraph = 0  # where the paragraph in ``runs`` ends
        self.runs: dict[int, list[int]] = {}  # length to places of runs of backticks

    def of(self, start: re.Match[str]) -> int:
        """Give the end of what begins here; 0 where it is no code."""
        if self._is_fence(start):
            pattern = rf"^[ \t>]*{start[0]}[`~]*[ \t]*$"
            closer = re.compile(pattern, re.MULTILINE).search(self.text, start.end())
            return closer.end() if closer else len(self.text)
        match start[0][0]:
            case "`":
                return self._after_ticks(start.end(), len(start[0]))
            case "<":
                return self._after_tag(start.end(), (start["tag"] or "").lower())
            case _:
                return 0

    def _is_fence(self, start: re.Match[str]) -> bool:
        """Whether a run of three or more opens a block: it begins its line."""
        if len(start[0]) < 3 or start[0][0] not in "`~":  # noqa: PLR2004 - a fence has three signs
            return False
        before = self.text[max(start.start() - REACH, 0) : start.start()]
        _, broken, line = before.rpartition("\n")
        if not BEFORE_FENCE.fullmatch(line) or (len(before) == REACH and not broken):
            return False
        end = self.text.find("\n", start.end())
        is_wave = start[0][0] == "~"
        if is_wave:
            return not TIES.match(self.text, start.end())
        return end > 0 and "`" not in self.text[start.end() : end]

    def _after_ticks(self, at: int, length: int) -> int:
        if at > self.paragraph:
            blank = BLANK.search(self.text, at)
            self.paragraph = blank.start() if blank else len(self.text)
            self.runs = {}
            for run in RUN.finditer(self.text, at, self.paragraph):
                self.runs.setdefault(len(run[0]), []).append(run.start())
        places = self.runs.get(length, [])
        index = bisect_left(places, at)
        return places[index] + length if index < len(places) else 0

    def _after_tag(self, at: int, tag: str) -> int:
        """Find the closing tag, or the end of a comment."""
        if tag in self.missing:
            return 0
        pattern = rf"</{tag}\s*>" if tag else "-->"
        closer = re.compile(pattern, re.IGNORECASE).search(self.text, at)
        if closer:
            return closer.end()
        self.missing.add(tag)
        return 0
