"""Noticing what other connections, in this process or another, have written."""

import sqlite3
from contextlib import suppress
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, text

from syndicate.errors import StoreError
from syndicate.store.engine import Store
from syndicate.store.failures import plainly

NAME = "'syndicate_' || left(md5(current_schema()), 16)"  # at most 63 bytes
TELL = text(f"SELECT pg_notify({NAME}, '')")
WHERE = text(f"SELECT {NAME}")
REST = 1.0  # seconds between two tries to listen


def tell(connection: Connection) -> None:
    """
    Have whoever waits look at once, when the caller's transaction is committed.

    SQLite needs no word: everybody sees that its file has changed.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(TELL)


class Changes:
    """
    Says when to look at the tables. Hints, no more: whoever waits also looks by the clock.

    SQLite counts its changes, and a look at the count costs some microseconds
    (sqlite.org/pragma.html#pragma_data_version). PostgreSQL hands over what ``tell``
    was asked to say, to those who listen at that moment. For one thread.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._driver: sqlite3.Connection | None = None
        self._version = 0
        self._listening: Connection | None = None
        self._rests_until = 0.0

    def seen(self, patience: timedelta = timedelta(0)) -> bool:
        """
        Whether anything was written since the last look; the first look says yes.

        Args:
            patience: How long to wait for a word on PostgreSQL. SQLite says none, and
                nobody waits there.
        """
        if not self._store.path:
            return self._hears(patience)
        before, self._version = self._version, self._look()
        return before != self._version

    def close(self) -> None:
        """Stop looking."""
        if self._driver:
            self._driver.close()
            self._driver = None
        if self._listening:
            self._listening.invalidate()
            self._listening.close()
            self._listening = None

    def _look(self) -> int:
        try:
            if not self._driver:
                path = self._store.path or ""
                self._driver = sqlite3.connect(path, check_same_thread=False)
            (version,) = self._driver.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:  # whoever is woken will find out what it is
            return 0
        return int(version)

    def _hears(self, patience: timedelta) -> bool:
        if monotonic() < self._rests_until:
            sleep(patience.total_seconds())
            return False
        try:
            with plainly(self._store.place):
                if not self._listening:
                    self._listen()
                    return True  # what was said before was not heard
                return self._has_word(patience)
        except StoreError:  # the lanes will say so
            self._rests_until = monotonic() + REST
            with suppress(StoreError), plainly(self._store.place):
                self.close()
            return False

    def _listen(self) -> None:
        self._listening = self._store.connect()
        name = self._listening.scalar(WHERE)
        self._listening.exec_driver_sql(f"LISTEN {name}")

    def _has_word(self, patience: timedelta) -> bool:
        assert self._listening is not None  # it was opened first
        driver: Any = self._listening.connection.driver_connection
        words = driver.notifies(timeout=patience.total_seconds(), stop_after=1)
        try:
            return any(True for _ in words)
        except self._listening.dialect.loaded_dbapi.Error as error:
            raise StoreError(
                "the database was cut off while it was listened to"
            ) from error
