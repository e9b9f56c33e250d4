"""
Reads the canonical HTML that ``sanitise`` gives.

No parser is needed any more: every tag is ``<name key="value">``, and no ``<`` or ``>``
stands anywhere else.
"""

import re
from collections.abc import Iterator
from html import unescape

from syndicate.posts.late import late

TAG = re.compile(r"<[^<>]*>")
BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|caption|center|dd|details|div|dl|dt|"
    r"figcaption|figure|footer|h[1-6]|header|hgroup|hr|li|main|nav|ol|p|pre|section|"
    r"summary|table|tbody|tfoot|thead|tr|ul)(?: [^<>]*)?>|<br>"
)
CELL = re.compile(r"<t[dh](?: [^<>]*)?>|</t[dh]>")
NOT_SAID = late(
    r'<sup class="footnote-ref"[^<>]*>.*?</sup>|<section class="footnotes"[^<>]*>.*?'
    r"</section>|<rp>.*?</rp>",
    re.DOTALL,
)
"""Marks of footnotes and the notes themselves, and brackets that ruby stands in for."""

ATTRIBUTE = re.compile(r' ([a-z][a-z0-9-]*)="([^"]*)"')
PARAGRAPH = re.compile(r"<p(?: [^<>]*)?>(.*?)</p>", re.DOTALL)


def plain_text(html: str) -> str:
    """
    Give the text of canonical HTML.

    Returns:
        One line for each block, without empty lines; white space is one blank, in
        Korean too, and none is added within a block.
    """
    if "footnote" in html or "<rp>" in html:
        html = NOT_SAID.sub("", html)
    html = html.replace("\n", " ")
    html = CELL.sub(" ", BLOCK.sub("\n", html))
    lines = unescape(TAG.sub("", html)).split("\n")
    return "\n".join(
        line for line in (" ".join(line.split()) for line in lines) if line
    )


def tags(html: str, name: str) -> Iterator[dict[str, str]]:
    """Give the attributes of every tag of a name, in order."""
    for tag in re.finditer(rf"<{name}( [^<>]*)?>", html):
        yield attributes(tag[0])


def attributes(tag: str) -> dict[str, str]:
    """Give the attributes of one tag."""
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}


def paragraphs(html: str) -> Iterator[str]:
    """Give the inside of every paragraph, in order."""
    return (found[1] for found in PARAGRAPH.finditer(html))
