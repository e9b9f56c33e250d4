"""
The forms of a content: as it is, and compressed once for all who will ask.

Source: RFC 9110 section 8.4, RFC 7932 (brotli)
"""

import gzip
from collections.abc import Callable, Mapping
from hashlib import sha256

from syndicate.web.conditional import IDENTITY


def _brotli(content: bytes) -> bytes:
    import brotli  # noqa: PLC0415 - commands that serve nothing do without

    # Quality 6 costs about what gzip does; 11 would cost fifty times as much.
    packed: bytes = brotli.compress(content, quality=6)
    return packed


CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
    "br": _brotli,
}
"""What text is compressed with; of those a reader likes the same, the last wins."""


def forms(content: bytes, *, is_text: bool) -> Mapping[str, bytes]:
    """Give coding to content, the best for a reader first; only what gets smaller."""
    found = {IDENTITY: content}
    if is_text:
        for coding, compress in CODINGS.items():
            if len(packed := compress(content)) < len(content):
                found = {coding: packed} | found
    return found


def tags(bodies: Mapping[str, bytes]) -> Mapping[str, str]:
    """Give each form its strong entity tag, in the same order (RFC 9110 section 8.8.3)."""
    digest = sha256(bodies[IDENTITY]).hexdigest()[:32]
    return {
        coding: f'"{digest}"' if coding == IDENTITY else f'"{digest}-{coding}"'
        for coding in bodies
    }
