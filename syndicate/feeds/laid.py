"""Feeds that lie ready: written aside, and not shown yet."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from operator import is_

from syndicate.feeds.earlier import Layout
from syndicate.feeds.edition import Edition
from syndicate.feeds.feed import Pages
from syndicate.feeds.topics import Selection
from syndicate.model import Entry, FiledPost

Entries = Callable[[Sequence[FiledPost]], Sequence[Entry]]
"""Gives the entries of posts, in their order, without those that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Feeds written aside, to be shown together."""

    edition: Edition
    pages: Pages
    feeds: dict[Selection, Sequence[Entry]] = field(default_factory=dict)
    """What was written in each."""
    layouts: dict[str, Mapping[str, Layout]] = field(default_factory=dict)
    """Where that stands in the files, by the folder of the feed."""

    @property
    def whole(self) -> list[Selection]:
        """Those that lack no entry."""
        return [
            each for each, found in self.feeds.items() if len(found) == len(each.posts)
        ]

    def says(self, feeds: Collection[Selection], entries: Entries) -> bool:
        """Tell whether these feeds were written, no others, and of these very entries."""
        return self.feeds.keys() == set(feeds) and all(
            len(found) == len(wanted := entries(each.posts))
            and all(map(is_, found, wanted))
            for each, found in self.feeds.items()
        )
