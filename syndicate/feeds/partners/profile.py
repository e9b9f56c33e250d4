"""What a partner wants: how its feed is shaped, and by which rules it is judged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from syndicate.feeds.feed import Feed
from syndicate.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed, read back from the file as the partner will find it."""

    guid: str
    title: str
    link: str
    published: datetime | None  # None: missing, or no date
    description: str
    html: str  # content:encoded, or else the description
    language: str  # its own; empty: the feed's
    picture: str  # address; empty: none
    width: int | None  # of the picture, where it was measured
    height: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A feed, read back likewise."""

    address: str  # where the partner fetches it
    language: str
    description: str
    logo: str  # address; empty: none
    size_bytes: int
    items: Sequence[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a partner would not take, or not show."""

    code: str  # "PF001"; an anchor of docs/reference/problems.md
    words: Mapping[str, Word] = field(default_factory=dict)
    guid: str = ""  # of the item; empty: the feed as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing a partner demands. Pure: ``now`` is the time of the look."""

    of_item: Callable[[Item, Written, datetime], Iterator[Refusal]] | None = None
    of_feed: Callable[[Written], Iterator[Refusal]] | None = None


def as_it_is(root: Any, feed: Feed) -> None:
    """Leave the RSS as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A partner."""

    name: str  # "SmartNews"
    most: int  # entries in its feed
    rules: Sequence[Rule]
    shape: Callable[[Any, Feed], None] = as_it_is
    """Changes the tree of the RSS (lxml, ``<rss>``) to what the partner wants."""
    namespaces: Mapping[str, str] = field(default_factory=dict)  # that ``shape`` uses
