"""
When a post counts as updated.

    the author says a time             that time
    the text was never changed         when it was published
    it was changed, announced          when the new text was first seen
    it was changed silently            as before

Text is the title and the body as the author wrote them. A touched file, another tag or
date, another renderer change neither. A text that was there before (a folder checked
out at an older state, and back) is as old as it was: each has its time for good.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from syndicate.model import Post

MARKS = {"silent": True, "announced": False}


def digest(title: str, body_hash: bytes) -> str:
    """Name a text. Hexadecimal, 64 digits."""
    return hashlib.sha256(f"{title}\0{body_hash.hex()}".encode()).hexdigest()


def is_silent(post: Post, *, usual: bool) -> bool:
    """
    Tell whether a change of a post's text is to pass without notice.

    Args:
        post: With its front matter: ``correction: silent`` or ``announced`` decides.
        usual: What holds for a post that does not say.
    """
    return MARKS.get(str(post.fields.get("correction", "")).strip().lower(), usual)


def changed_at(
    known: Mapping[str, datetime | None],
    before: datetime | None,
    *,
    text: str,
    now: datetime,
    silent: bool,
) -> datetime | None:
    """
    Say since when a text that differs from the one before counts as updated.

    Args:
        known: The digest of each text the post has had, and its time.
        before: The time of the text before.
        text: The digest of the text as it is now.
        now: When it was seen.
        silent: Whether the change is to pass without notice.
    """
    if text in known:
        return known[text]
    return before if silent else now
