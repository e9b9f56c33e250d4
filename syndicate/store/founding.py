"""
Making a SQLite file with all that a first build knows.

By its driver alone: importing SQLAlchemy takes longer than the rows of ten thousand posts
(see ``docs/decisions/0035``). Nothing is known yet, so nothing is asked, and each table is
written once.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Never

from syndicate.errors import StoreError
from syndicate.model import Measure
from syndicate.store import notes
from syndicate.store.records import Remembered, TakenBack
from syndicate.store.rows import (
    SAVED,
    WHEN,
    PostRow,
    Switch,
    TextRow,
    in_parts,
    kept,
)
from syndicate.store.schema import statements
from syndicate.store.sqlite_driver import open_driver
from syndicate.store.times import write_time

TIMES = [SAVED.index(name) for name in WHEN]
PLAIN = re.compile(r"sqlite:///([^?#%:]+)")


class NotFoundedError(StoreError):
    """The file was not made. Who opens what is there by now will say why, or go on."""


def new_file(url: str, folder: Path) -> Path | None:
    """
    Give the SQLite file that an address means, if it is to be made.

    Args:
        url: As for ``open_store``.
        folder: What a relative file is relative to.

    Returns:
        An absolute path; ``None`` where it is there, or the address is no plain one.
    """
    if not (plain := PLAIN.fullmatch(url)):
        return None
    file = (folder / plain[1]).resolve()
    return file if file.parent.is_dir() and not file.exists() else None


class Founding:
    """``Records`` of a database that is not there yet. For one newsroom and one look."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def store(self) -> Never:
        """There is none yet."""
        raise AssertionError("nobody asks more of a database that is not there")

    @contextmanager
    def remembered(self) -> Iterator[Remembered]:
        """Give nothing."""
        yield Remembered(switches=(), texts={}, posts=())

    def entries(self, identities: Collection[str]) -> Mapping[str, str]:  # noqa: ARG002
        """Give none."""
        return {}

    def pictures(self) -> Mapping[str, Measure]:
        """Give none."""
        return {}

    def taken_back(self) -> TakenBack:
        """Give none."""
        return TakenBack(withdrawals={}, corrections={})

    @contextmanager
    def writing(self) -> Iterator["FoundingPen"]:
        """
        Make the file, and all that is written in the block with it.

        Raises:
            NotFoundedError: Something stood in the way, or somebody else was first.
        """
        try:
            with closing(open_driver(self._file)) as driver:
                for statement in ("BEGIN IMMEDIATE", *statements()):
                    driver.execute(statement)
                yield FoundingPen(driver)
                driver.execute("COMMIT")
        except sqlite3.Error as error:
            raise NotFoundedError(f"database {self._file}: {error}") from error

    def close(self) -> None:
        """Nothing is open."""


class FoundingPen:
    """``Pen`` of the transaction that makes a file."""

    def __init__(self, driver: sqlite3.Connection) -> None:
        self._driver = driver

    @property
    def connection(self) -> Never:
        """There is none: a build asks no rule."""
        raise AssertionError("nobody writes more into a database that is being made")

    def save_posts(self, rows: Iterable[PostRow]) -> None:
        """See ``Pen``."""
        for part in in_parts(rows):
            self._insert("posts", SAVED, map(kept, part), times=TIMES)

    def save_texts(self, rows: Iterable[TextRow]) -> None:
        """See ``Pen``."""
        said = ([row.identity, row.digest, row.changed_at] for row in rows)
        names = ("identity", "digest", "changed_at")
        self._insert("texts", names, said, times=[2])

    def save_entries(self, records: Mapping[str, str]) -> None:
        """See ``Pen``."""
        said = map(list, records.items())
        self._insert("entries", ("identity", "record"), said)

    def flip(self, switch: Switch) -> None:
        """See ``Pen``."""
        names = ("name", "is_on", "changed_at", "who", "reason")
        said = [getattr(switch, name) for name in names]
        self._insert("switches", names, [said], times=[2])
        note = notes.of_switch(switch)
        self._driver.executemany(notes.INSERT, notes.chained([note], 0, notes.ROOT))

    def _insert(
        self,
        table: str,
        names: Sequence[str],
        rows: Iterable[list[Any]],
        *,
        times: Sequence[int] = (),
    ) -> None:
        places = ", ".join("?" * len(names))
        self._driver.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})",  # noqa: S608, names of ours
            (_timed(row, times) for row in rows) if times else rows,
        )


def _timed(values: list[Any], places: Sequence[int]) -> list[Any]:
    """Write out the times, or what is none, at these places."""
    for place in places:
        if moment := values[place]:
            values[place] = write_time(moment, "sqlite")
    return values
