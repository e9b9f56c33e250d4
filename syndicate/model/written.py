"""
What is written and read.

    post -> filed post -> entry      and what stands in one: pictures, recordings, a source
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that stands for a post. What was not measured is ``None``."""

    url: str  # absolute, percent-encoded
    alt: str = ""
    credit: str = ""  # who made it
    type: str | None = None  # "image/jpeg"
    length: int | None = None  # bytes
    width: int | None = None  # pixels
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What the bytes of a picture say about it."""

    type: str  # "image/jpeg"
    length: int | None = None  # bytes
    width: int | None = None  # pixels, as it is shown
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a story was first told (``출처``)."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A recording that belongs to a post. What nobody knows is ``None``."""

    url: str  # absolute, percent-encoded
    type: str | None = None  # "audio/mpeg"
    length: int | None = None  # bytes
    duration: int | None = None  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is heard or seen."""

    name: str
    role: str = ""  # of the Podcast Taxonomy: "host", "guest"
    url: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """What is said in a recording."""

    url: str
    type: str  # "text/vtt"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """What players show of a recording."""

    number: int | None = None
    season: int | None = None
    kind: str = ""  # "full", "trailer" or "bonus"
    is_explicit: bool | None = None
    image: str = ""
    chapters: str = ""  # address of a file
    transcripts: Sequence[Transcript] = ()
    persons: Sequence[Person] = ()


class Post(Struct, frozen=True, kw_only=True):
    """What one file says, checked. Its body stays in the file until an entry needs it."""

    path: str  # below the posts folder, with "/"
    title: str
    link: str  # absolute permalink, percent-encoded
    published: datetime | None  # UTC; None: the day it was first seen
    updated: datetime | None = None  # UTC; only where the author says so
    expires: datetime | None = None  # UTC; from when on it stands in no feed
    authors: Sequence[str] = ()
    categories: Sequence[str] = ()
    tags: Sequence[str] = ()
    language: str = ""  # BCP 47; empty: the site's
    guid: str = ""  # an identity the author chose
    fields: Mapping[str, object] = {}  # front matter: text, lists, mappings
    content_hash: bytes = (
        b""  # names the bytes of the file; text would weigh twice that
    )
    body_hash: bytes = b""  # of the body alone: survives a change of date or category


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """What readers are told of a post that was put right."""

    at: datetime  # UTC
    text: str  # plain


class FiledPost(Struct, frozen=True, kw_only=True):
    """A post and what the store remembers of it."""

    post: Post
    identity: str  # a tag: URI (RFC 4151), minted once
    first_seen: datetime  # UTC
    changed: datetime | None = None  # UTC; since when its text counts as corrected
    errata: Sequence[Erratum] = ()  # oldest first

    @property
    def published(self) -> datetime:
        """The author's date, or else the day it was first seen."""
        return self.post.published or self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Entry:
    """A post as it stands in a feed (RFC 4287 section 4.1.2)."""

    identity: str  # a tag: URI
    title: str  # plain text
    link: str
    published: datetime  # UTC
    updated: datetime  # UTC, never before published
    excerpt: str  # plain text, one paragraph
    html: str  # sanitised, every address absolute
    authors: Sequence[str] = ()
    categories: Sequence[str] = ()
    tags: Sequence[str] = ()
    language: str = ""
    picture: Picture | None = None
    source: Source | None = None
    enclosures: Sequence[Enclosure] = ()
    episode: Episode | None = None
