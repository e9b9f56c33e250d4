"""
A quotation mark that nobody closed: ``<p class="a>one</p> … <p>two "three"</p>``.

To a browser the value goes on to the next such mark, wherever that is, and all between is
no text. The author meant it to end with the tag, and so it does here.

Source: html.spec.whatwg.org, section 13.2.5.36 (attribute values).
"""

import re

UNEVEN = re.compile(r"""=\s*(?:"[^"<>]*|'[^'<>]*)>""")
"""What may be a value that nobody closed. Most posts have none; this tells it quickest."""

OPENING = re.compile(r"<(?:!--|([a-zA-Z][^\s/<>]*))")
BEFORE = re.compile(r"""[^=>]*(?:=\s*(?:(["'])|[^\s>]*))?""")
"""What comes before a value between marks, or before the end of its tag."""

CLOSING = re.compile(r"</([a-zA-Z][^\s/<>]*)")
TAG = re.compile("<[/a-zA-Z]")
AFTER = {"", " ", "\t", "\n", "\r", "\f", "/", ">"}
"""What may follow a mark that closes. One that opens is followed by a word."""


def with_quotes_closed(html: str) -> str:
    """
    Close the values that were meant to end with their tags.

    One that holds a ``>`` may mean it. Not so where it is never closed, where the end of
    its own element stands in it, or where tags do and the mark that closes it looks like
    one that opens.

    Args:
        html: Any, broken or hostile.

    Returns:
        ``html`` itself, where all are closed.
    """
    if not UNEVEN.search(html):
        return html
    parts: list[str] = []
    done = at = 0
    last_comment = html.rfind("-->")
    while tag := OPENING.search(html, at):
        if not tag[1]:
            is_closed = tag.start() < last_comment
            at = html.find("-->", tag.start()) if is_closed else tag.end()
            continue
        at, mark = _end(html, tag)
        if mark:
            parts += [html[done:at], mark]
            done = at
    return "".join([*parts, html[done:]])


def _end(html: str, tag: re.Match[str]) -> tuple[int, str]:
    """Give where a tag ends, and the mark that is missing there, if one is."""
    at = tag.end()
    while before := BEFORE.match(html, at):  # pragma: no branch - nothing matches, too
        at, mark = before.end(), before[1]
        if mark:
            end = html.find(mark, at)
            gap = html.find(">", at, end if end >= 0 else len(html))
            if gap >= 0 and _goes_on_too_far(html, tag[1], gap, end):
                return gap, mark
            at = end + 1 if end >= 0 else len(html)
        elif html[at : at + 1] in {">", ""}:
            break
    return at, ""


def _goes_on_too_far(html: str, name: str, gap: int, end: int) -> bool:
    """Tell whether a value should have ended at the first ``>`` in it."""
    if end < 0:
        return True
    closed = (each[1].lower() for each in CLOSING.finditer(html, gap, end))
    if name.lower() in closed:
        return True
    return html[end + 1 : end + 2] not in AFTER and bool(TAG.search(html, gap, end))
