"""SQLite: one file, made for one machine."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from sqlite3 import Connection as Driver
from threading import Lock
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from syndicate.errors import StoreError
from syndicate.store.driving import begin
from syndicate.store.sqlite_driver import PATIENCE_SECONDS, prepare

WRITING = {"syndicate_begin": "BEGIN IMMEDIATE"}
READING = {"syndicate_begin": "BEGIN DEFERRED"}
ALONE = WRITING


def find_file(url: URL, folder: Path) -> Path:
    """
    Give the file a ``sqlite:`` address means, absolute and without symbolic links.

    Raises:
        StoreError: It names no file that could be one.
    """
    name = url.database or ""
    if name in {"", ":memory:"} or name.startswith("file:") or url.query:
        raise StoreError(
            'store.url: "{url}" names no file; write sqlite:///syndicate.db',
            url=str(url),
        )
    path = (folder / name).resolve()
    if not path.parent.is_dir():
        raise StoreError(
            "database {path}: there is no folder {folder}; make it",
            path=path,
            folder=path.parent,
        )
    if path.is_dir():
        raise StoreError("database {path}: that is a folder, not a file", path=path)
    return path


def turns(
    patience_seconds: float = PATIENCE_SECONDS,
) -> Callable[[], AbstractContextManager[None]]:
    """
    Give what a thread enters to write, one at a time.

    SQLite would see to that too, but by looking again and again with growing pauses:
    five lanes that wake at once waited three times as long for each other.
    """
    lock = Lock()

    @contextmanager
    def turn() -> Iterator[None]:
        if not lock.acquire(timeout=patience_seconds):
            raise StoreError(
                "this process has kept the database busy for 5 s; is the disk slow?"
            )
        try:
            yield
        finally:
            lock.release()

    return turn


def make_engine(path: Path) -> Engine:
    """Give an engine whose every transaction begins with a word of our choice."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # Without this the driver begins transactions by itself, and late.
        connect_args={"timeout": PATIENCE_SECONDS, "isolation_level": None},
        hide_parameters=True,  # bodies and tokens stay out of errors
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", begin)
    return engine


def _prepare(driver: Driver, _: Any) -> None:
    prepare(driver)
