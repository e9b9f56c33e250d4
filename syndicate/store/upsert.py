"""``INSERT … ON CONFLICT``, which both engines spell alike and SQLAlchemy keeps apart."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import sqlite

from syndicate.store.columns import UtcTime, write_time

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> "Insert":
    """Give an insert that knows ``on_conflict_do_update`` and ``…_do_nothing``."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    # A tenth of a second that a start on SQLite does not owe.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)


def execute_many(
    connection: Connection,
    statement: "Insert",
    *,
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """
    Insert many rows by the driver's own means.

    SQLAlchemy makes a dictionary of each row and asks each type about each value, which
    took three times as long as SQLite took to write the row.

    Args:
        connection: In a transaction.
        statement: From ``insert_into``, without values; best the same one every time.
        names: Columns, in the order of the values.
        rows: Text, numbers, flags, ``None`` and aware times.
    """
    dialect = connection.dialect
    kinds = [statement.table.columns[name].type for name in names]
    times = [place for place, kind in enumerate(kinds) if isinstance(kind, UtcTime)]
    written, order = _written(statement, dialect, tuple(names))
    plain = (_plain(row, times, dialect.name) for row in rows)
    if order:
        pick = itemgetter(*(names.index(name) for name in order))
        connection.exec_driver_sql(written, [pick(row) for row in plain])
    else:
        connection.exec_driver_sql(
            written, [dict(zip(names, row, strict=True)) for row in plain]
        )


def _plain(row: Sequence[object], times: Sequence[int], engine: str) -> list[object]:
    said = list(row)
    for place in times:
        if isinstance(moment := said[place], datetime):
            said[place] = write_time(moment, engine)
    return said


@lru_cache(maxsize=8)  # a millisecond, which each saved post would pay
def _written(
    statement: "Insert", dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, Sequence[str]]:
    """Give the text of a statement, and its columns in order where they have places."""
    compiled = statement.inline().compile(dialect=dialect, column_keys=list(names))
    return str(compiled), (compiled.positiontup or ()) if compiled.positional else ()
