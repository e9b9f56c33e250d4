"""
The audit log: every transition, chained.

Each row holds the hash of the row before it, so an edited, deleted or reordered row
shows. A tail that was cut off shows only against a head that was noted elsewhere:
``verify`` gives the head for that. Old rows at the beginning may go, if a later row of
the chain says up to which: see ``cutting.py``.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, case, select, type_coerce
from sqlalchemy.types import NullType

from syndicate.store.driving import driving
from syndicate.store.notes import (
    INSERT,
    NAMES,
    ROOT,
    Note,
    chained,
    digest,
    fit,
    written,
)
from syndicate.store.tables import audit
from syndicate.store.times import read_time

APPEND = "SELECT append_to_audit(%s)"  # PostgreSQL's; see ``chaining.py``
CUT = "cut"  # the row that says which rows went
NEWEST = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"


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
    fitting = [fit(note) for note in notes]
    with driving(connection) as driver:
        if connection.dialect.name == "postgresql":
            driver.execute(APPEND, [[written(note) for note in fitting]])
            return
        last = driver.execute(NEWEST).fetchone()
        driver.executemany(INSERT, chained(fitting, *(last or (0, ROOT))))


def cut_note(number: int, head: str) -> str:
    """Say up to which row the oldest went, and what its hash was."""
    return f"rows up to {number} were cut off, hash {head}"


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
    ordered = select(*_AS_KEPT).order_by(audit.c.number)
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
    return None if _is_as_written(row) else f"row {row.number} was changed"


def _is_as_written(row: Row[Any]) -> bool:
    """Tell whether a row has its hash; what no row can have held is a change, too."""
    said = {name: getattr(row, name) for name in NAMES}
    try:
        note = Note(**said | {"at": read_time(row.at)})
        return bool(row.hash == digest(row.number, note, row.previous))
    except (AttributeError, TypeError, ValueError, OverflowError):
        return False


_YEARS = datetime(2, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
_A_TIME = case((audit.c.at.between(*_YEARS), audit.c.at))
_AS_KEPT = [
    type_coerce(_A_TIME, NullType()).label("at") if each.name == "at" else each
    for each in audit.c
]
"""
A row's columns, its time as the engine has it: somebody may have made it none, or on
PostgreSQL ``infinity``, which its driver refuses to read.
"""
