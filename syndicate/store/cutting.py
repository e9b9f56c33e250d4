"""
Cutting the audit log's oldest rows off, so that what is left still verifies.

The row that says so is part of the chain: it names the last row that went, and its hash.
Whoever cut rows off without it, or other rows than it names, broke the chain.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from syndicate.errors import StoreError
from syndicate.store import audit
from syndicate.store.locks import AUDIT, take_turn
from syndicate.store.notes import Note
from syndicate.store.tables import audit as table

LEAST = 100
"""Fewer rows are not worth the row that says so."""

WHO = "retention"


def cut_audit(
    connection: Connection, *, before: datetime, most: int, now: datetime
) -> int:
    """
    Cut off the oldest rows, up to the first that is not from before a time.

    Returns:
        How many went.

    Raises:
        StoreError: They are not as they were written; all of them stay as evidence.
    """
    take_turn(connection, AUDIT)
    oldest = select(table).order_by(table.c.number).limit(most)
    rows = connection.execute(oldest).all()
    young = (place for place, row in enumerate(rows) if row.at >= before)
    rows = rows[: next(young, len(rows))]
    if len(rows) < LEAST:
        return 0
    if broken := audit.verify(connection, until=rows[-1].number).broken:
        raise StoreError("the audit log is kept whole: {broken}", broken=broken)
    last = rows[-1]
    connection.execute(delete(table).where(table.c.number <= last.number))
    note = audit.cut_note(last.number, last.hash)
    audit.append(
        connection,
        Note(at=now, who=WHO, what=audit.CUT, subject="audit", note=note),
    )
    return len(rows)
