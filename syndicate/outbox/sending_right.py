"""
The right that one process at a time has to a store.

It dies with its process, by ``kill -9`` too: on SQLite it is a lock on a file beside the
database, on PostgreSQL a lock of a session's, which the server ends when it is silent.

On SQLite who has it knows that every delivery still marked ``sending`` by another is an
orphan. What it stands for is in ``lead.py``.
"""

from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from sqlalchemy import Connection, text

from syndicate.errors import StoreError
from syndicate.outbox.file_right import FileRight
from syndicate.store.engine import Store
from syndicate.store.failures import plainly
from syndicate.store.locks import SENDING

LOCK = text(f"SELECT pg_try_advisory_lock({SENDING})")
UNLOCK = text("SELECT pg_advisory_unlock_all()")

FROZEN = timedelta(seconds=15)
"""A holder that says nothing for so long is frozen, or out of reach: it has lost."""

LISTEN_TO_US = text(
    "SELECT set_config(name, :patience, false) FROM pg_settings "
    "WHERE name = 'idle_session_timeout'"  # from PostgreSQL 14 on
)


class SendingRight(Protocol):
    """Not held at first. For one thread."""

    def acquire(self) -> bool:
        """
        Try to take it, or to keep it. Never waits for who has it.

        Returns:
            Whether it is held now.

        Raises:
            StoreError: Nobody can tell: the database or its folder failed.
        """

    def release(self) -> None:
        """Let another process have it."""


def sending_right(store: Store) -> SendingRight:
    """Give the right that goes with a store."""
    return FileRight(store.path) if store.path else SessionRight(store)


class SessionRight:
    """An advisory lock of one PostgreSQL session, one for each schema."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: Connection | None = None

    def acquire(self) -> bool:
        """Take the lock; once taken, see whether its session is still there."""
        try:
            with plainly(self._store.place):
                return bool(self._session().scalar(LOCK))
        except Exception:  # nobody else would end its session
            self.release()
            raise

    def _session(self) -> Connection:
        if self._connection is None:
            self._connection = self._store.connect()
            patience = f"{FROZEN.total_seconds():.0f}s"
            self._connection.execute(LISTEN_TO_US, {"patience": patience})
        return self._connection

    def release(self) -> None:
        """Give the lock back, and end the session."""
        if self._connection is None:
            return
        if not self._connection.invalidated:
            # By word: the server takes a moment to notice that a session is gone.
            with suppress(StoreError), plainly(self._store.place):
                self._connection.execute(UNLOCK)
        self._connection.invalidate()
        self._connection.close()
        self._connection = None
