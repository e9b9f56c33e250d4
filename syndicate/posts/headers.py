"""
Front matter without fences, at the top of a file.

    Title: 강진                 Pelican's and MultiMarkdown's: a blank line ends it
    Date: 2024-05-18 10:20
    Status: draft

    <!--                       Nikola's, in a comment
    .. title: 강진
    .. date: 2024-05-18
    -->

Source: docs.getpelican.com/en/latest/content.html#file-metadata, getnikola.com/handbook.html
(metadata fields), fletcher.github.io/MultiMarkdown-6/syntax/metadata.html
"""

import re

from syndicate.posts.fences import LONGEST, Parts
from syndicate.posts.late import late

FIELD = r"[A-Za-z][\w -]{0,40}:(?:[ \t][^\n]*)?\n"
PLAIN = late(rf"(?:{FIELD}(?:[ \t]+\S[^\n]*\n)*)+(?=[ \t]*(?:\n|\Z))")
COMMENT = late(rf"<!--[ \t]*\n(?:[ \t]*\n|\.\. {FIELD})+[ \t]*-->[ \t]*(?=\n|\Z)")
LINE = late(r"(?:\.\. )?([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
DAY = late(r"\d{4}-\d{2}-\d{2}")

BOTH = frozenset({"title", "date"})
"""What a text that only begins so would hardly say of itself."""

HIDDEN = frozenset({"draft", "hidden", "private", "skip"})
"""What ``status`` calls a post that stands in no list."""


def header(text: str, name: str) -> Parts | None:
    r"""
    Take apart a file that begins with fields and no fence.

    Args:
        text: The file, lines ending in ``\n``.
        name: Of the file. Where it begins with a day, the fields need not say it.

    Returns:
        The parts, the fields in YAML, line for line; ``None`` where there are none.
    """
    found = PLAIN.match(text[:LONGEST]) or COMMENT.match(text[:LONGEST])
    if not found:
        return None
    lines = [_as_yaml(line) for line in found[0].splitlines()]
    keys = {line.partition(":")[0] for line in lines}
    day = DAY.match(name)
    last = f"date: {day[0]}" if day and "date" not in keys else ""
    if not keys >= (BOTH - {"date"} if last else BOTH):
        return None
    return Parts(
        language="yaml",
        front="\n".join([*lines, last]),
        body=text[found.end() :].removeprefix("\n"),
        line=1,
    )


def _as_yaml(line: str) -> str:
    """Write a field in YAML. The rest of a value of many lines is left aside."""
    field = LINE.fullmatch(line)
    if not field:
        return ""
    key, value = re.sub(r"[ -]", "_", field[1].strip().lower()), field[2].strip()
    if key == "status" and value.lower() in HIDDEN:
        return "draft: true"
    quoted = value.replace("'", "''")
    return f"{key}: '{quoted}'" if value else f"{key}:"
