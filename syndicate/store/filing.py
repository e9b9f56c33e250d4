"""
Filing an alert: it, its deliveries, and the lines of the audit log about them.

Somebody waits for each. So SQLite is spoken to through its driver, and PostgreSQL is told
all of it in one statement, which may be a transaction by itself (``Store.alone``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer

from syndicate.store import audit
from syndicate.store.alerts import insert_alert
from syndicate.store.audit import Note
from syndicate.store.changes import NAME, tell
from syndicate.store.columns import UtcTime, write_time
from syndicate.store.deliveries import add_deliveries
from syndicate.store.driving import driving
from syndicate.store.tables import deliveries

Values = Mapping[str, Any]

MOST = 32  # deliveries filed by one statement on PostgreSQL; each has some ten values
UNTRIED = {"fence": 0, "attempts": 0, "ambiguous": False}


def file_alert(
    connection: Connection, alert: Values, rows: Sequence[Values], notes: Sequence[Note]
) -> int | None:
    """
    File an alert with its deliveries, and have those told who wait for them.

    Args:
        connection: A transaction that writes, or one statement's.
        alert: Columns, ``created_at`` among them: the deliveries are from then, too.
        rows: Columns of each delivery but those all have in common. ``due_at`` may be
            ``None``: at once.
        notes: About the alert and then each delivery. The subject still lacks the number:
            ``"alert "``.

    Returns:
        Its number; ``None``: there is one of its ``request_id``, and nothing was filed.
    """
    alert = _said(alert)
    said = [_said(row) for row in rows]
    if any("due_at" in row for row in said):
        said = [{"due_at": alert["created_at"]} | row for row in said]
    if connection.dialect.name == "sqlite":
        return _file_step_by_step(connection, alert, said, notes)
    if len(said) > MOST:
        return _file_many(connection, alert, said, notes)
    heads = [half for note in notes for half in audit.halves(note)]
    names = {name: None for row in said for name in row}
    filled = [row.get(name) for row in said for name in names]
    statement = _statement(tuple(alert), tuple(names), len(said))
    with driving(connection) as driver:
        asked = driver.execute(statement, [*alert.values(), *filled, *heads])
        filed = asked.fetchone()
    return filed[0] if filed else None


def _said(values: Values) -> dict[str, Any]:
    """Leave out what is nothing: so much less is said, and read."""
    return {name: each for name, each in values.items() if each is not None}


def _whole(row: Values, alert: Values, number: int) -> dict[str, Any]:
    """Give all columns of a delivery."""
    now = alert["created_at"]
    born = {"alert_id": number, "changed_at": now, "due_at": now}
    return born | UNTRIED | dict(row)


def _file_step_by_step(
    connection: Connection, alert: Values, rows: Sequence[Values], notes: Sequence[Note]
) -> int | None:
    with driving(connection) as driver:
        if (number := _insert(driver, "alerts", alert)) is None:
            return None
        whole = (_whole(row, alert, number) for row in rows)
        numbers = [_insert(driver, "deliveries", row) for row in whole]
    audit.append(connection, *_numbered(notes, [number, *numbers]))
    return number


def _insert(driver: Any, table: str, values: Values) -> int | None:
    given = [write_time(each, "sqlite") if hasattr(each, "tzinfo") else each
             for each in values.values()]  # fmt: skip
    found = driver.execute(_insertion(table, tuple(values)), given).fetchall()
    return found[0][0] if found else None


@lru_cache(maxsize=64)
def _insertion(table: str, names: Sequence[str]) -> str:
    once = " ON CONFLICT (request_id) DO NOTHING" if table == "alerts" else ""
    return (
        f"INSERT INTO {table} ({', '.join(names)}) "  # noqa: S608, names of our own
        f"VALUES ({', '.join('?' * len(names))}){once} RETURNING id"
    )


def _numbered(notes: Sequence[Note], numbers: Sequence[int | None]) -> Iterator[Note]:
    for note, number in zip(notes, numbers, strict=True):
        yield replace(note, subject=f"{note.subject}{number}")


def _file_many(
    connection: Connection, alert: Values, rows: Sequence[Values], notes: Sequence[Note]
) -> int | None:
    """File more than a statement has room for, in a transaction of its own if need be."""
    driver: Any = connection.connection.driver_connection
    with driver.transaction():
        if (number := insert_alert(connection, alert)) is None:
            return None
        names = {name: None for row in rows for name in row}
        alike = [dict.fromkeys(names) | dict(row) for row in rows]
        whole = [_whole(row, alert, number) for row in alike]
        numbers = add_deliveries(connection, whole)
        tell(connection)
        audit.append(connection, *_numbered(notes, [number, *numbers]))
    return number


@lru_cache(maxsize=64)
def _statement(alert: Sequence[str], row: Sequence[str], count: int) -> str:
    """
    Write the statement that files an alert with so many deliveries.

    Rows are inserted, and so locked, before the log's turn is taken, as everywhere.
    """
    values = ", ".join(["%s"] * len(alert))
    once = "ON CONFLICT (request_id) DO NOTHING RETURNING id, created_at"
    lines = ["%s::text || filed.id || %s"]
    lines += [f"%s::text || ids[{place + 1}] || %s" for place in range(count)]
    return (
        f"WITH filed AS (INSERT INTO alerts ({', '.join(alert)}) "  # noqa: S608, ours
        f"VALUES ({values}) {once}){_born(row, count) if count else ''} "
        f"SELECT filed.id, append_to_audit(ARRAY[{', '.join(lines)}]), "
        f"pg_notify({NAME}, '') FROM filed{', numbers' if count else ''}"
    )


def _born(names: Sequence[str], count: int) -> str:
    common = {"alert_id": "id", "changed_at": "created_at", "due_at": "created_at"}
    common |= {name: str(value) for name, value in UNTRIED.items()}
    common = {name: said for name, said in common.items() if name not in names}
    columns = ", ".join([*common, *names])
    place = ", ".join(f"%s::{_cast(name)}" for name in names)
    rows = ", ".join(f"({number}, {place})" for number in range(count))
    return (
        f", given (place, {', '.join(names)}) AS (VALUES {rows}), "  # noqa: S608, ours
        f"born AS (INSERT INTO deliveries ({columns}) "
        f"SELECT {', '.join([*common.values(), *names])} FROM filed, given "
        "ORDER BY place RETURNING id), "
        "numbers AS (SELECT array_agg(id ORDER BY id) AS ids FROM born)"
    )


def _cast(name: str) -> str:
    """Give the type of a column's value, where PostgreSQL could not tell."""
    kind = deliveries.columns[name].type
    if isinstance(kind, UtcTime):
        return "timestamptz"
    return "bigint" if isinstance(kind, Integer) else "text"
