"""Notices that the text of a known post has changed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from syndicate.model import Post
from syndicate.posts.corrections import changed_at, digest
from syndicate.store.rows import PostRow, TextRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How the text of a post stands."""

    changed: datetime | None = None  # since when it counts as updated
    rows: tuple[TextRow, ...] = ()  # texts to remember


def correct(
    before: PostRow | None,
    post: Post,
    known: Mapping[str, datetime | None],
    *,
    now: datetime,
    silent: bool,
) -> Correction:
    """
    Compare a post with what was remembered of it.

    Args:
        before: Its row; ``None``, or without a record: it was never read before.
        post: As it reads now.
        known: Every text it has had, if it was ever corrected.
        now: The moment of this look.
        silent: Whether a change is to pass without notice.
    """
    if before is None or not before.record:
        return Correction()
    old, new = _of(before), _of(post)
    if new == old:
        return Correction(changed=known.get(old))
    if before.content_hash == post.content_hash:
        # The same bytes, read by another version of us: nobody corrected anything.
        changed = known.get(old)
        fresh = {new: changed} if known else {}
    else:
        changed = changed_at(known, known.get(old), text=new, now=now, silent=silent)
        fresh = {old: known.get(old), new: changed}
    rows = [
        TextRow(identity=before.identity, digest=text, changed_at=moment)
        for text, moment in fresh.items()
        if text not in known
    ]
    return Correction(changed=changed, rows=tuple(rows))


def _of(text: PostRow | Post) -> str:
    return digest(text.title, text.body_hash)
