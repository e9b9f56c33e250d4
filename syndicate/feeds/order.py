"""
Posts in the order they stand in a feed, kept so as they come and go.

Newest first. Posts of one moment (many have a day and no time) go by when they were
first seen, then by identity, so that the order never depends on how a folder is read.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from operator import itemgetter

from syndicate.model import FiledPost

Ranked = tuple[datetime, datetime, str, str, FiledPost]
MOMENT = itemgetter(0)


def ranked(filed: FiledPost) -> Ranked:
    """Give a post with what decides its place: its path keeps even twins apart."""
    first_seen = filed.first_seen
    moment = filed.post.published or first_seen
    return moment, first_seen, filed.identity, filed.post.path, filed


class Order:
    """The posts of one feed, those to come among them. Changing it is cheap."""

    __slots__ = ("_posts",)

    def __init__(self) -> None:
        self._posts: list[Ranked] = []  # oldest first

    def __iter__(self) -> Iterator[FiledPost]:
        return (each[-1] for each in self._posts)

    def add(self, post: Ranked) -> None:
        """Put a post in its place; fastest where it is the newest."""
        if not self._posts or post[:-1] > self._posts[-1][:-1]:
            self._posts.append(post)
        else:
            insort(self._posts, post)

    def add_all(self, posts: Sequence[Ranked]) -> None:
        """Put posts in their places; they come oldest first."""
        if self._posts:
            for post in posts:
                self.add(post)
        else:
            self._posts.extend(posts)

    def remove(self, post: Ranked) -> None:
        """Take out a post that was added."""
        del self._posts[bisect_left(self._posts, post[:-1])]

    def newest(self, limit: int, *, now: datetime) -> tuple[FiledPost, ...]:
        """Give the newest posts whose time has come, newest first."""
        end = self._after(now)
        return tuple(each[-1] for each in self._posts[max(0, end - limit) : end][::-1])

    def between(self, start: datetime, end: datetime) -> tuple[FiledPost, ...]:
        """Give the posts later than ``start`` and not later than ``end``, newest first."""
        span = self._posts[self._after(start) : self._after(end)]
        return tuple(each[-1] for each in reversed(span))

    def next_after(self, now: datetime) -> datetime | None:
        """Say when the next post's time comes."""
        end = self._after(now)
        return self._posts[end][0] if end < len(self._posts) else None

    def _after(self, moment: datetime) -> int:
        return bisect_right(self._posts, moment, key=MOMENT)


def in_order(posts: Iterable[FiledPost]) -> list[Ranked]:
    """Rank posts, oldest first: in that order adding them is fastest."""
    return sorted(map(ranked, posts))
