"""
The audit log: every transition, chained.

Each row holds the hash of the row before it, so an edited, deleted or reordered row
shows. A tail that was cut off shows only against a head that was noted elsewhere:
``verify`` gives the head for that.
"""

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from syndicate.store.tables import audit

ROOT = "0" * 64  # what the first row calls the one before
ONE_AT_A_TIME = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' audit', 0))"
)


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

    rows: int  # whole ones, up to the break
    head: str  # hash of the last of them
    broken: str | None = None  # which row breaks it, and how

    @property
    def is_whole(self) -> bool:
        """Whether nothing was edited, deleted or moved."""
        return self.broken is None


def append(connection: Connection, *notes: Note) -> None:
    """
    Add rows to the end of the chain, in the caller's transaction.

    The last thing a transaction does: on PostgreSQL it waits for every other writer of
    the log, so a row locked after it could be waited for in a circle.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(ONE_AT_A_TIME)
    last = connection.execute(_newest).one_or_none()
    number, previous = (last.number, last.hash) if last else (0, ROOT)
    rows = []
    for note in notes:
        number += 1
        link = {"previous": previous, "hash": digest(number, note, previous)}
        rows.append({"number": number, **_fields(note), **link})
        previous = link["hash"]
    connection.execute(_insert, rows)


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


def verify(connection: Connection) -> Chain:
    """Walk the whole chain and stop at the first row that breaks it."""
    number, head = 0, ROOT
    ordered = select(audit).order_by(audit.c.number)
    with connection.execute(ordered, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            if fault := _fault(row, number, head):
                return Chain(rows=number, head=head, broken=fault)
            number, head = row.number, row.hash
    return Chain(rows=number, head=head)


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
_newest = select(audit.c.number, audit.c.hash).order_by(audit.c.number.desc()).limit(1)
