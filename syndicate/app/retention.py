"""
Forgets, by the clock, what is older than ``store.keep``: a few rows at a time.

Nobody waits for it: between two batches every lane gets its turn at the database.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from time import sleep

from sqlalchemy import Connection

from syndicate.store.cutting import cut_audit
from syndicate.store.engine import Store
from syndicate.store.forgetting import forget_alerts, forget_entries, forget_pictures

log = logging.getLogger(__name__)

EVERY = timedelta(minutes=10)
ALERTS = 50  # at once, with all that hangs on them
ROWS = 500
BATCHES = 200  # of each kind in one round
BREATH = 0.02  # seconds


class Retention:
    """One thread at a time."""

    def __init__(
        self, store: Store, *, keep: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._keep = keep
        self._clock = clock

    def look(self) -> None:
        """Forget what is too old now."""
        self.round()

    def round(self) -> int:
        """
        Forget what is too old now, and give how many rows or alerts that were.

        Raises:
            StoreError: The database failed, or the audit log is not as it was written.
        """
        forgotten = sum(self._all_of(act, most) for act, most in _ACTS)
        forgotten += self._all_of(self._cut, ROWS)
        if forgotten:
            log.info("forgot   %d rows older than %d days", forgotten, self._keep.days)
        return forgotten

    def _all_of(self, act: Callable[..., int], most: int) -> int:
        return sum(self._batches(act, most))

    def _batches(self, act: Callable[..., int], most: int) -> Iterator[int]:
        before = self._clock() - self._keep
        for _ in range(BATCHES):
            with self._store.begin() as connection:
                done = act(connection, before=before, most=most)
            yield done
            if done < most:
                return
            sleep(BREATH)

    def _cut(self, connection: Connection, *, before: datetime, most: int) -> int:
        return cut_audit(connection, before=before, most=most, now=self._clock())


_ACTS = ((forget_alerts, ALERTS), (forget_entries, ROWS), (forget_pictures, ROWS))
