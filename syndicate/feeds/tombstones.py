"""
A feed for partners that keep copies: the entries, and which of them are no more.

Each post that was withdrawn or deleted has a tombstone there, so that whoever took it
over can take it down. Readers' own feeds have none: validators warn of what they do not
know. Source: RFC 6721.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.feeds import atom
from syndicate.feeds.clean import clean
from syndicate.feeds.extension import Part
from syndicate.feeds.feed import Feed
from syndicate.feeds.generator import join, start

FILE = "tombstones.xml"
AT = "{http://purl.org/atompub/tombstones/1.0}"
LIMIT = 100
"""Most tombstones, the newest. A partner that polls once a month has seen the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A post that is no more."""

    identity: str
    link: str
    when: datetime  # UTC
    reason: str = ""  # empty: its file was deleted


def write_tombstones(feed: Feed, stones: Sequence[Tombstone]) -> bytes:
    """
    Write the feed as Atom, with the newest tombstones before its entries.

    Args:
        feed: The site's.
        stones: In any order.
    """
    newest = sorted(stones, key=lambda each: (each.when, each.identity))[-LIMIT:][::-1]
    namespaces = atom.NAMESPACES | {"at": AT}
    whole = start(feed, file=FILE, media_type=atom.TYPE, namespaces=namespaces)
    moments = [feed.updated, *(_second(each.when) for each in newest)]
    whole.updated(max(moments))
    whole.own.parts = list(map(_part, newest))
    return join(whole.atom_str(), atom.written(feed), end=atom.END)


def _part(stone: Tombstone) -> Part:
    about = {"ref": stone.identity, "when": _second(stone.when).isoformat()}
    parts = [Part("link", attributes={"href": clean(stone.link), "rel": "alternate"})]
    if reason := clean(stone.reason).strip():
        parts.append(Part(f"{AT}comment", reason))
    return Part(f"{AT}deleted-entry", attributes=about, parts=parts)


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
