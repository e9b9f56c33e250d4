"""Tries at deliveries: evidence that is added to and never taken back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, update

from syndicate.store.deliveries import DeliveryRow
from syndicate.store.tables import attempts


def open_attempts(
    connection: Connection, rows: Sequence[DeliveryRow], *, now: datetime
) -> None:
    """Note that ``rows``, just claimed, are about to be sent."""
    values = [
        {
            "delivery_id": row.id,
            "number": row.attempts,
            "fence": row.fence,
            "owner": row.owner,
            "key": row.key,
            "body_hash": row.body_hash,
            "started_at": now,
        }
        for row in rows
    ]
    connection.execute(_OPEN, values)


def close_attempt(
    connection: Connection,
    row: DeliveryRow,
    *,
    verdict: str,
    detail: str,
    now: datetime,
) -> None:
    """
    Note what came of the attempt ``row`` was claimed for.

    Where a verdict was given before, the first one stands and this one is kept
    beside it as ``late``.
    """
    mine = {"delivery": row.id, "count": row.attempts}
    values = {"verdict": verdict, "detail": detail, "ended_at": now}
    if connection.execute(_CLOSE, mine | values).rowcount == 0:
        connection.execute(_ADD, mine | {"late": f"{verdict}: {detail}"})


def close_attempts(
    connection: Connection,
    said: Sequence[tuple[DeliveryRow, str]],
    *,
    verdict: str,
    now: datetime,
) -> None:
    """Note of several attempts, none of which has a verdict yet, one and the same."""
    values = [
        {
            "delivery": row.id,
            "count": row.attempts,
            "verdict": verdict,
            "detail": detail,
            "ended_at": now,
        }
        for row, detail in said
    ]
    connection.execute(_CLOSE, values)


# Built once: every try asks for them.
_MINE = and_(
    attempts.c.delivery_id == bindparam("delivery"),
    attempts.c.number == bindparam("count"),
)
_OPEN = insert(attempts)
_CLOSE = update(attempts).where(_MINE, attempts.c.ended_at.is_(None))
_ADD = update(attempts).where(_MINE)
