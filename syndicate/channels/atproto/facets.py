"""
A text as it is shown, and where its links and hashtags stand in it.

Without facets both are dead letters; with one, a link leads to its whole address, however
little of it is shown.

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
LONGEST_SHOWN = 40  # letters of an address; one in Hangul has nine for each syllable


def rich(text: str) -> tuple[str, list[Facet]]:
    """Give a text with its long addresses shortened, and its facets in their order."""
    said, found = "", list[Facet]()
    for piece in pieces(text):
        before = _bytes(said)
        if piece.is_link:
            shown = _shown(piece.text)
            feature = {"$type": "app.bsky.richtext.facet#link", "uri": piece.text}
            found.append(_facet(before, shown, feature))
            said += shown
        else:
            found += _hashtags(piece.text, before)
            said += piece.text
    return said, found


def _shown(address: str) -> str:
    """Shorten an address as Bluesky's own app does, but after a slash."""
    if len(address) <= LONGEST_SHOWN:
        return address
    bare = address.partition("://")[2]
    if len(bare) <= LONGEST_SHOWN:
        return bare
    kept = bare[: LONGEST_SHOWN - 1]
    return kept[: kept.rfind("/") + 1 or None] + "…"


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
