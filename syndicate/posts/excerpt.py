"""
The excerpt: the few plain sentences that stand for a post in feeds and alerts.

Follows Jekyll: front matter wins, else the first paragraph of the body. Where Jekyll
takes whatever comes first, an empty paragraph, a lone picture and the line that names
the source are passed over. Source: jekyllrb.com/docs/posts/#post-excerpts
"""

import re
from collections.abc import Callable, Iterator, Mapping

from syndicate.posts.late import late, late_regex
from syndicate.posts.markup import paragraphs, plain_text
from syndicate.posts.matter import is_false
from syndicate.posts.sources import is_source

KEYS = ("excerpt", "description", "summary")
MORE = late(r"<!--\s*more\s*-->", re.IGNORECASE)
LONGEST = 500
"""Most graphemes of an excerpt that the author did not write."""

ELLIPSIS = "…"
GRAPHEME = late_regex(r"\X")
WORD = late(r"\w")
MARKED = re.compile(r"[\\`*_{}\[\]<>&#~|]|^\s*(?:[-+]|\d+[.)])\s|://|www\.")
"""Signs that text may be Markdown or HTML."""

Render = Callable[[str], str]
"""Gives the sanitised HTML of a piece of Markdown."""


def excerpt(
    fields: Mapping[str, object], body: str, html: str, *, render: Render
) -> str:
    """
    Find the excerpt of a post.

    Args:
        fields: Front matter. ``excerpt``, ``description`` and ``summary`` may be
            Markdown or HTML.
        body: As the author wrote it, for ``<!--more-->`` and ``excerpt_separator``.
        html: The body rendered and sanitised.
        render: Renders what the author wrote as an excerpt.

    Returns:
        Plain text, one paragraph; nothing where a post has no words.
    """
    for key in KEYS:
        written = fields.get(key)
        if not isinstance(written, str) or is_false(written):
            continue
        if text := _plain(written, render):
            return text
    if head := _before_separator(fields, body):
        return _plain(head, render)
    return shorten(_first_paragraph(html), LONGEST)


def shorten(text: str, limit: int) -> str:
    """
    Cut plain text to a length, at a word if there is one, never inside a grapheme.

    Args:
        text: Plain text, one paragraph, NFC.
        limit: Most graphemes (Unicode UAX 29) in the result, the ellipsis included: an
            emoji of several code points counts as one. At least 1.

    Returns:
        ``text`` itself when it fits. Otherwise the longest run of whole words that
        leaves room for one ellipsis, or, where the first word alone is too long (as in
        Chinese, which has no spaces), the longest run of graphemes.

    Raises:
        ValueError: ``limit`` is below 1.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    if len(text) <= limit:  # there are no more graphemes than code points
        return text
    ends = [found.end() for found in GRAPHEME.finditer(text)]
    if len(ends) <= limit:
        return text
    end = ends[limit - 2] if limit > 1 else 0
    head = text[:end]
    if not text[end].isspace() and " " in head.strip():
        head = head[: head.rindex(" ")]
    return head.rstrip() + ELLIPSIS


def _plain(written: str, render: Render) -> str:
    if MARKED.search(written):
        written = plain_text(render(written))
    return " ".join(written.split())


def _before_separator(fields: Mapping[str, object], body: str) -> str:
    separator = fields.get("excerpt_separator")
    if isinstance(separator, str) and separator.strip():
        head, found, _ = body.partition(separator)
        return head if found else ""
    more = MORE.search(body)
    return body[: more.start()] if more else ""


def _first_paragraph(html: str) -> str:
    """Give the first paragraph with words, else all there is."""
    source = ""
    for text in _texts(html):
        if not is_source(text):
            return text
        source = source or text
    return source or " ".join(plain_text(html).split())


def _texts(html: str) -> Iterator[str]:
    for paragraph in paragraphs(html):
        text = " ".join(plain_text(paragraph).split())
        if WORD.search(text):
            yield text
