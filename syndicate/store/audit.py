"""
The audit log: every transition, chained.

Each row holds the hash of the row before it, so an edited, deleted or reordered row
shows. A tail that was cut off shows only against a head that was noted elsewhere:
``verify`` gives the head for that. Old rows at the beginning may go, if a later row of
the chain says up to which: see ``cutting.py``.
"""

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from syndicate.store.tables import audit

ROOT = "0" * 64  # what the first row calls the one before
CUT = "cut"  # the row that says which rows went
ONE_AT_A_TIME = (
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' audit', 0))"
)
NEWEST = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"
IN_TURN = f"{ONE_AT_A_TIME}; {NEWEST}"
"""Two statements, not one: the second has to see what was written while the first waited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing that happened."""

    at: datetime
    who: str  # an operator, a rule, or the owner of a lane
    what: str  # a verb: "claimed"
    subject: str  # "delivery 12"
    before: str | None = None
    after: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """What ``verify`` found."""

    number: int  # of the last whole row, before the break
    head: str  # its hash
    rows: int  # whole ones that are there
    broken: str | None = None  # which row breaks it, and how

    @property
    def is_whole(self) -> bool:
        """Whether nothing was edited, deleted or moved."""
        return self.broken is None

    @property
    def mark(self) -> str:
        """The head as people note it: ``NUMBER:HASH``."""
        return f"{self.number}:{self.head}"


def append(connection: Connection, *notes: Note) -> None:
    """
    Add rows to the end of the chain, in the caller's transaction.

    The last thing a transaction does: on PostgreSQL it waits for every other writer of
    the log, so a row locked after it could be waited for in a circle.
    """
    number, previous = _end(connection)
    rows = []
    for note in notes:
        number += 1
        link = {"previous": previous, "hash": digest(number, note, previous)}
        rows.append({"number": number, **_fields(note), **link})
        previous = link["hash"]
    connection.execute(_insert, rows)


def take_turn(connection: Connection) -> None:
    """Have the end of the log to ourselves until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(ONE_AT_A_TIME)


def _end(connection: Connection) -> tuple[int, str]:
    """Give the number and the hash of the last row, and have the end to ourselves."""
    if connection.dialect.name == "postgresql":
        asked: Any = connection.exec_driver_sql(IN_TURN).cursor
        asked.nextset()  # past the lock's answer, which is empty
        last = asked.fetchone()
    else:
        last = connection.exec_driver_sql(NEWEST).fetchone()
    return (last[0], last[1]) if last else (0, ROOT)


def cut_note(number: int, head: str) -> str:
    """Say up to which row the oldest went, and what its hash was."""
    return f"rows up to {number} were cut off, hash {head}"


def digest(number: int, note: Note, previous: str) -> str:
    """Give the hash of a row: SHA-256 of its fields as a JSON list, in this order."""
    fields = [
        number,
        note.at.astimezone(UTC).isoformat(timespec="microseconds"),
        note.who,
        note.what,
        note.subject,
        note.before,
        note.after,
        note.note,
        previous,
    ]
    return sha256(json.dumps(fields, separators=(",", ":")).encode()).hexdigest()


def verify(
    connection: Connection, *, until: int | None = None, noted: str | None = None
) -> Chain:
    """
    Walk the chain and stop at the first row that breaks it.

    Args:
        connection: Any transaction.
        until: The last row to look at; ``None``: all, and what went before the first
            of them must be accounted for.
        noted: A ``mark`` that was noted earlier; the chain must still hold it.
    """
    ordered = select(audit).order_by(audit.c.number)
    if until is not None:
        ordered = ordered.where(audit.c.number <= until)
    start = connection.execute(ordered.limit(1)).one_or_none()
    is_cut = start is not None and start.number > 1
    first = (start.number - 1, start.previous) if start and is_cut else (0, ROOT)
    excuse = cut_note(*first)
    (number, head), count = first, 0
    is_excused, is_held = not is_cut, noted in {None, f"{number}:{head}"}
    with connection.execute(ordered, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            if fault := _fault(row, number, head):
                return Chain(number=number, head=head, rows=count, broken=fault)
            number, head, count = row.number, row.hash, count + 1
            is_excused = is_excused or (row.what == CUT and row.note == excuse)
            is_held = is_held or noted == f"{number}:{head}"
    broken = None
    if until is None and not is_excused:
        missing = "row 1 is" if first[0] == 1 else f"rows 1 to {first[0]} are"
        broken = f"{missing} missing"
    elif not is_held:
        broken = f"the head noted earlier, {noted}, is not among its rows"
    return Chain(number=number, head=head, rows=count, broken=broken)


def _fault(row: Row[Any], number: int, head: str) -> str | None:
    if row.number != number + 1:
        return f"row {number + 1} is missing"
    if row.previous != head:
        return f"row {row.number} does not follow row {number}"
    note = Note(**_fields(row))
    if row.hash != digest(row.number, note, row.previous):
        return f"row {row.number} was changed"
    return None


def _fields(of: Note | Row[Any]) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _names}


_names = [field.name for field in fields(Note)]
_insert = insert(audit)
