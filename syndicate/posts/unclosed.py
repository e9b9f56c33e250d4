"""
What would swallow the rest of a post: an element or a comment that nobody closes.

A script, a drawing or a form field goes with all it holds (``sanitise``). One that is
only named in running text, or was cut off, would take everything after it along. Its
opening tag becomes text, or goes if it has attributes; what follows it stays.

What is closed goes here, comments too: a parser might find its end elsewhere, as in
``<button><table></button>``. What a browser reads as text ends at its first closing tag.

Source: html.spec.whatwg.org, sections 13.2.5 (tokenization) and 13.1.2 (elements).
"""

import re
from collections.abc import Container, Iterator
from html import escape

from syndicate.posts.code_blocks import outside_code
from syndicate.posts.dialects import GUARD
from syndicate.posts.late import late

FOREIGN = frozenset({"math", "svg"})
HOLDING = frozenset({"button", "select", "template"})
"""Elements that hold others, of their own name too."""

LONGEST_TAG = 1 << 12

TAG = late(
    r"<(?:(?P<comment>!--)|(?P<bogus>[!?])|(?P<closing>/?)(?P<name>script|style|svg|math|template|select"
    r"|button|textarea|title|noframes|noembed|iframe|xmp|plaintext)(?=[\s/>]|\Z))",
    re.IGNORECASE,
)
COMMENT_END = late(r"(?<=<!-)->|(?<=<!--)>|--!?>")
BOGUS = frozenset("!?")
BOGUS_END = late(">")
"""What begins so and is no comment ends like one, at the next such sign."""

NAME = re.compile(r"</?([a-zA-Z!][^\s/<>]*)")
ANY_TAG = late(r"</?([a-zA-Z][^\s/<>]*)[^<>]*>")
GOING = frozenset("button noframes script select style template textarea title".split())
"""Elements that go with all they hold, when they are closed."""

WORDS = frozenset({"title", "textarea"})
"""Elements that hold text: no paragraph ends in one."""

BARE = late(r"<[a-z]+\s*>|<!--", re.IGNORECASE)
CUT_OFF = late("<(?=[A-Za-z/!?])")
ANY_CUT = re.compile("<[^<>]*+[^>]")
"""Anything that begins and does not end. Most posts have none; this tells it quickest."""

CUT_SHORT = late(r"<(?=<|/?[A-Za-z][^<>]*<|/[^A-Za-z>])")
"""
Begins a tag in which another one begins: no value holds a ``<`` (``quotes``). Or a closing
tag of no name, which hides as much as a comment; or what would begin one with the words
after a tag that goes.
"""

IN_MARKDOWN = re.compile(
    r"<(?=(?:!--|script\b|style\b|![a-z](?!(?:[^>\n]|\n(?!\s*\n)){0,200}>))"
    r"|(?P<sign>\?|!\[CDATA\[))",
    re.IGNORECASE,
)
"""Opens a block that is known to be open, or one that ends with its own sign."""

ENDS = {"?": "?>", "![CDATA[": "]]>"}


def as_text(markdown: str) -> str:
    """
    Make text of what opens a block of raw HTML that never ends.

    Markdown reads on in such a block to the end of the file.
    Source: spec.commonmark.org, HTML blocks, kinds 1 to 5.
    """
    return outside_code(markdown, _as_text) if "<" in markdown else markdown


def _as_text(piece: str) -> str:
    """Change a piece in which everything that is closed was taken for code."""

    def change(opener: re.Match[str]) -> str:
        end = ENDS[opener["sign"].upper()] if opener["sign"] else ""
        return "<" if end and last[end] > opener.start() else f"<{GUARD}"

    last = {end: piece.rfind(end) for end in ENDS.values()}
    return IN_MARKDOWN.sub(change, piece)


def with_whole_tags(html: str) -> str:
    """
    Make text of what begins a tag and never ends: cut off, or by another tag.

    Returns:
        ``html`` itself, where there is none.
    """
    if html.rfind("<") > (last := html.rfind(">")):
        html = html[: last + 1] + CUT_OFF.sub("&lt;", html[last + 1 :])
    return CUT_SHORT.sub("&lt;", html) if ANY_CUT.search(html) else html


def released(html: str, known: Container[str]) -> str:
    """
    Take out of HTML what would swallow the rest, and the tags nobody knows.

    Drawings and formulas go whole. A tag of theirs that stands alone, such as a
    ``<path>`` in running text, would go with all that follows it.

    Args:
        html: Any whose tags are whole.
        known: Names of the elements whose tags stay.

    Returns:
        ``html`` itself, where there is nothing to take out.
    """
    if all(name.lower() in known for name in set(NAME.findall(html))):
        return html
    return ANY_TAG.sub(
        lambda tag: (
            tag[0] if tag[1].lower() in known or tag[1].lower() in GOING else ""
        ),
        _let_go(html),
    )


def _let_go(html: str) -> str:
    parts: list[str] = []
    at = 0
    for start, end, instead in sorted(_Swallowers(html)):
        if start >= at:
            parts += [html[at:start], instead]
            at = end
    return "".join([*parts, html[at:]])


class _Swallowers:
    """Goes through HTML once and gives what has to go: from, to, and what instead."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.missing: set[str] = {"plaintext"}  # closing tags that do not come any more
        self.open: dict[str, list[int]] = {}  # where elements that hold others began

    def __iter__(self) -> Iterator[tuple[int, int, str]]:
        at = 0
        while tag := TAG.search(self.html, at):
            name = (tag["name"] or tag["bogus"] or "").lower()
            at = tag.end()
            if name in FOREIGN or name in HOLDING:
                yield from self._step(tag, name)
            elif not tag["closing"]:
                end = self._end(name, at)
                if end and not self._is_named(tag, end, name):
                    yield tag.start(), end.end(), self._shown(tag, end, name)
                    at = end.end()
                else:
                    yield self._opener(tag.start())
        for starts in self.open.values():
            for start in starts:
                yield self._opener(start)

    def _is_named(self, tag: re.Match[str], end: re.Match[str], name: str) -> bool:
        """Whether a tag is only named, and what would end it belongs to another piece."""
        is_word = name in WORDS and self.html[tag.end() : tag.end() + 1] == ">"
        return is_word and self.html.find("</p>", tag.end(), end.start()) > 0

    def _step(self, tag: re.Match[str], name: str) -> Iterator[tuple[int, int, str]]:
        starts = self.open.setdefault(name, [])
        if not tag["closing"]:
            start, end, _ = self._opener(tag.start())
            if name not in FOREIGN or self.html[end - 2 : end] != "/>":
                starts.append(start)
        elif starts:
            yield starts.pop(), self._opener(tag.start())[1], ""

    def _shown(self, tag: re.Match[str], end: re.Match[str], name: str) -> str:
        """Give what is left of an element without elements: of ``xmp``, old code."""
        if name != "xmp":
            return ""
        text = self.html[self._opener(tag.start())[1] : end.start()]
        return f"<pre>{escape(text, quote=False)}</pre>"

    def _end(self, name: str, at: int) -> re.Match[str] | None:
        """Find what ends an element without elements, or a comment."""
        if name in self.missing:
            return None
        if name in BOGUS:
            closer = BOGUS_END
        elif name:
            closer = re.compile(rf"</{name}(?=[\s/>])[^>]*>", re.IGNORECASE)
        else:
            closer, at = COMMENT_END, at - 2
        if found := closer.search(self.html, at):
            return found
        self.missing.add(name)
        return None

    def _opener(self, start: int) -> tuple[int, int, str]:
        """Give a tag with what becomes of it: text, where it has no attributes."""
        if bare := BARE.match(self.html, start):
            return start, bare.end(), "&lt;" + bare[0][1:].replace(">", "&gt;")
        end = self.html.find(">", start, start + LONGEST_TAG) + 1
        return start, end or start + 1, ""
