"""
Addresses in running text, where Chinese, Japanese and Korean write no blank.

    참고: https://news.example/에서        the particle is no part of the address
    見、https://a.example/x。            nor is a mark
    说明，www.a.example                 after a mark an address may begin
"""

import re
from html import unescape
from urllib.parse import unquote

from syndicate.posts.late import late

BREAK = " \ufdd4 "
"""Lets an address begin while Markdown is read. ``clean`` takes the sign out of posts."""

MARKS = "。，、；：！？…」』】》〉）〕］“”‘’"
BEGINS = late(rf"(?<=[{MARKS}（「『【《〈〔［])(?=www\.[a-z0-9])")
RUN = late(r"(?<!\S)[^\s()<>\[\]\"'/:=`]*www\.\S*")
"""Text without a blank that holds an address, and is none of a link's or a tag's."""

PARTICLE = re.compile(
    r'<a href="([^"<>]*)">((?:https?://|www\.)[!-;=?-~]*[0-9A-Za-z/])'
    r"((?:에서|에게|에|으로|로|을|를|은|는|이|가|와|과|의|도|만|까지|부터|처럼|보다|라는)"
    r"(?:는|도|의|만)?|입니다|이다|이며|이고|이라는)</a>"
)
"""An address in running text and the Korean particle that clings to it."""

ENCLOSED = re.compile(
    r'<a href="([^"<>]*)">((?:https?://|www\.)[!-;=?-~]*?)'
    r"((?:(?:&(?:amp;)?(?:gt|lt|quot);|[)\]])(?=[^\x00-\x7f])"
    rf"|[{MARKS}])[^<>]*)</a>"
)
"""An address before a mark, as in ``&lt;https://…&gt;``, and what clings to that."""

ESCAPED_TWICE = late(r"&amp;(?=(?:amp|gt|lt|quot);)")

PARAGRAPHS = late(r"\n[ \t]*\n")
MOST_MAILBOXES = 10_000_000
"""E-mail addresses times characters of a paragraph, in a whole text."""


def has_too_many_mailboxes(text: str) -> bool:
    """
    Whether looking for e-mail addresses would fill the memory.

    For each of them comrak keeps another copy of what follows it in its paragraph.
    """
    if text.count("@") * len(text) <= MOST_MAILBOXES:
        return False
    parts = PARAGRAPHS.split(text)
    return sum(part.count("@") * len(part) for part in parts) > MOST_MAILBOXES


def let_begin(text: str) -> str:
    """Let addresses that begin with ``www.`` begin after a mark; ``let_end`` undoes it."""
    if "www." not in text or text.isascii():
        return text
    return RUN.sub(lambda run: BEGINS.sub(BREAK, run[0]), text)


def let_end(html: str) -> str:
    """End each link that was an address in running text where the address ends."""
    html = html.replace(BREAK, "")
    if "</a>" not in html:
        return html
    return ENCLOSED.sub(_let_go, PARTICLE.sub(_let_go, html))


def _let_go(link: re.Match[str]) -> str:
    """End a link with its address, unless it was written as a link or in brackets."""
    href, address, rest = link[1], link[2], link[3]
    is_bare = unescape(unquote(href)).endswith(unescape(address + rest))
    if not is_bare or address.count("(") > address.count(")"):
        return link[0]
    rest = ESCAPED_TWICE.sub("&", rest)
    scheme = "http://" if address.startswith("www.") else ""
    return f'<a href="{scheme}{address}">{address}</a>{rest}'
