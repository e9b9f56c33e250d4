"""
Atom 1.0, with Media RSS.

Source: RFC 4287
"""

from typing import Any

from syndicate.feeds.extension import MEDIA
from syndicate.feeds.feed import Feed, Format
from syndicate.feeds.generator import add_entry, media, start
from syndicate.model import Entry

FILE = "atom.xml"
TYPE = "application/atom+xml"


def write(feed: Feed) -> bytes:
    """
    Write a feed as Atom 1.0.

    Raises:
        ValueError: A date of an entry has no zone.
    """
    root = start(feed, file=FILE, media_type=TYPE, namespaces={"media": MEDIA})
    if feed.image:
        root.logo(feed.image)
    for entry in feed.entries:
        _add_entry(root, entry, feed)
    written: bytes = root.atom_str()
    return written


def _add_entry(root: Any, entry: Entry, feed: Feed) -> None:
    made = add_entry(root, entry, feed)
    made.author([{"name": name} for name in entry.authors])
    made.own.links = made.link(_links(entry))
    if entry.language != feed.language:
        made.own.language = entry.language
    if entry.picture:
        made.own.parts = [media(entry.picture)]


def _links(entry: Entry) -> list[dict[str, str]]:
    """Give the links of an entry (RFC 4287 section 4.2.7)."""
    links = [{"href": entry.link, "rel": "alternate", "type": "text/html"}]
    if picture := entry.picture:
        length = str(picture.length) if picture.length else ""
        enclosure = {"type": picture.type or "", "length": length}
        known = {key: value for key, value in enclosure.items() if value}
        links.append({"href": picture.url, "rel": "enclosure"} | known)
    if source := entry.source:
        title = {"title": source.title} if source.title else {}
        links.append({"href": source.url, "rel": "via"} | title)
    return links


FORMAT = Format(name="Atom 1.0", file=FILE, media_type=TYPE, write=write)
