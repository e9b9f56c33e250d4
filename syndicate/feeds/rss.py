"""
RSS 2.0, with Atom links, Dublin Core and Media RSS.

Source: rssboard.org/rss-specification and its best practices, rssboard.org/rss-profile
"""

from functools import lru_cache, partial
from html import escape
from itertools import repeat
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from syndicate.feeds.extension import ATOM, CONTENT, DC, MEDIA, Part, tame
from syndicate.feeds.feed import KEPT, Feed, Format
from syndicate.feeds.generator import (
    alone,
    begin_entry,
    hubs,
    join,
    pages,
    start,
    texts,
)
from syndicate.feeds.podcast import NAMESPACES as PODCAST
from syndicate.feeds.podcast import (
    enclosure_of,
    entry_parts,
    feed_parts,
    is_podcast,
)
from syndicate.feeds.shown import shown
from syndicate.model import Entry

FILE = "rss.xml"
TYPE = "application/rss+xml"
NAMESPACES = {"dc": DC, "media": MEDIA}
PREFIXES = NAMESPACES | PODCAST | {"atom": ATOM, "content": CONTENT}
LOGOS = {".gif", ".jpeg", ".jpg", ".png"}  # all that ``<image>`` may be
END = b"</channel>"


def write(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0."""
    spoken = is_podcast(feed)
    names = NAMESPACES | PODCAST if spoken else NAMESPACES
    root = start(feed, file=FILE, media_type=TYPE, namespaces=names)
    root.own.links = [*hubs(feed), *pages(feed, FILE)]
    if spoken:
        root.own.parts = [*root.own.parts, *feed_parts(feed, FILE)]
    root.description(tame(feed.description))
    if feed.image and PurePosixPath(urlsplit(feed.image).path).suffix.lower() in LOGOS:
        root.image(feed.image, title=feed.title, link=feed.link)
    columns = feed.entries, repeat(feed.language), repeat(feed.root)
    items = feed.earlier.written(FILE, _item, columns)
    return join(root.rss_str(), items, end=END)


@lru_cache(maxsize=KEPT)
def _item(entry: Entry, language: str, root: str) -> bytes:
    """Write one item; ``language`` is the feed's."""
    item = begin_entry(entry, root)
    item.link(href=entry.link)
    # Readers show it as HTML (RSS Profile, "description"); a plain "<" would vanish.
    item.description(escape(entry.excerpt, quote=False))
    # There is room for one: a picture's only where there is nothing to hear or see.
    chosen = enclosure_of(entry) if entry.enclosures else entry.picture
    if chosen and chosen.type and chosen.length:
        item.enclosure(chosen.url, str(chosen.length), chosen.type)
    item.own.parts = _parts(entry, language)
    return alone(item.rss_entry(), PREFIXES)


def _parts(entry: Entry, language: str) -> list[Part]:
    """
    Give what plain RSS has no element for.

    ``<author>`` wants an e-mail address and ``<source>`` the address of a feed, so the
    names of the authors and the page a story came from are said in Dublin Core.
    """
    parts = [Part(f"{DC}creator", name) for name in entry.authors]
    if entry.updated != entry.published:
        parts.append(Part(f"{ATOM}updated", entry.updated.isoformat()))
    if entry.language and entry.language != language:
        parts.append(Part(f"{DC}language", entry.language))
    if entry.source:
        parts.append(Part(f"{DC}source", entry.source.url))
    return [*parts, *shown(entry), *entry_parts(entry)]


FORMAT = Format(
    name="RSS 2.0",
    file=FILE,
    media_type=TYPE,
    write=write,
    identities=partial(texts, path="channel/item/guid"),
    is_archived=True,
)
