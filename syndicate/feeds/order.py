"""
Posts in the order they stand in a feed, kept so as they come and go.

Newest first. Posts of one moment (many have a day and no time) go by when they were
first seen, then by identity, so that the order never depends on how a folder is read.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import attrgetter

from syndicate.model import FiledPost

Rank = tuple[datetime, datetime, str, str]
Ranked = tuple[datetime, datetime, str, str, FiledPost]
MOMENT = attrgetter("published")


def ranked(filed: FiledPost) -> Ranked:
    """Give a post with what decides its place: its path keeps even twins apart."""
    return *_rank(filed), filed


def _rank(filed: FiledPost) -> Rank:
    post, first_seen = filed.post, filed.first_seen
    return post.published or first_seen, first_seen, filed.identity, post.path


class Order:
    """
    The posts of one feed, those to come among them. Changing it is cheap.

    Without their ranks, which are worked out again for the few that are looked at: of a
    hundred thousand posts they weighed 8 MB.
    """

    __slots__ = ("_posts",)

    def __init__(self) -> None:
        self._posts: list[FiledPost] = []  # oldest first

    def __iter__(self) -> Iterator[FiledPost]:
        return iter(self._posts)

    def add(self, post: Ranked) -> None:
        """Put a post in its place; fastest where it is the newest."""
        if not self._posts or post[:-1] > _rank(self._posts[-1]):
            self._posts.append(post[-1])
        else:
            self._posts.insert(self._place(post), post[-1])

    def add_all(self, posts: Sequence[Ranked]) -> None:
        """Put posts in their places; they come oldest first."""
        if self._posts:
            for post in posts:
                self.add(post)
        else:
            self._posts.extend(post[-1] for post in posts)

    def remove(self, post: Ranked) -> None:
        """Take out a post that was added."""
        del self._posts[self._place(post)]

    def newest(self, limit: int, *, now: datetime) -> tuple[FiledPost, ...]:
        """Give the newest posts whose time has come, newest first."""
        end = self._after(now)
        return tuple(self._posts[max(0, end - limit) : end][::-1])

    def between(self, start: datetime, end: datetime) -> tuple[FiledPost, ...]:
        """Give the posts later than ``start`` and not later than ``end``, newest first."""
        return tuple(self._posts[self._after(start) : self._after(end)][::-1])

    def next_after(self, now: datetime) -> datetime | None:
        """Say when the next post's time comes."""
        end = self._after(now)
        return self._posts[end].published if end < len(self._posts) else None

    def _place(self, post: Ranked) -> int:
        return bisect_left(self._posts, post[:-1], key=_rank)

    def _after(self, moment: datetime) -> int:
        return bisect_right(self._posts, moment, key=MOMENT)


def in_order(posts: Iterable[FiledPost]) -> list[Ranked]:
    """Rank posts, oldest first: in that order adding them is fastest."""
    return sorted(map(ranked, posts))
