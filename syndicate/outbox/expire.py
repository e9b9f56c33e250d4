"""Ending what waited too long, so that it is seen."""

from datetime import datetime

from sqlalchemy import Connection

from syndicate.outbox.move import move
from syndicate.outbox.states import too_late
from syndicate.store import deliveries

WHO = "clock"


def expire(connection: Connection, *, now: datetime) -> int:
    """
    End every waiting delivery whose not-after has passed, of whatever channel.

    What may have arrived is put in doubt instead, and so is what waits for a second
    try under a key its channel will have forgotten.

    Returns:
        How many were ended.
    """
    late = deliveries.find_late(connection, now=now)
    for row in late:
        overdue = row.not_after is not None and row.not_after < now
        reason = (
            f"not sent by {row.not_after:%Y-%m-%d %H:%M:%S} UTC"
            if overdue
            else "the channel would no longer know the key of the earlier try"
        )
        if row.last_error:
            reason = f"{reason}; {row.last_error}"
        move(
            connection,
            row,
            too_late(ambiguous=row.ambiguous),
            who=WHO,
            now=now,
            note=reason,
            values={"last_error": reason},
        )
    return len(late)
