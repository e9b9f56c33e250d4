"""The title of a post, as it was typed and as plain text."""

import re
from html import unescape

from syndicate.posts.dates import slug_of
from syndicate.posts.headings import first_heading
from syndicate.posts.late import late
from syndicate.posts.matter import Matter, one_line
from syndicate.posts.plain import clean

FORMATTING = late(
    r"</?(?:b|i|u|s|em|strong|span|mark|small|sub|sup|code|font|br)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Markup that a title may wear and a feed may not show."""


def title_of(matter: Matter, name: str) -> str:
    """
    Give the title: the field, else the first heading, else the file's name in words.

    Args:
        matter: Told where YAML would have read something else than was typed.
        name: Of the file, without its folders.

    Returns:
        Plain text on one line, never empty.
    """
    written = matter.fields.get("title", "")
    found = one_line(written) if isinstance(written, str) else _flow(matter)
    if not found and (found := first_heading(matter.parts.body)):
        return found
    if not found:
        parts = clean(slug_of(name)).split("-")
        found = " ".join(word.capitalize() for word in parts) or clean(name)
        matter.note("FM026", "title", value=found)
        found = one_line(found)
    return _bare(found)


def _bare(line: str) -> str:
    """Take markup out: a page shows ``A &amp; <em>B</em>`` as ``A & B``."""
    if "<" in line:
        line = one_line(FORMATTING.sub("", line))
    return one_line(clean(unescape(line))) if "&" in line else line


def _flow(matter: Matter) -> str:
    """Give a title such as ``[속보]``, which YAML takes for a list, as it was typed."""
    typed = matter.source("title")
    if typed[:1] not in {"[", "{"}:
        return ""
    from syndicate.posts.mend import quoted  # noqa: PLC0415 - few titles are taken so

    matter.note("FM019", "title", mend=f"title: {quoted(typed)}")
    return one_line(typed)
