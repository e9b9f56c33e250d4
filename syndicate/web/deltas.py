"""
Part of a feed for readers that have the rest: RFC 3229 with the manipulation "feed".

    A-IM: feed, If-None-Match: "old"  ->  226, the feed without the entries of "old"

Remembered are versions that were served by this process, for only those can a reader
hold; never their bytes, only which entries stood in them, word for word. Whatever a
version cannot prove is sent again: a delta is never wrong, at worst it is the whole.
Source: RFC 3229, and bobwyman.pubsub.com on "feed"
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from lxml import etree

from syndicate.web.conditional import IDENTITY
from syndicate.web.file import Entries, File
from syndicate.web.forms import forms

VERSIONS = 32
"""Versions of one feed that are remembered: half a day, with one change in 20 minutes."""

FEEDS = 512
"""Feeds whose versions are remembered; what was served longest ago goes."""

KEPT = 256
"""Deltas kept as they were written."""

_ENTRY = ("item", "{http://www.w3.org/2005/Atom}entry")


def entries_of(content: bytes) -> Entries:
    """Give the entries of a feed in any of our formats; none of what is no feed."""
    return frozenset(_digest(entry) for entry in _read(content)[1])


def without(content: bytes, held: Entries) -> bytes | None:
    """
    Write a feed without the entries a reader holds.

    Returns:
        A whole document with the head of the feed. ``None`` where that saves nothing,
        or where nothing would be left: an entry was withdrawn, or the head changed,
        and only the whole feed tells.
    """
    root, found = _read(content)
    known = [entry for entry in found if _digest(entry) in held]
    if not known or len(known) == len(found):
        return None
    if isinstance(root, dict):
        left = [entry for entry in found if not any(entry is each for each in known)]
        return _as_json(root | {"items": left})
    for entry in known:
        entry.getparent().remove(entry)
    written: bytes = etree.tostring(
        root.getroottree(), encoding="UTF-8", xml_declaration=True
    )
    return written


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A feed without what a reader holds."""

    base: str  # the tag of the version the reader named
    bodies: Mapping[str, bytes]  # coding to content, the best for a reader first


class Past:
    """Remembers versions of feeds, and writes deltas against them. One event loop's."""

    def __init__(self, *, kept: int = KEPT) -> None:
        self._kept = kept
        self._versions: OrderedDict[str, OrderedDict[str, Entries]] = OrderedDict()
        self._deltas: OrderedDict[tuple[str, str], Delta | None] = OrderedDict()

    def remember(self, feed: File) -> None:
        """Remember a version under each of its tags."""
        versions = self._versions.setdefault(feed.name, OrderedDict())
        self._versions.move_to_end(feed.name)
        for tag in feed.tags.values():
            versions[tag] = feed.entries
            versions.move_to_end(tag)
        while len(versions) > VERSIONS * 3:  # a version has up to three tags
            versions.popitem(last=False)
        while len(self._versions) > FEEDS:
            self._versions.popitem(last=False)

    def base(self, name: str, held: Iterable[str]) -> str | None:
        """Give the newest of the tags a reader holds whose version is remembered."""
        wanted = frozenset(held)
        versions = self._versions.get(name) or OrderedDict[str, Entries]()
        return next((tag for tag in reversed(versions) if tag in wanted), None)

    async def delta(self, feed: File, base: str) -> Delta | None:
        """
        Give what a reader of a version lacks; ``None``: it needs the whole.

        Args:
            feed: As it is now.
            base: From ``base``.
        """
        key = feed.tags[IDENTITY], base
        if key not in self._deltas:
            content, held = feed.bodies[IDENTITY], self._versions[feed.name][base]
            self._deltas[key] = await asyncio.to_thread(_write, content, held, base)
            while len(self._deltas) > self._kept:
                self._deltas.popitem(last=False)
        return self._deltas.get(key)


def _write(content: bytes, held: Entries, base: str) -> Delta | None:
    left = without(content, held)
    if left is None or len(left) >= len(content):
        return None
    return Delta(base=base, bodies=forms(left, is_text=True))


def _read(content: bytes) -> tuple[Any, list[Any]]:
    """Give a feed as a tree, and its entries in it."""
    try:
        if content[:1] == b"{":
            root = json.loads(content)
            return root, list(root.get("items", []))
        tree = etree.fromstring(content, _parser())
    except (ValueError, etree.XMLSyntaxError):
        return None, []
    return tree, [entry for tag in _ENTRY for entry in tree.iter(tag)]


def _parser() -> Any:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _digest(entry: Any) -> bytes:
    if isinstance(entry, dict):
        text = _as_json(entry)
    else:
        text = etree.tostring(entry, encoding="UTF-8", with_tail=False)
    return blake2b(text, digest_size=16).digest()


def _as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
