"""
Blocks of code in a list whose text or end stands farther left than they began.

    - first do
      ~~~sh
    make                 to CommonMark the list ends here, and what was meant as the
    ~~~                  end of the code begins another block, with all that follows
    - then

They are moved to where they began. A block that another one begins in was never closed,
and stays as it is.

Source: spec.commonmark.org, fenced code blocks and list items
"""

import re

from syndicate.posts.late import late

MOST_LINES = 500
"""A longer block is not looked through to its end."""

MOST_LOOKS = 50_000
"""Lines that are looked at, some of them again and again, before the rest is left as it is."""

IN_LIST = late(r"(?:\A|\n)(?:[ \t]+|[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)(?:```|~~~)")
FENCE = late(
    r"(?P<left>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}|~{3,})(?P<name>[^`\n]*)"
)


def evened(text: str) -> str:
    """Move blocks of code that stand uneven."""
    # One sign is found in a fifth of the time that three take.
    if not ("`" in text or "~" in text) or not IN_LIST.search(text):
        return text
    lines = text.split("\n")
    at = looks = 0
    while at < len(lines) and looks < MOST_LOOKS:
        if found := FENCE.fullmatch(lines[at]):
            end = _end(lines, at, found)
            looks += 0 if end else MOST_LINES
            if end:
                width = len(found["left"].expandtabs(4))
                _move(lines, (at + 1, end), width)
                _move(lines, (end, end + 1), width)
                at = end
        at += 1
    return "\n".join(lines)


def _end(lines: list[str], start: int, opener: re.Match[str]) -> int:
    """Give the line that ends the block begun in a line; 0, where none does for certain."""
    fence, is_in_list = opener["fence"], bool(opener["left"])
    for number in range(start + 1, min(len(lines), start + MOST_LINES)):
        found = FENCE.fullmatch(lines[number])
        if (
            not found
            or found["fence"][0] != fence[0]
            or len(found["fence"]) < len(fence)
        ):
            continue
        if not found["name"].strip() and not found["left"].strip():
            return number
        if is_in_list:
            return 0
    return 0


def _move(lines: list[str], block: tuple[int, int], width: int) -> None:
    """Move lines right, all by the same, so that each begins with so many blanks."""
    start, end = block
    written = [line.expandtabs(4) for line in lines[start:end]]
    blanks = [len(line) - len(line.lstrip(" ")) for line in written if line.strip()]
    if (short := width - min(blanks, default=width)) > 0:
        lines[start:end] = [" " * short + line for line in written]
