"""
Reads YAML that is invalid only because a value begins like something else.

``title: [속보] 지진`` is a list followed by words to YAML and a headline to everybody
else; so is a value that begins with a quotation mark, ``@`` or ``*``, and one with a
colon inside. Such a line is read as plain text, and the author is told how to quote it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from syndicate.posts.late import late
from syndicate.posts.problems import Fault
from syndicate.posts.yaml_text import Tree, parse

MOST = 20
"""Most lines of one post that are mended."""
REACH = 50
"""How many lines above a fault its cause is looked for."""

LINE = late(
    r"""(?P<head>[ ]*(?:-[ ]+)?(?:[^\s:#'"\[\]{},&*!|>%@`-][^:]*:[ \t]+|(?<=-[ ])))"""
    r"(?P<value>\S(?:.*[^ \t])?)[ \t]*"
)
"""A key and its value, or an entry of a list."""

LISTS = late(r"(?:tags?|categor(?:y|ies)|authors?|keywords|aliases)\s*:")
LIQUID = ("{{", "{%")
ANOTHER = ("- ", "#")
"""How a line begins that does not go on with a value."""

COLON = late(r":(?=\s|$)")
"""What makes YAML take plain text for a key."""


PAIR = late(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
"""An emoji in quotes as programs write it that write JSON. YAML knows no halves."""

TABS = late(r"^ *\t[ \t]*", re.MULTILINE)
"""How no line of YAML may begin. Hexo takes each tab for two blanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A line that was read as plain text."""

    line: int  # of the front matter, from 1
    col: int  # of the colon, or of where the value begins
    quoted: str  # the line as it should be written
    has_colon: bool  # the value was broken by a colon, not by how it begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenient:
    """YAML that was read."""

    tree: Tree
    doubled: list[str]  # keys that are written twice in one mapping
    mended: list[Mended]
    text: str  # as it was read, mended lines in quotes


def parse_leniently(text: str) -> Lenient:
    """
    Read YAML as ``parse`` does, mending values that were meant as plain text.

    Returns:
        What ``parse`` returns, and the lines that were mended.

    Raises:
        Fault: As ``parse``, where mending does not help: the first problem there was.
    """
    try:
        return _lenient(text, [])
    except Fault as fault:
        if PAIR.search(text):
            return parse_leniently(PAIR.sub(_sign, text))
        if TABS.search(text):
            return parse_leniently(TABS.sub(_blanks, text))
        return _parse_mended(text, fault.with_traceback(None))


def _blanks(indent: re.Match[str]) -> str:
    return indent[0].replace("\t", "  ")


def _sign(pair: re.Match[str]) -> str:
    high, low = int(pair[1], 16), int(pair[2], 16)
    return chr(0x10000 + ((high & 0x3FF) << 10 | low & 0x3FF))


def _lenient(text: str, mended: list[Mended]) -> Lenient:
    tree, doubled = parse(text)
    return Lenient(tree=tree, doubled=doubled, mended=mended, text=text)


def _parse_mended(text: str, first: Fault) -> Lenient:
    lines = text.split("\n")
    mended: list[Mended] = []
    fault = first
    try:
        while len(mended) < MOST and (found := _mend(lines, fault)):
            mended.append(found)
            try:
                return _lenient("\n".join(lines), mended)
            except Fault as next_fault:
                fault = next_fault.with_traceback(None)
        raise first
    finally:
        # This frame and a fault that it names keep each other, and the text, until the
        # collector comes: of thousands of bad files that is a lot.
        del first, fault


def _mend(lines: list[str], fault: Fault) -> Mended | None:
    """Quote the nearest value, at or above a fault, that is no YAML by itself."""
    if fault.code == "FM016" or _is_alias(lines, fault):
        return None
    last = min(fault.line, len(lines)) - 1
    for number in range(last, max(last - REACH, -1), -1):
        match = LINE.fullmatch(lines[number])
        if match and not _stands(match["value"], lines):
            return _quote(lines, number, match)
    return None


def _is_alias(lines: list[str], fault: Fault) -> bool:
    """Whether a value is said to be that of another key, and that other key exists."""
    name = fault.words.get("name", "")
    text = "\n".join(lines)
    return bool(name) and f"&{name}" in text and f"*{name}" in text


def _stands(value: str, lines: list[str]) -> bool:
    try:
        parse(f"key: {value}")
    except Fault as fault:
        return fault.code == "FM015" and _is_alias(lines, fault)
    return True


def _quote(lines: list[str], number: int, match: re.Match[str]) -> Mended | None:
    head, value = match["head"], match["value"]
    if value.startswith("[") and LISTS.match(head.lstrip()):
        return None
    value = " ".join([value, *_continued(lines, number, head)])
    line, col = number + 1, len(head) + 1
    shown = f"{head.lstrip()}{quoted(value)}"
    if value.startswith(LIQUID):
        raise Fault("FM014", line=line, col=col, mend=shown)
    lines[number] = head + _single(_unwrapped(value))
    colon = COLON.search(value) if _is_plain(value) else None
    return Mended(
        line=line,
        col=col + (colon.start() if colon else 0),
        quoted=shown,
        has_colon=_is_plain(value),
    )


def _continued(lines: list[str], number: int, head: str) -> Iterator[str]:
    """Take the lines that go on with a value: deeper than its key, and no keys."""
    indent = len(head) - len(head.lstrip())
    for below in range(number + 1, len(lines)):
        text = lines[below].strip()
        is_deeper = lines[below].startswith(" " * (indent + 1))
        if not text or not is_deeper or text.startswith(ANOTHER) or COLON.search(text):
            break
        lines[below] = ""
        yield text


def quoted(value: str) -> str:
    """Write text as a YAML scalar in quotes."""
    value = _unwrapped(value)
    return _single(value) if '"' in value or "\\" in value else f'"{value}"'


def _single(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _unwrapped(value: str) -> str:
    """Take off quotation marks that were meant to enclose the whole value."""
    mark, inner = value[0], value[1:-1]
    if mark not in "\"'" or len(value) == 1 or value[-1] != mark:
        return value
    at = inner.find(mark)
    # In `"A" and "B"` the mark after A closes; in `"he said "no""` the next one opens.
    return value if at > 0 and not inner[at - 1].isspace() else inner


def _is_plain(value: str) -> bool:
    return value[0].isalnum()
