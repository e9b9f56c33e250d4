"""Noticing what other connections, in this process or another, have written."""

import sqlite3

from syndicate.store.engine import Store


class Changes:
    """
    Looks at SQLite's own count of changes: some microseconds a look.

    Source: sqlite.org/pragma.html#pragma_data_version. PostgreSQL has nothing as cheap:
    there ``seen`` is always false, and whoever waits looks at the tables by the clock.
    One thread at a time may ask.
    """

    def __init__(self, store: Store) -> None:
        self._path = store.path
        self._driver: sqlite3.Connection | None = None
        self._version = 0

    def seen(self) -> bool:
        """Whether anything was written since the last look; the first look says yes."""
        before, self._version = self._version, self._look()
        return before != self._version

    def close(self) -> None:
        """Stop looking."""
        if self._driver:
            self._driver.close()
            self._driver = None

    def _look(self) -> int:
        if not self._path:
            return 0
        try:
            if not self._driver:
                self._driver = sqlite3.connect(self._path, check_same_thread=False)
            (version,) = self._driver.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:  # whoever is woken will find out what it is
            return 0
        return int(version)
