"""``INSERT … ON CONFLICT``, which both engines spell alike and SQLAlchemy keeps apart."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import sqlite

from syndicate.store.columns import UtcTime
from syndicate.store.times import write_time

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
        rows: At least one, of text, numbers, flags, ``None`` and aware times.
    """
    dialect = connection.dialect
    written, order = _written(statement, dialect, tuple(names))
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    for name, values in columns.items():
        if isinstance(statement.table.columns[name].type, UtcTime):
            columns[name] = tuple(_kept(values, dialect.name))
    if order:
        said: Any = list(zip(*(columns[name] for name in order), strict=True))
    else:
        each = zip(*columns.values(), strict=True)
        said = [dict(zip(columns, row, strict=True)) for row in each]
    connection.exec_driver_sql(written, said)


def _kept(moments: Iterable[Any], engine: str) -> Iterator[datetime | str | None]:
    """Give times as the engine keeps them."""
    last = said = None  # all that is seen on a first run is first seen at one moment
    for moment in moments:
        if moment is not last:
            last, said = moment, moment and write_time(moment, engine)
        yield said


@lru_cache(maxsize=8)  # a millisecond, which each saved post would pay
def _written(
    statement: "Insert", dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, Sequence[str]]:
    """Give the text of a statement, and its columns in order where they have places."""
    compiled = statement.inline().compile(dialect=dialect, column_keys=list(names))
    return str(compiled), (compiled.positiontup or ()) if compiled.positional else ()
