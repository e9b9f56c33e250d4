"""
Where links and hashtags stand in a text. Without facets both are dead letters.

Source: docs.bsky.app/docs/advanced-guides/post-richtext
"""

from collections.abc import Iterator
from typing import Any

import regex

from syndicate.channels.text import pieces

Facet = dict[str, Any]

# At the start of a word; not of digits alone. What may not stand in one: spaces, and
# letters nobody sees.
HASHTAG = regex.compile(
    r"(?<!\S)[#＃](?!\ufe0f)([^\s\u00ad\u2060\u200a-\u200d\u20e2]+)"
)
TAIL = regex.compile(r"\p{P}+$")
LONGEST_TAG = 64  # graphemes


def facets(text: str) -> list[Facet]:
    """Give the facets of a text, in its order: addresses and hashtags."""
    found: list[Facet] = []
    for piece in pieces(text):
        before = _bytes(text[: piece.start])
        if piece.is_link:
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": piece.text}
            found.append(_facet(before, piece.text, feature))
        else:
            found += _hashtags(piece.text, before)
    return found


def _hashtags(text: str, before: int) -> Iterator[Facet]:
    for each in HASHTAG.finditer(text):
        tag = TAIL.sub("", each[1])
        if not tag or tag.isdigit() or len(regex.findall(r"\X", tag)) > LONGEST_TAG:
            continue
        feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        start = before + _bytes(text[: each.start()])
        yield _facet(start, each[0][: 1 + len(tag)], feature)


def _facet(start: int, text: str, feature: dict[str, str]) -> Facet:
    """Say what a stretch of text is. A place past its end would be taken unseen."""
    place = {"byteStart": start, "byteEnd": start + _bytes(text)}
    return {"index": place, "features": [feature]}


def _bytes(text: str) -> int:
    return len(text.encode())
