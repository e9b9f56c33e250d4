"""
Atom 1.0, with Media RSS.

Source: RFC 4287
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache, partial
from hashlib import sha256
from itertools import repeat

from syndicate.feeds.extension import MEDIA, tame
from syndicate.feeds.feed import KEPT, Feed, Format
from syndicate.feeds.generator import alone, begin_entry, join, start, texts
from syndicate.feeds.shown import shown
from syndicate.model import Entry

FILE = "atom.xml"
TYPE = "application/atom+xml"
NAMESPACES = {"media": MEDIA}
END = b"</feed>"


def write(feed: Feed) -> bytes:
    """Write a feed as Atom 1.0."""
    whole = start(feed, file=FILE, media_type=TYPE, namespaces=NAMESPACES)
    if feed.image:
        whole.logo(feed.image)
    return join(whole.atom_str(), written(feed), end=END)


def written(feed: Feed) -> list[bytes]:
    """Write the entries of a feed."""
    moments = list(told_apart(feed.entries))
    columns = feed.entries, repeat(feed.language), repeat(feed.root), moments
    return feed.earlier.written(FILE, _entry, columns)


def told_apart(entries: Sequence[Entry]) -> Iterator[datetime]:
    """
    Give the moment each entry was updated, no two the same.

    Many posts have a day and no time. What readers see counts in seconds, and the
    seconds stay; a fraction of one, drawn from its identity, tells an entry from others
    of its second (W3C: DuplicateUpdated). The first of them that came has none.
    """
    first = _first_of_second(entries)
    known: set[datetime] = set()
    for entry in entries:
        moment = entry.updated
        if first[moment] != entry.identity:
            fraction = int.from_bytes(sha256(entry.identity.encode()).digest()[:8])
            while (moment := _within(entry.updated, fraction)) in known:
                fraction += 1
        known.add(moment)
        yield moment


def _first_of_second(entries: Sequence[Entry]) -> dict[datetime, str]:
    """
    Give whom each second belongs to.

    When entries were published does not change. So a correction of one gives no other
    a new ``updated``, and nor does one that comes to stand above them.
    """
    first: dict[datetime, str] = {}
    for entry in reversed(entries):
        first.setdefault(entry.published, entry.identity)
    for entry in reversed(entries):
        first.setdefault(entry.updated, entry.identity)
    return first


def _within(second: datetime, fraction: int) -> datetime:
    return second.replace(microsecond=1 + fraction % 999_999)


@lru_cache(maxsize=KEPT)
def _entry(entry: Entry, language: str, root: str, updated: datetime) -> bytes:
    """Write one entry; ``language`` is the feed's."""
    made = begin_entry(entry, root)
    made.updated(updated)
    made.author([{"name": name} for name in entry.authors])
    made.own.links = made.link(_links(entry))
    if entry.language != language:
        made.own.language = entry.language
    made.own.parts = shown(entry)
    return alone(made.atom_entry(), NAMESPACES)


def _links(entry: Entry) -> list[dict[str, str]]:
    """Give the links of an entry (RFC 4287 section 4.2.7)."""
    links = [{"href": entry.link, "rel": "alternate", "type": "text/html"}]
    pictures = [entry.picture] if entry.picture else []
    for each in entry.enclosures or pictures:
        length = str(each.length) if each.length else ""
        enclosure = {"type": each.type or "", "length": length}
        known = {key: value for key, value in enclosure.items() if value}
        links.append({"href": each.url, "rel": "enclosure"} | known)
    if source := entry.source:
        is_named = source.title and source.title != source.url
        title = {"title": tame(source.title)} if is_named else {}
        links.append({"href": source.url, "rel": "via"} | title)
    return links


FORMAT = Format(
    name="Atom 1.0",
    file=FILE,
    media_type=TYPE,
    write=write,
    identities=partial(texts, path="{*}entry/{*}id"),
    is_archived=True,
)
