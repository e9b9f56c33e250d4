"""
Posts that were taken back. One stands in no feed, whatever its file says.

Whoever takes a post back calls ``withdraw`` in a transaction of theirs; every process
that writes feeds finds it there at its next look.
"""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from syndicate.store import audit
from syndicate.store.notes import Note
from syndicate.store.rows import Withdrawal
from syndicate.store.tables import audit as log
from syndicate.store.tables import withdrawals
from syndicate.store.upsert import insert_into


def withdraw(connection: Connection, row: Withdrawal) -> None:
    """Take a post back, and note it in the audit log. The first word about it stays."""
    values = asdict(row)
    added = insert_into(connection, withdrawals).values(values).on_conflict_do_nothing()
    connection.execute(added)
    if load_withdrawals(connection)[row.identity] == row:
        note = Note(
            at=row.withdrawn_at,
            who=row.who,
            what="withdrawn",
            subject=f"post {row.identity}",
            note=row.reason,
        )
        audit.append(connection, note)


def reinstate(connection: Connection, identity: str, *, at: datetime, who: str) -> None:
    """Let a post stand again, and note it in the audit log."""
    gone = delete(withdrawals).where(withdrawals.c.identity == identity)
    if connection.execute(gone).rowcount:
        subject = f"post {identity}"
        note = Note(at=at, who=who, what="reinstated", subject=subject)
        audit.append(connection, note)


def find_reinstated(connection: Connection, identity: str) -> datetime | None:
    """Say since when a post that was taken back stands again; the audit log knows."""
    latest = select(func.max(log.c.at)).where(
        log.c.what == "reinstated", log.c.subject == f"post {identity}"
    )
    found: datetime | None = connection.scalar(latest)
    return None if identity in load_withdrawals(connection) else found


def load_withdrawals(connection: Connection) -> dict[str, Withdrawal]:
    """Give every withdrawal by identity."""
    rows = connection.execute(select(withdrawals)).mappings()
    return {row["identity"]: Withdrawal(**row) for row in rows}
