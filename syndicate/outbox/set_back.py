"""
What waits for a time that a clock, since set back, will reach much too late.

    alert accepted at 12:00, for now; clock set back to 11:00; due at 12:00: an hour off

What a person chose a time for goes by the clock on the wall, and waits. All other waits
were written by the clock as it was, and mean nothing any more.
"""

from datetime import datetime

from sqlalchemy import Connection

from syndicate.store import deliveries
from syndicate.store.turns import find_put_off


def bring_forward(connection: Connection, *, now: datetime) -> int:
    """
    Have what waits for a clock that was set back leave now.

    The age of a key is counted on, as if the clock had always been as it is.

    Args:
        connection: A transaction that writes.
        now: The time, UTC, after the clock was set back.

    Returns:
        How many deliveries there were.
    """
    found = find_put_off(connection, now=now)
    for row in found:
        ahead = row.changed_at - now
        first, end = row.first_attempt_at, row.key_until
        values = {
            "due_at": now,
            "first_attempt_at": first - ahead if first else None,
            "key_until": end - ahead if end else None,
        }
        deliveries.change(connection, row, values)
    return len(found)
