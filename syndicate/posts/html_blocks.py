"""
Where HTML ends and Markdown goes on, which engines see at different places.

    </ul> next line        Markdown goes on after a block of HTML, without a blank line
    <TabItem> alone        a component of MDX's: Markdown is what it holds
    <br> alone on a line   is part of a paragraph: CommonMark would take what follows it
                           for raw HTML
    <div markdown="1">     Markdown inside an element, where it is asked for

Source: kramdown.gettalong.org/syntax.html#html-blocks, mdxjs.com/docs/what-is-mdx;
spec.commonmark.org, HTML blocks
"""

import re

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.dialects import GUARD
from syndicate.posts.late import late

CODE_INDENT = 4
"""Blanks at the beginning of a line that make it code."""

BLOCK = "p|div|ul|ol|dl|table|blockquote|h[1-6]|section|article|figure|center|details|iframe"
INLINE = "a|abbr|b|br|cite|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u"
AFTER_BLOCK = re.compile(
    rf"(?:<({BLOCK})\b.*</\1>|</(?:{BLOCK})>|<hr[ ]*/?>)[ \t]*", re.IGNORECASE
)
INLINE_ALONE = re.compile(rf"</?(?:{INLINE})\b[^<>]*>[ \t]*", re.IGNORECASE)
OTHER = (
    "address|area|aside|audio|body|button|caption|code|col|colgroup|dd|dt|embed|footer|form"
    "|frame|head|header|hr|html|input|li|link|main|map|meta|nav|object|option|param|picture"
    "|pre|script|select|source|style|summary|svg|t[drh]|tbody|template|textarea|tfoot|thead"
    "|title|video"
)
COMPONENT = late(
    rf"</?(?!(?i:{BLOCK}|{INLINE}|{OTHER})\b)[A-Z]\w*[a-z][\w.]*(?:\s[^<>]*)?/?>[ \t]*"
)
"""A tag that is no element's of HTML, whose names were written large as well."""

MARKDOWN_INSIDE = late(
    r"(<[a-z][a-z0-9]*\b[^<>]*?)\s+markdown=[\"']?(?:1|block|span)[\"']?([^<>]*>)",
    re.IGNORECASE,
)


def apart(text: str) -> str:
    """Set HTML and Markdown apart. ``from_common`` undoes what has to be undone."""
    return outside_code(text, _apart) if "<" in text else text


def _apart(text: str) -> str:
    if "markdown=" in text:
        text = MARKDOWN_INSIDE.sub(r"\1\2\n\n", text)
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1]):
        tag = line.lstrip(" ")
        if tag[:1] != "<" or len(line) - len(tag) >= CODE_INDENT:
            continue
        follows = lines[number + 1].strip()
        # Where the piece ends, a comment or code follows.
        goes_on = follows or number == len(lines) - 2
        is_apart = follows[:1] != "<" or INLINE_ALONE.fullmatch(follows)
        if goes_on and is_apart and AFTER_BLOCK.fullmatch(tag):
            lines[number] += "\n"
        elif INLINE_ALONE.fullmatch(tag):
            lines[number] = GUARD + line
        elif not tag[1:3].islower() and COMPONENT.fullmatch(tag):
            lines[number] = "\n"
    return "\n".join(lines)
