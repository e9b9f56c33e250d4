"""
Which posts stand in a feed, and in which order.

Newest first. Posts of one moment (many have a day and no time) go by when they were
first seen, then by identity, so that the order never depends on how a folder is read.
"""

import heapq
from collections.abc import Iterable
from datetime import datetime

from syndicate.model import FiledPost


def select(posts: Iterable[FiledPost], *, now: datetime, limit: int) -> list[FiledPost]:
    """
    Choose the posts of a feed.

    Args:
        posts: In any order; each identity once.
        now: Posts dated later than this wait for their time.
        limit: Most posts in the result.

    Returns:
        At most ``limit`` posts, newest first; none when every post is still to come.
    """
    known = list(posts)
    due = [
        (when, filed.first_seen, filed.identity, place)
        for place, filed in enumerate(known)
        if (when := filed.post.published or filed.first_seen) <= now
    ]
    return [known[place] for *_, place in heapq.nlargest(limit, due)]
