"""
Filing an alert: it, its deliveries, and the lines of the audit log about them.

Somebody waits for each. So SQLite is spoken to through its driver, and PostgreSQL is told
all of it in one statement, which may be a transaction by itself (``Store.alone``).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Integer

from syndicate.store import audit
from syndicate.store.changes import NAME
from syndicate.store.columns import UtcTime
from syndicate.store.driving import driving
from syndicate.store.notes import Note, fit, halves
from syndicate.store.tables import deliveries
from syndicate.store.times import write_time

Values = Mapping[str, Any]

MOST = 32  # deliveries whose values PostgreSQL is told one by one; more go as a list
UNTRIED = {"fence": 0, "attempts": 0, "ambiguous": False}


def file_alert(
    connection: Connection,
    alert: Values,
    *,
    rows: Sequence[Values],
    notes: Sequence[Note],
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
        return _file_step_by_step(connection, alert, rows=said, notes=notes)
    notes = [fit(note) for note in notes]
    names = tuple({name: None for row in said for name in row})
    is_many = len(said) > MOST
    given = _listed(said, notes) if is_many else _in_line(said, notes, names)
    statement = _statement(tuple(alert), names, None if is_many else len(said))
    with driving(connection) as driver:
        filed = driver.execute(statement, [*alert.values(), *given]).fetchone()
    return filed[0] if filed else None


def _in_line(
    rows: Sequence[Values], notes: Sequence[Note], names: Sequence[str]
) -> list[Any]:
    """Give each value by itself, as PostgreSQL reads few of them fastest."""
    heads = [half for note in notes for half in halves(note)]
    return [row.get(name) for row in rows for name in names] + heads


def _listed(rows: Sequence[Values], notes: Sequence[Note]) -> list[Any]:
    """Give all rows as one list in JSON."""
    said = [halves(note) for note in notes]
    whole = [
        {**row, "head": head, "tail": tail}
        for row, (head, tail) in zip(rows, said[1:], strict=True)
    ]
    return [json.dumps(whole, default=datetime.isoformat), *said[0]]


def _said(values: Values) -> dict[str, Any]:
    """Leave out what is nothing: so much less is said, and read."""
    return {name: each for name, each in values.items() if each is not None}


def _whole(row: Values, alert: Values, number: int) -> dict[str, Any]:
    """Give all columns of a delivery."""
    now = alert["created_at"]
    born = {"alert_id": number, "changed_at": now, "due_at": now}
    return born | UNTRIED | dict(row)


def _file_step_by_step(
    connection: Connection,
    alert: Values,
    *,
    rows: Sequence[Values],
    notes: Sequence[Note],
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


@lru_cache(maxsize=64)
def _statement(alert: Sequence[str], row: Sequence[str], count: int | None) -> str:
    """
    Write the statement that files an alert with so many deliveries; ``None``: a list.

    Rows are inserted, and so locked, before the log's turn is taken, as everywhere.
    """
    values = ", ".join(["%s"] * len(alert))
    once = "ON CONFLICT (request_id) DO NOTHING RETURNING id, created_at"
    lines = [f"%s::text || ids[{place + 1}] || %s" for place in range(count or 0)]
    notes = f"ARRAY[{', '.join(['%s::text || filed.id || %s', *lines])}]"
    if count is None:
        notes += " || ARRAY(SELECT head || ids[place::int] || tail FROM given ORDER BY place)"
    born = "" if count == 0 else _born(row, _rows(row, count))
    return (
        f"WITH filed AS (INSERT INTO alerts ({', '.join(alert)}) "  # noqa: S608, ours
        f"VALUES ({values}) {once}){born} "
        f"SELECT filed.id, append_to_audit({notes}), "
        f"pg_notify({NAME}, '') FROM filed{', numbers' if born else ''}"
    )


def _rows(names: Sequence[str], count: int | None) -> str:
    """Write where the deliveries' columns come from, with the place of each."""
    if count is None:
        kinds = ", ".join(f"{name} {_type(name)}" for name in names)
        record = f"json_to_recordset(%s::json) AS ({kinds}, head text, tail text)"
        said = f"{', '.join(names)}, head, tail"
        return (
            f"given ({said}, place) AS (SELECT * "  # noqa: S608, names of our own
            f"FROM ROWS FROM ({record}) WITH ORDINALITY)"
        )
    kinds = ", ".join(f"%s::{_type(name)}" for name in names)
    rows = ", ".join(f"({place}, {kinds})" for place in range(count))
    return f"given (place, {', '.join(names)}) AS (VALUES {rows})"


def _born(names: Sequence[str], given: str) -> str:
    common = {"alert_id": "id", "changed_at": "created_at", "due_at": "created_at"}
    common |= {name: str(value) for name, value in UNTRIED.items()}
    common = {name: said for name, said in common.items() if name not in names}
    return (
        f", {given}, "  # noqa: S608, names of our own
        f"born AS (INSERT INTO deliveries ({', '.join([*common, *names])}) "
        f"SELECT {', '.join([*common.values(), *names])} FROM filed, given "
        "ORDER BY place RETURNING id), "
        "numbers AS (SELECT array_agg(id ORDER BY id) AS ids FROM born)"
    )


def _type(name: str) -> str:
    """Give the type of a column's value, where PostgreSQL could not tell."""
    kind = deliveries.columns[name].type
    if isinstance(kind, UtcTime):
        return "timestamptz"
    return "bigint" if isinstance(kind, Integer) else "text"
