"""Tries at deliveries: evidence that is added to and never taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from syndicate.store.deliveries import DeliveryRow
from syndicate.store.tables import attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptRow:
    """A row of ``attempts``. Times are UTC."""

    id: int
    delivery_id: int
    number: int  # counted from 1
    fence: int
    owner: str
    key: str
    body_hash: str
    started_at: datetime
    ended_at: datetime | None  # None: no verdict came, or not yet
    verdict: str | None
    detail: str | None  # the error, or the remote id
    late: str | None  # what still came after a verdict was given


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


def find_attempts(connection: Connection, delivery_id: int) -> list[AttemptRow]:
    """Give a delivery's attempts, oldest first."""
    mine = select(attempts).where(attempts.c.delivery_id == delivery_id)
    rows = connection.execute(mine.order_by(attempts.c.number)).mappings()
    return [AttemptRow(**row) for row in rows]


# Built once: every try asks for them.
_MINE = and_(
    attempts.c.delivery_id == bindparam("delivery"),
    attempts.c.number == bindparam("count"),
)
_OPEN = insert(attempts)
_CLOSE = update(attempts).where(_MINE, attempts.c.ended_at.is_(None))
_ADD = update(attempts).where(_MINE)
