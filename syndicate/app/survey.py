"""
Measures pictures by the clock, away from every build: a few at a time, newest first.

What was measured is looked at again after a week, as long as it stands in a feed. What
failed waits ever longer. Pictures on the disk are looked at in turn, for a file may be
replaced and no post with it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.app.gallery import Gallery, hung
from syndicate.config import Config
from syndicate.fetch.ask import Asker, FetchError
from syndicate.fetch.pictures import measure_remote
from syndicate.model import Measure, Picture
from syndicate.store.engine import Store
from syndicate.store.pictures import (
    PictureRow,
    forget_pictures,
    load_pictures,
    save_pictures,
)

MOST = 50
"""Pictures looked at in one round, at most."""

MOST_FETCHED = 8
"""Of these, fetched over the network."""

FILES_AGAIN = timedelta(seconds=10)
AGAIN = timedelta(days=7)
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
FORGET = timedelta(days=30)
"""How long a row stays that nobody asks for any more."""

NEVER = datetime.min.replace(tzinfo=UTC)


def wait_after(failures: int) -> timedelta:
    """Give the wait after so many failures in a row: it doubles, up to a day."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(failures - 1, 20)))


class Survey:
    """Measures pictures, round after round. One thread owns it."""

    def __init__(
        self,
        config: Config,
        *,
        store: Store,
        gallery: Gallery,
        asker: Asker,
        clock: Callable[[], datetime],
    ) -> None:
        self._fetches = config.fetch.pictures
        self._store = store
        self._gallery = gallery
        self._asker = asker
        self._clock = clock
        self._due: dict[str, datetime] = {}  # as far as known here
        self._tidied = NEVER

    def round(self, pictures: Sequence[Picture]) -> dict[str, Measure]:
        """
        Measure some of the pictures that stand in feeds.

        Args:
            pictures: All of them, as their entries have them, the newest first.

        Returns:
            What was found, by address; what failed is not in it.

        Raises:
            StoreError: The database failed; what was measured is measured again.
        """
        now = self._clock()
        found: dict[str, Measure] = {}
        elsewhere: list[str] = []
        for picture in self._turn(pictures, now):
            if measure := self._gallery.file_of(picture):
                self._due[picture.url] = now + FILES_AGAIN
                if hung(picture, measure) != picture:
                    found[picture.url] = measure
            else:
                elsewhere.append(picture.url)
        if self._fetches:
            found |= self._look_elsewhere(elsewhere, now)
        else:
            self._due |= dict.fromkeys(elsewhere, now + AGAIN)
        self._tidy(pictures, now)
        return found

    def _turn(self, pictures: Iterable[Picture], now: datetime) -> list[Picture]:
        """Give those whose turn it is: never seen first, then the longest overdue."""
        waiting = {
            each.url: each for each in pictures if self._due.get(each.url, NEVER) <= now
        }
        due = sorted(waiting.values(), key=lambda each: self._due.get(each.url, NEVER))
        return due[:MOST]

    def _look_elsewhere(self, urls: Sequence[str], now: datetime) -> dict[str, Measure]:
        known = self._load(urls)
        stale = [row for row in known.values() if row.due_at <= now][:MOST_FETCHED]
        fetched = {row.url: self._measure(row) for row in stale}
        if fetched:
            with self._store.begin() as connection:
                save_pictures(connection, list(fetched.values()))
        rows = known | fetched
        self._due |= {url: row.due_at for url, row in rows.items()}
        return {url: row.measure for url, row in rows.items() if row.measure}

    def _load(self, urls: Sequence[str]) -> dict[str, PictureRow]:
        """Give what the store knows of pictures: another process may have been here."""
        if not urls:
            return {}
        with self._store.read() as connection:
            known = load_pictures(connection, urls)
        new = {url: PictureRow(url=url, checked_at=NEVER, due_at=NEVER) for url in urls}
        return new | known

    def _measure(self, before: PictureRow) -> PictureRow:
        try:
            found = measure_remote(before.url, self._asker)
        except FetchError as error:
            return self._failed(before, str(error))
        now = self._clock()
        return PictureRow(
            url=before.url,
            checked_at=now,
            due_at=now + AGAIN,
            type=found.type,
            length=found.length,
            width=found.width,
            height=found.height,
        )

    def _failed(self, before: PictureRow, fault: str) -> PictureRow:
        """Keep what was measured before: a server may be away for a while."""
        now, failures = self._clock(), before.failures + 1
        return replace(
            before,
            checked_at=now,
            due_at=now + wait_after(failures),
            failures=failures,
            fault=fault,
        )

    def _tidy(self, pictures: Iterable[Picture], now: datetime) -> None:
        """Forget, now and then, what stands in no feed any more."""
        if now - self._tidied < LONGEST_WAIT:
            return
        self._tidied = now
        there = {picture.url for picture in pictures}
        self._due = {url: due for url, due in self._due.items() if url in there}
        with self._store.begin() as connection:
            forget_pictures(connection, due_before=now - FORGET)
