"""Taking all that is remembered from one database to another, to the last row."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from syndicate.errors import StoreError
from syndicate.store import audit
from syndicate.store.tables import metadata

AT_ONCE = 500  # rows
PATIENT = text("SET LOCAL idle_in_transaction_session_timeout = 0")


def transfer(source: Connection, target: Connection) -> dict[str, int]:
    """
    Copy every table, numbers included, and read back what was written.

    Args:
        source: A transaction nobody writes beside.
        target: A transaction that writes; its tables are there, and empty.

    Returns:
        How many rows each table has, by its name.

    Raises:
        StoreError: The target is not empty, or does not hold what was written to it;
            the caller's transaction is to be undone.
    """
    for connection in (source, target):
        if connection.dialect.name == "postgresql":
            connection.execute(PATIENT)
    tables = metadata.sorted_tables
    for table in tables:
        if target.scalar(select(func.count()).select_from(table)):
            raise StoreError(
                "the database to move to is not empty: it has rows in {table}; "
                "name a new one",
                table=table.name,
            )
    counts = {table.name: _copy(table, source, target) for table in tables}
    for table in tables:
        if any(one != other for one, other in _pairs(table, source, target)):
            raise StoreError("{table} did not arrive as it was", table=table.name)
    if audit.verify(source) != audit.verify(target):
        raise StoreError("{table} did not arrive as it was", table="audit")
    return counts


def _copy(table: Table, source: Connection, target: Connection) -> int:
    rows = 0
    for part in _rows(table, source).partitions(AT_ONCE):
        target.execute(insert(table), [dict(row) for row in part])
        rows += len(part)
    if table.c.get("id") is not None:
        _number_on(table, source, target)
    return rows


def _rows(table: Table, connection: Connection) -> Any:
    ordered = select(table).order_by(*table.primary_key)
    streamed = {"yield_per": AT_ONCE}
    return connection.execute(ordered, execution_options=streamed).mappings()


def _pairs(
    table: Table, source: Connection, target: Connection
) -> Iterator[tuple[Any, Any]]:
    """
    Give the rows of both, side by side.

    Ordered by a key of text, the two engines may differ: then by content.
    """
    here, there = ([*_rows(table, each)] for each in (source, target))
    by_content = sorted(map(_content, here)), sorted(map(_content, there))
    yield from zip_longest(*by_content)


def _content(row: Any) -> str:
    return repr(tuple(row.values()))


def _number_on(table: Table, source: Connection, target: Connection) -> None:
    """Go on counting where the source had come to: no number is given twice."""
    last = _last_number(table, source)
    if not last:
        return
    if target.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        target.execute(select(func.setval(sequence, last)))
    elif table.dialect_options["sqlite"]["autoincrement"]:
        name = {"name": table.name, "last": last}
        target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), name)
        target.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), name)


def _last_number(table: Table, source: Connection) -> int:
    highest = source.scalar(select(func.max(table.c.id))) or 0
    if source.dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        counted = source.scalar(select(func.pg_sequence_last_value(sequence)))
    elif table.dialect_options["sqlite"]["autoincrement"]:
        counter = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        counted = source.scalar(counter, {"name": table.name})
    else:
        counted = highest
    return max(highest, counted or 0)
