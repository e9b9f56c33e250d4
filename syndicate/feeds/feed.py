"""
A feed, and what a format is.

    entries -> Feed -> Format.write -> bytes of one file

A format is a module of this package with a ``FORMAT``; ``formats`` finds it. Nothing
here imports a library: the formats do, and they are imported at the first build.
"""

import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from syndicate.config import Config
from syndicate.feeds.clean import clean
from syndicate.feeds.earlier import Earlier
from syndicate.feeds.topic import Topic
from syndicate.model import Entry
from syndicate.posts.plain import bare

KEPT = 512
"""Entries a format remembers as written: from one build to the next, few change."""

EMPTY = datetime(2000, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated: always then, so that its bytes stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where a feed stands in the archive (RFC 5005). Numbers begin with 1; 0: none."""

    previous: int = 0  # the document before, which is closed
    following: int = 0  # the document after
    number: int = 0  # its own; 0: it is what readers subscribe to
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """What directories of podcasts are told, if the feed has recordings."""

    category: str = "News"  # one of Apple's
    email: str = ""
    image: str | None = None
    is_explicit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An ordered list of entries at one address. All text is clean."""

    title: str
    description: str
    link: str  # the page it stands for
    url: str  # where its files are, with the closing slash
    root: str  # where all feeds are, with the closing slash
    language: str  # BCP 47
    author: str
    entries: Sequence[Entry]  # newest first, each from ``clean_entry``
    image: str | None = None
    hubs: Sequence[str] = ()
    pages: Pages = Pages()
    podcast: Podcast = Podcast()
    earlier: Earlier = field(default_factory=Earlier, compare=False, repr=False)
    """Its files as they were written before; its owner says which."""

    @property
    def updated(self) -> datetime:
        """When the entry changed last was; never the time of the build."""
        return max((entry.updated for entry in self.entries), default=EMPTY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a feed."""

    name: str  # "RSS 2.0"
    file: str  # "rss.xml"; tells the web server the media type, too
    media_type: str  # "application/rss+xml"
    write: Callable[[Feed], bytes]  # the same feed gives the same bytes
    identities: Callable[[bytes], list[str]] | None = None
    """Reads back whose entries a file holds, in order; ``ValueError`` if it is broken."""
    is_archived: bool = False  # whether it knows RFC 5005


@cache
def formats() -> tuple[Format, ...]:
    """Give every format of this package, by file name."""
    names = (
        module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])
    )
    modules = [import_module(f"syndicate.feeds.{name}") for name in names]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return tuple(sorted(found, key=lambda each: each.file))


def site_feed(entries: Sequence[Entry], config: Config) -> Feed:
    """
    Make the feed of the whole site.

    Args:
        entries: Clean, in the order they shall stand in.
        config: Says who publishes.
    """
    site = config.site
    title = clean(site.name).strip() or site.host
    return Feed(
        title=title,
        description=clean(bare(site.description)).strip() or title,
        link=f"{site.url}/",
        url=config.feeds_url,
        root=config.feeds_url,
        language=site.language,
        author=clean(site.author).strip() or title,
        entries=entries,
        image=_image(clean(site.image).strip(), f"{site.url}/"),
        hubs=config.feeds.hubs,
        podcast=_podcast(config),
    )


def topic_feed(whole: Feed, topic: Topic, entries: Sequence[Entry]) -> Feed:
    """
    Make the feed of one topic.

    Args:
        whole: The site's: it lends everything but title, address and entries.
        topic: What the entries have in common. A language is the feed's own, too.
        entries: Clean, in the order they shall stand in.
    """
    title = topic.title(whole.title, whole.language)
    return replace(
        whole,
        title=title,
        description=title,
        url=whole.root + topic.address,
        language=topic.name if topic.by == "language" else whole.language,
        entries=entries,
        pages=Pages(),
    )


def terms(entry: Entry) -> list[tuple[str, str]]:
    """
    Give what an entry is filed under: ``("category", …)`` then ``("tag", …)``.

    A tag that repeats a category, in capitals or not, is left out.
    """
    known = {name.casefold() for name in entry.categories}
    tags = [name for name in entry.tags if name.casefold() not in known]
    return [("category", name) for name in entry.categories] + [
        ("tag", name) for name in tags
    ]


def _podcast(config: Config) -> Podcast:
    said = config.feeds.podcast
    return Podcast(
        category=clean(said.category),
        email=clean(said.email).strip(),
        image=_image(clean(said.image).strip(), f"{config.site.url}/"),
        is_explicit=said.explicit,
    )


def _image(image: str, home: str) -> str | None:
    """Complete a path; ``home`` may end in a folder, which the path is then below."""
    if not image:
        return None
    ours = not urlsplit(image).netloc
    whole = urljoin(home, image.lstrip("/") if ours else image)
    return quote(whole, safe="%/:?#[]@!$&'()*+,;=~")
