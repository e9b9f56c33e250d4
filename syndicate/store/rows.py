"""
What is kept of posts, as it is handed to the store and comes back. Times are UTC.

Values alone: a first build, which takes SQLAlchemy's import for most of what it does, knows
no more of the store (``founding``).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from syndicate.model import Post
from syndicate.posts.record import to_record


# No dataclass: a hundred thousand are made at each start, in a fifth of the time.
class PostRow(NamedTuple):
    """A row of ``posts``; ``id`` is ``None`` until it was saved."""

    id: int | None
    path: str  # below the posts folder, with "/"
    identity: str  # a tag: URI, minted once
    first_seen: datetime
    gone_at: datetime | None  # when its file vanished
    content_hash: bytes  # kept in hexadecimal, as is the next
    body_hash: bytes
    link: str
    title: str
    published: datetime | None
    updated: datetime | None
    baseline: bool  # there before the first run
    considered: bool  # the alert rules have looked at it
    marked: bool  # an explicit alert mark was on it when last seen
    stat: object  # opaque here; its text is kept
    record: Post | str  # kept as ``to_record`` writes it; empty: it was never read
    reader: str  # fingerprint of what wrote ``record``


NAMES = PostRow._fields
SAVED = NAMES[1:]
WHEN = ("first_seen", "gone_at", "published", "updated")
TIMES = [NAMES.index(name) for name in WHEN]
FLAGS = [NAMES.index(name) for name in ("baseline", "considered", "marked")]
HASHES = [NAMES.index(name) for name in ("content_hash", "body_hash")]
PATH, TITLE, STAT, RECORD = map(NAMES.index, ("path", "title", "stat", "record"))

AT_ONCE = 1000
"""Rows handed over together: a hundred thousand at once would fill the memory."""


def in_parts(rows: Iterable[PostRow]) -> Iterator[list[PostRow]]:
    """
    Give rows a thousand at a time.

    Raises:
        ValueError: Two of them share an identity.
    """
    rest, seen = iter(rows), set[str]()
    while part := list(islice(rest, AT_ONCE)):
        for row in part:
            if row.identity in seen:
                raise ValueError(f"two posts share the identity {row.identity}")
            seen.add(row.identity)
        yield part


def kept(row: PostRow) -> list[Any]:
    """Give the values of ``SAVED`` as both engines keep them; times are left as they are."""
    values: list[Any] = [*row]
    values[PATH] = _copied(row.path)
    values[TITLE] = _copied(row.title)
    for place in HASHES:
        values[place] = values[place].hex()
    values[STAT] = str(row.stat)
    if not isinstance(row.record, str):
        values[RECORD] = to_record(row.record)
    return values[1:]


def _copied(text: str) -> str:
    """
    Give the driver a text of its own.

    It leaves the UTF-8 of all but ASCII in what it was given, and a title in Hangul, kept
    for as long as its post is, weighed twice as much.
    """
    return text if text.isascii() else text[:1] + text[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRow:
    """A row of ``texts``."""

    identity: str
    digest: str
    changed_at: datetime | None


Texts = dict[str, dict[str, datetime | None]]
"""Identity to digest to when that text counts as updated; ``None``: as published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """A row of ``switches``."""

    name: str
    is_on: bool
    changed_at: datetime
    who: str
    reason: str

    @property
    def channel(self) -> str | None:
        """The channel a pause stops; ``None``: all of them."""
        return self.name.partition(":")[2] or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A row of ``withdrawals``."""

    identity: str  # the post's
    withdrawn_at: datetime
    reason: str  # readers may see it; may be empty
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """A row of ``corrections``."""

    alert_id: int  # the alert that put it right
    identity: str  # the post's
    corrected_at: datetime
    note: str  # plain text, what readers are told
