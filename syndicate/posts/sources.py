"""
The source: where a story was first told.

Korean newsrooms write it as a paragraph of its own, ``출처: <a href="…">…</a>``; front
matter may say ``source`` and ``source_url``.
"""

import re
from collections.abc import Mapping
from html import unescape

from syndicate.model import Source
from syndicate.posts.addresses import web
from syndicate.posts.markup import attributes, paragraphs, plain_text

NAMED = re.compile(r"\W*출처(?!\w)")
LINK = re.compile(r"(<a(?: [^<>]*)?>)(.*?)</a>", re.DOTALL)


def is_source(text: str) -> bool:
    """Whether a paragraph says where the story is from, and nothing else."""
    return bool(NAMED.match(text))


def source(fields: Mapping[str, object], html: str, base: str) -> Source | None:
    """
    Find the source of a post.

    Args:
        fields: Front matter; it wins.
        html: The body, canonical.
        base: What a relative address is relative to.

    Returns:
        Its address and title; ``None`` where none is named, or none that can be
        followed.
    """
    return _in_fields(fields, base) or _in_body(html)


def _in_fields(fields: Mapping[str, object], base: str) -> Source | None:
    written = fields.get("source")
    inner = written if isinstance(written, Mapping) else {}
    said = _text(written)
    url = _text(fields.get("source_url")) or _text(inner.get("url"))
    title = _text(fields.get("source_title")) or _text(inner.get("title"))
    title = title or _text(inner.get("name"))
    if not url and "://" in said:
        url = said
    address = web(url, base) if url else None
    if not address:
        return None
    title = title or (said if said != url else "")
    return Source(url=address, title=_text(unescape(title)) or address)


def _in_body(html: str) -> Source | None:
    if "출처" not in html:
        return None
    for paragraph in paragraphs(html):
        link = LINK.search(paragraph)
        if link and is_source(plain_text(paragraph)):
            title = " ".join(plain_text(link[2]).split())
            if address := attributes(link[1]).get("href"):
                return Source(url=address, title=title or address)
    return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
