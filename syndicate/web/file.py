"""One version of a file, ready to be served."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from syndicate.web.asgi import Reply
from syndicate.web.disk import Version

Entries = frozenset[bytes]
"""Digests of the entries of a feed, as they stand there."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class File:
    """One version of a file."""

    name: str  # relative to the folder, with "/"
    place: str  # on the disk
    version: Version
    modified: float  # seconds since 1970
    bodies: Mapping[str, bytes]  # coding to content; the best for a reader first
    tags: Mapping[str, str]  # coding to strong entity tag, in the same order
    is_feed: bool
    entries: Entries  # of a feed
    replies: dict[tuple[str, int], Reply] = field(default_factory=dict)
    """Answers as they were given: coding and status."""

    @property
    def size(self) -> int:
        """Bytes it takes up."""
        return sum(len(body) for body in self.bodies.values())
