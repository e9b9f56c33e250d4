"""
Values of attributes, so that a ``<`` begins a tag wherever it stands.

A quotation mark that nobody closed, ``<p class="a>one</p> … <p>two "three"</p>``: to a
browser the value goes on to the next such mark, wherever that is, and all between is no
text. The author meant it to end with the tag, and so it does here; where the tag itself
was cut off, both end before the next one. A ``<`` or ``>`` in a value that is closed is
written as a reference, which means the same.

Source: html.spec.whatwg.org, section 13.2.5.36 (attribute values).
"""

import re
from collections.abc import Iterator

from syndicate.posts.late import late

UNEVEN = re.compile(r"""=\s*(?:"[^"<>]*+|'[^'<>]*+)[<>]""")
"""What may be a value that nobody closed. Most posts have none; this tells it quickest."""

OPENING = late(r"<(?:!--|([a-zA-Z][^\s/<>]*))")
BEFORE = late(r"""[\s/]*=?[^\s/>=]*\s*(?:=\s*(?:(["'])|[^\s>]*))?""")
"""One attribute, as far as the mark its value begins with, or to the end of its tag."""

ATTRIBUTED = late(r"</([a-zA-Z][^\s/<>]*)[\s/][^<>]*>")
"""A closing tag with attributes, of which it can have none: a value may open in them."""

TEXT = frozenset("script style textarea title xmp".split())
"""Elements that hold no tags."""

CLOSING = late(r"</([a-zA-Z][^\s/<>]*)(?=[\s/>])")
TAG = late("<[/a-zA-Z]")
TAG_OR_END = late("<[/a-zA-Z]|>")
AFTER = {"", " ", "\t", "\n", "\r", "\f", "/", ">"}
"""What may follow a mark that closes. One that opens is followed by a word."""


def with_quotes_closed(html: str) -> str:
    """
    Close the values that were meant to end with their tags; see above for the others.

    One that holds a ``>`` may mean it. Not so where it is never closed, where the end of
    its own element stands in it, or where tags do and the mark that closes it looks like
    one that opens.

    Args:
        html: Any, broken or hostile.

    Returns:
        ``html`` itself, where no value holds a ``<`` or a ``>``.
    """
    if not UNEVEN.search(html):
        return html
    html = ATTRIBUTED.sub(r"</\1>", html)
    parts: list[str] = []
    done = 0
    for start, end, instead in _mended(html):
        parts += [html[done:start], instead]
        done = end
    return "".join([*parts, html[done:]])


def _mended(html: str) -> Iterator[tuple[int, int, str]]:
    """Go through the values of all tags and give what changes: from, to, and what instead."""
    at = 0
    last_comment = html.rfind("-->")
    last = {mark: html.rfind(mark) for mark in "\"'"}
    last |= {each[1].lower(): each.start() for each in CLOSING.finditer(html)}
    while tag := OPENING.search(html, at):
        at = tag.end()
        if not tag[1]:
            at = html.find("-->", tag.start()) if tag.start() < last_comment else at
            continue
        while before := BEFORE.match(
            html, at
        ):  # pragma: no branch - nothing matches, too
            at, mark = before.end(), before[1]
            if not mark:
                if html[at : at + 1] in {">", ""}:
                    name = tag[1].lower()
                    if name in TEXT and at < last.get(name, -1):
                        at = _end_of_text(html, name, at)
                    break
                continue
            end = html.find(mark, at) if at <= last[mark] else -1
            cut = _cut(html, tag[1], at=at, end=end)
            if cut >= 0:
                yield cut, cut, mark + ">" * (html[cut] == "<")
                at = cut
                break
            if end < 0:
                return
            value = html[at:end]
            if "<" in value or ">" in value:
                yield at, end, value.replace("<", "&lt;").replace(">", "&gt;")
            at = end + 1


def _end_of_text(html: str, name: str, at: int) -> int:
    """Find the closing tag of an element that holds no tags. There is one."""
    closers = CLOSING.finditer(html, at)
    return next(each.start() for each in closers if each[1].lower() == name)


def _cut(html: str, name: str, *, at: int, end: int) -> int:
    """Give where a value should have ended, if not at its mark; -1: it does, or nowhere."""
    until = end if end >= 0 else len(html)
    gap = html.find(">", at, until)
    if gap < 0 or not _goes_on_too_far(html, name, gap=gap, end=end):
        return -1
    first = TAG_OR_END.search(html, at, until)
    return first.start() if first else gap


def _goes_on_too_far(html: str, name: str, *, gap: int, end: int) -> bool:
    """Tell whether a value should have ended at the first ``>`` in it."""
    if end < 0:
        return True
    closed = (each[1].lower() for each in CLOSING.finditer(html, gap, end))
    if name.lower() in closed:
        return True
    return html[end + 1 : end + 2] not in AFTER and bool(TAG.search(html, gap, end))
