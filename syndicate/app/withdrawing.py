"""Posts that were put right or taken back, and those whose files are gone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from syndicate.app.shelf import Shelf
from syndicate.feeds.tombstones import Tombstone
from syndicate.model import Erratum, FiledPost
from syndicate.store.records import Records
from syndicate.store.rows import Withdrawal

GONE = timedelta(hours=1)
"""Time a file must be away before its post counts as deleted: it may be a checkout."""


class Withdrawn:
    """Knows which posts were taken back, or put right. One thread owns it."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.known: Mapping[str, Withdrawal] = {}  # another object when this changed
        self._errata: Mapping[str, tuple[Erratum, ...]] = {}  # ... or this
        self.look()

    def look(self) -> None:
        """Look what the store says."""
        found, corrections = self._records.taken_back()
        errata = {
            identity: tuple(Erratum(at=row.corrected_at, text=row.note) for row in rows)
            for identity, rows in corrections.items()
        }
        if (found, errata) != (self.known, self._errata):
            self.known, self._errata = found, errata

    def standing(self, posts: Iterable[FiledPost]) -> Iterable[FiledPost]:
        """Give the posts that were not taken back, with what was put right in them."""
        if not self.known and not self._errata:
            return posts
        return [
            replace(post, errata=errata)
            if (errata := self._errata.get(post.identity))
            else post
            for post in posts
            if post.identity not in self.known
        ]

    def stones(self, shelf: Shelf, now: datetime) -> Iterator[Tombstone]:
        """Give a tombstone for each post that was published and is no more."""
        for identity, withdrawal in self.known.items():
            if row := shelf.rows.get(identity):
                yield Tombstone(
                    identity=identity,
                    link=row.link,
                    when=withdrawal.withdrawn_at,
                    reason=withdrawal.reason,
                )
        for identity, gone_at in _gone(shelf):
            if identity not in self.known and gone_at + GONE <= now:
                row = shelf.rows[identity]
                yield Tombstone(identity=identity, link=row.link, when=gone_at)


def next_gone(shelf: Shelf, now: datetime) -> datetime | None:
    """Say when the next post counts as deleted."""
    moments = (gone_at + GONE for _, gone_at in _gone(shelf))
    return min((moment for moment in moments if moment > now), default=None)


def _gone(shelf: Shelf) -> Iterator[tuple[str, datetime]]:
    """Give the posts without a file that were published while they had one."""
    for identity in shelf.away:
        row = shelf.rows[identity]
        if row.gone_at and row.published and row.published <= row.gone_at and row.link:
            yield identity, row.gone_at
