"""
The archive: every post ever published, in documents that stay as they are (RFC 5005).

    subscription ─prev-archive─> 3 ─prev-archive─> 2 ─prev-archive─> 1
                                 3 ─next-archive─> 4, which is open

A document is closed once and for all: whose entries it holds is kept, so no post that
comes moves another. One is always open behind the newest closed, where its
``next-archive`` leads; nothing else leads there. What is in it stands in the
subscription as well.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

from syndicate.config import Config
from syndicate.feeds.feed import Feed, Pages, site_feed
from syndicate.feeds.order import in_order
from syndicate.model import Entry, FiledPost

FOLDER = "archive/"

LARGEST = 100
"""Most entries of a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of the archive: its number, from 1, and its posts, newest first."""

    number: int
    posts: Sequence[FiledPost]
    is_closed: bool

    @property
    def folder(self) -> str:
        """Where its files are, below the folder of feeds."""
        return f"{FOLDER}{self.number}/"

    def feed(self, entries: Sequence[Entry], config: Config) -> Feed:
        """Make its feed of clean entries: the site's, at an address of its own."""
        whole = site_feed(entries, config)
        pages = Pages(
            previous=self.number - 1,
            following=self.number + 1 if self.is_closed else 0,
            number=self.number,
            is_closed=self.is_closed,
        )
        return replace(whole, url=whole.root + self.folder, pages=pages)


def close(
    posts: Sequence[FiledPost], *, subscribed: Container[str], size: int
) -> list[list[FiledPost]]:
    """
    Say which documents are full.

    Args:
        posts: Published and in no closed document, in any order.
        subscribed: The identities in the subscription.
        size: Posts of a document; the subscription must hold as many.

    Returns:
        The posts of each document to be closed, oldest first. Where all posts but the
        newest ``size`` of them are taken and one that is left does not stand in the
        subscription (it came with an old date), all are taken: a reader finds each post
        in the subscription or in a closed document.
    """
    left = [each[-1] for each in in_order(posts)]
    full = []
    while len(left) > size:
        full.append(left[:size])
        left = left[size:]
    if any(post.identity not in subscribed for post in left):
        full.append(left)
    return full


def document(number: int, posts: Iterable[FiledPost], *, is_closed: bool) -> Document:
    """Make a document of posts in any order."""
    newest_first = [each[-1] for each in reversed(in_order(posts))]
    return Document(number=number, posts=newest_first, is_closed=is_closed)
