"""
Who a post is, whatever its file is called today.

A post's identity is a ``tag:`` URI (RFC 4151), minted once and kept in the store over
rename, move, edit and change of date or category. Readers tell entries apart by it, so
a changed identity is a duplicate on every screen.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from syndicate.model import Post
from syndicate.posts.late import late

Sign = str | bytes | tuple[str, str | bytes]

URI = late(
    r"""
    (?! https?: (?! //[^/?#\s] )
      | urn: (?! [a-z0-9][a-z0-9-]+:\S )
      | urn:uuid: (?! [0-9a-f]{8} - (?: [0-9a-f]{4} - ){3} [0-9a-f]{12} $ )
      | tag: (?! (?-i: (?<=tag:) (?: [a-z0-9._-]+@ )? [a-z0-9.-]+
                 , \d{4} (?: -\d\d ){0,2} : [^\s#]* (?: \#[^\s#]* )? $ ) )
    )
    [a-z][a-z0-9+.-]+:\S+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""
An address of the web has a host, a ``urn:`` a namespace (RFC 8141) and, if that is
``uuid``, a UUID (RFC 9562), a ``tag:`` an authority in small letters and a date (RFC 4151).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is remembered of a post, enough to know it again."""

    identity: str
    path: str  # where it was last seen
    title: str
    left: bool  # its file has gone just now
    content_hash: bytes
    body_hash: bytes


def recognise(posts: Collection[Post], known: Iterable[Trace]) -> dict[str, str]:
    """
    Tell which of the posts just read are known ones.

    In this order, each identity given once: an identity the author wrote down (of two
    posts that say the same, to the one that had it), the same bytes, the same path, the
    same body under the same title; and where a file has gone just now, its body, its
    name in another folder, or its title: a post moved and edited at once. A body alone
    tells no more than that: many a breaking story begins with the words of the last one,
    and must not be taken for an edit of it.

    Args:
        posts: New and changed files, and no others.
        known: Posts ever seen whose file is gone or has changed. A post whose file
            lies where it lay has not moved, so a copy of it is a new post.

    Returns:
        Path to identity. Paths that are missing are new posts.
    """
    found: dict[str, str] = {}
    if not (free := list(known)):
        return found
    twins = any(post.guid for post in posts)
    for mark, remembered in [*(_STAYED if twins else ()), *_SIGNS]:
        index = {
            remembered(trace): trace.identity for trace in free if remembered(trace)
        }
        taken = set(found.values())
        for post in posts:
            identity = index.get(mark(post), "")
            if post.path not in found and identity and identity not in taken:
                found[post.path] = identity
                taken.add(identity)
    return found


def _words(one: Post | Trace) -> Sign:
    return (one.title, one.body_hash) if one.body_hash else ""


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def mint(post: Post, *, host: str, first_seen: datetime, taken: Container[str]) -> str:
    """
    Make the identity of a new post.

    The same file gives the same identity, so a lost database does not show readers
    every post again.

    Args:
        post: The author's own ``guid`` wins, unless another post has it; else it is
            made from the path.
        host: The site's, as the authority of the tag.
        first_seen: Dates a post that has no date.
        taken: Identities that are in use.
    """
    identity = chosen(post)
    if not identity or identity in taken:
        day = (post.published or first_seen).date().isoformat()
        digest = hashlib.sha256(post.path.encode("utf-8", "surrogateescape"))
        identity = f"tag:{host},{day}:{digest.hexdigest()[:20]}"
    number, free = 1, identity
    while free in taken:
        number += 1
        free = f"{identity}-{number}"
    return free


def chosen(post: Post) -> str:
    """Give the identity the author wrote down, if it is a URI; else nothing."""
    guid = post.guid
    is_one = guid and URI.fullmatch(guid)
    return quote(guid, safe=":/?#@!$&'()*+,;=%~") if is_one else ""


_Sign = tuple[Callable[[Post], Sign], Callable[[Trace], Sign]]
"""What a post shows, and what is remembered."""

_STAYED: Sequence[_Sign] = [
    (lambda post: (post.path, post.content_hash), lambda t: (t.path, t.content_hash)),
    (lambda post: (post.path, chosen(post)), lambda t: (t.path, t.identity)),
]
"""Of posts that stayed where they were; where authors wrote identities, twice perhaps."""

_SIGNS: Sequence[_Sign] = [
    (chosen, lambda trace: trace.identity),
    (lambda post: post.content_hash, lambda trace: trace.content_hash),
    (lambda post: post.path, lambda trace: trace.path),
    (_words, _words),
    (lambda post: post.body_hash, lambda t: t.body_hash if t.left else b""),
    (lambda post: _name(post.path), lambda t: _name(t.path) if t.left else ""),
    (lambda post: post.title, lambda trace: trace.title if trace.left else ""),
]
"""The surest first."""
