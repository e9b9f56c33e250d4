"""
RSS 2.0, with Atom links, Dublin Core and Media RSS.

Source: rssboard.org/rss-specification and its best practices, rssboard.org/rss-profile
"""

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from syndicate.feeds.extension import ATOM, DC, MEDIA, Part
from syndicate.feeds.feed import Feed, Format
from syndicate.feeds.generator import add_entry, hubs, media, start
from syndicate.model import Entry

FILE = "rss.xml"
TYPE = "application/rss+xml"
LOGOS = {".gif", ".jpeg", ".jpg", ".png"}  # all that ``<image>`` may be


def write(feed: Feed) -> bytes:
    """
    Write a feed as RSS 2.0.

    Raises:
        ValueError: A date of an entry has no zone.
    """
    namespaces = {"dc": DC, "media": MEDIA}
    root = start(feed, file=FILE, media_type=TYPE, namespaces=namespaces)
    root.own.links = hubs(feed)
    if feed.image and PurePosixPath(urlsplit(feed.image).path).suffix.lower() in LOGOS:
        root.image(feed.image, title=feed.title, link=feed.link)
    for entry in feed.entries:
        _add_item(root, entry, feed)
    written: bytes = root.rss_str()
    return written


def _add_item(root: Any, entry: Entry, feed: Feed) -> None:
    item = add_entry(root, entry, feed)
    item.link(href=entry.link)
    if (picture := entry.picture) and picture.type and picture.length:
        item.enclosure(picture.url, str(picture.length), picture.type)
    item.own.parts = _parts(entry, feed)


def _parts(entry: Entry, feed: Feed) -> list[Part]:
    """
    Give what plain RSS has no element for.

    ``<author>`` wants an e-mail address and ``<source>`` the address of a feed, so the
    names of the authors and the page a story came from are said in Dublin Core.
    """
    parts = [Part(f"{DC}creator", name) for name in entry.authors]
    if entry.updated != entry.published:
        parts.append(Part(f"{ATOM}updated", entry.updated.isoformat()))
    if entry.language and entry.language != feed.language:
        parts.append(Part(f"{DC}language", entry.language))
    if entry.source:
        parts.append(Part(f"{DC}source", entry.source.url))
    if entry.picture:
        parts.append(media(entry.picture))
    return parts


FORMAT = Format(name="RSS 2.0", file=FILE, media_type=TYPE, write=write)
