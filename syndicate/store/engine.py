"""
The database: opened, brought up to date, and handed out one transaction at a time.

SQLite by default, PostgreSQL by address. What differs between the two is in
``sqlite.py`` and ``postgresql.py``; every query serves both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

from syndicate.errors import StoreError
from syndicate.store import migrate, postgresql, sqlite
from syndicate.store.failures import plainly


class Store:
    """An open database. Safe to share between threads."""

    def __init__(self, engine: Engine, *, path: Path | None) -> None:
        rules = sqlite if path else postgresql
        self.path = path  # the SQLite file; None: PostgreSQL
        self.place = str(path or engine.url.render_as_string(hide_password=True))
        self._writer = engine.execution_options(**rules.WRITING)
        self._reader = engine.execution_options(**rules.READING)
        self._alone = engine.execution_options(**rules.ALONE)
        self._turn = rules.turns()
        self._file = _file_at(path) if path else None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """
        One transaction that writes: committed at the end of the block, whole or not.

        On SQLite it takes the one write lock at once, waiting at most 5 s for it, so
        that nothing read in it can have changed before it writes.

        Raises:
            StoreError: The database failed; nothing of the block was kept.
        """
        self._check()
        with (
            plainly(self.place),
            self._turn(),
            self._writer.begin() as connection,
        ):
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """
        One statement that writes, and is a transaction by itself.

        PostgreSQL is spared being asked to begin and to commit, half of the time that a
        small one takes. On SQLite it is ``begin``.

        Raises:
            StoreError: The database failed; nothing of the statement was kept.
        """
        if self.path:
            with self.begin() as connection:
                yield connection
        else:
            with plainly(self.place), self._alone.connect() as connection:
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """
        One view of the database, the same from its first query to its last.

        Waits for nobody. It is not for writing.

        Raises:
            StoreError: The database failed.
        """
        self._check()
        with plainly(self.place), self._reader.begin() as connection:
            yield connection

    def _check(self) -> None:
        """
        See that the file is still the one that was opened.

        SQLite would go on writing to a file that was deleted, and whoever opens the
        name again would have another one.
        """
        if self.path and self._file != _file_at(self.path):
            if self._file is None:  # it was new when it was opened
                self._file = _file_at(self.path)
                return
            raise StoreError(
                f"database {self.place}: the file was deleted or replaced while in use; "
                "stop syndicate, put the right file there, and start again"
            )

    def connect(self) -> Connection:
        """
        Open a connection for what outlives a transaction, such as a session's lock.

        Each statement is by itself. The caller closes it (``invalidate`` first, so that
        its session ends too), and wraps what it does in ``failures.plainly``.
        """
        return self._alone.connect()

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._writer.dispose()


def _file_at(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def open_store(url: str, folder: Path) -> Store:
    """
    Open a database, make it if it is a new SQLite file, and bring it up to date.

    Args:
        url: ``sqlite:///FILE``, ``sqlite:////ABSOLUTE/FILE``, or
            ``postgresql+psycopg://USER:PASSWORD@HOST/NAME``.
        folder: What a relative SQLite file is relative to.

    Raises:
        StoreError: The address is wrong, or the database is locked, damaged, not
            writable, out of reach, or was written by a newer syndicate.
    """
    address = _read_url(url)
    path = sqlite.find_file(address, folder) if address.drivername == "sqlite" else None
    engine = sqlite.make_engine(path) if path else postgresql.make_engine(address)
    store = Store(engine, path=path)
    try:
        _bring_up_to_date(store)
    except StoreError:
        store.close()
        raise
    return store


def missing_file(url: str, folder: Path) -> Path | None:
    """
    Give the SQLite file that opening a database would make; ``None``: it is there.

    Raises:
        StoreError: The address is wrong.
    """
    address = _read_url(url)
    if address.drivername != "sqlite":
        return None
    file = sqlite.find_file(address, folder)
    return None if file.exists() else file


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # The text is not shown: it may hold a password.
        raise StoreError(
            "store.url is no address; write sqlite:///FILE or "
            "postgresql+psycopg://USER:PASSWORD@HOST/NAME"
        ) from None
    if url.drivername not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise StoreError(
            'store.url: "{name}" is not known; '
            "write sqlite:// or postgresql+psycopg://",
            name=url.drivername,
        )
    return url


def _bring_up_to_date(store: Store) -> None:
    with store.read() as connection:
        current = migrate.is_current(connection)
    if not current:
        with store.begin() as connection:
            migrate.upgrade(connection)
