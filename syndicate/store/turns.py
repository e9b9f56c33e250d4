"""Whose turn it is: what a lane may take next, and the taking."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)

from syndicate.model import DeliveryState
from syndicate.store.columns import UtcTime
from syndicate.store.deliveries import DeliveryRow, is_any, locked, rows
from syndicate.store.lanes import WAITING, wait_of
from syndicate.store.leases import lease_end
from syndicate.store.switches import STOPPING, pause_of
from syndicate.store.tables import deliveries, lanes
from syndicate.store.threads import FREE

A_LITTLE, A_LOT = timedelta(seconds=5), timedelta(minutes=5)
"""How far the clocks of several machines may differ before a wait means nothing: that of
what is due at once, and the longest there is between two tries."""


def next_in_turn(
    connection: Connection, channel: str, *, now: datetime, most: int = 1
) -> list[DeliveryRow]:
    """
    Give what a lane should take now, locked, in the order in which it should be sent.

    The most urgent first, then the one due longest, then the oldest. Passes over what
    another process has locked (PostgreSQL), and over what may not leave: nothing does
    while a message of the channel is under way.
    """
    asked = {"channel": channel, "now": now, "pause": pause_of(channel)}
    return rows(connection, _NEXT, **asked, most=most)


def next_abreast(
    connection: Connection,
    channel: str,
    *,
    now: datetime,
    most: int,
    again: bool = False,
) -> list[DeliveryRow]:
    """
    Give what a wide lane should take now: as ``next_in_turn``, but one for a recipient.

    What is under way, and what is to be left alone, is the recipient's. ``again``: what
    was tried before, or goes to who failed lately; otherwise all else.
    """
    asked = {"channel": channel, "now": now, "pause": pause_of(channel)}
    first: dict[str | None, DeliveryRow] = {}
    statement = _AGAIN if again else _FIRST
    for row in rows(connection, statement, **asked, most=most):
        first.setdefault(row.recipient, row)
    return list(first.values())


def next_due(connection: Connection, channel: str, *, now: datetime) -> datetime | None:
    """Give the time at which a lane will have something to do, past or to come."""
    asked = {"channel": channel, "now": now, "pause": pause_of(channel)}
    due: datetime | None = connection.execute(_SOONEST, asked).scalar()
    if due is None:  # nothing, or nothing yet
        return wait_of(connection, channel, now=now)
    return due


def any_put_off(connection: Connection, *, now: datetime) -> bool:
    """Tell whether ``find_put_off`` would find anything."""
    return is_any(connection, _put_off(now))


def find_put_off(connection: Connection, *, now: datetime) -> list[DeliveryRow]:
    """Give, locked, what would wait because the clock was set back since it was written."""
    return locked(connection, _put_off(now))


def mark_sending(
    connection: Connection,
    taken: Sequence[DeliveryRow],
    *,
    owner: str,
    lease: timedelta,
    now: datetime,
) -> None:
    """Give deliveries, which are locked, to an owner: each with a fence one higher."""
    until = lease_end(connection, lease, now=now)
    numbers = [row.id for row in taken]
    values = {"numbers": numbers, "owner": owner, "now": now}
    connection.execute(_TAKE.values(lease_until=until), values)


def _put_off(now: datetime) -> ColumnElement[bool]:
    at_once = deliveries.c.due_at <= deliveries.c.changed_at
    return and_(
        deliveries.c.state == DeliveryState.QUEUED,
        deliveries.c.due_at > now,
        or_(
            and_(at_once, deliveries.c.changed_at > now + A_LITTLE),
            # A wait between two tries; nobody chose it.
            and_(deliveries.c.attempts > 0, deliveries.c.changed_at > now + A_LOT),
        ),
    )


_other = deliveries.alias()
_UNDER_WAY = select(_other.c.id).where(
    _other.c.state == DeliveryState.SENDING, _other.c.channel == bindparam("channel")
)

# Built once: every lane asks these again and again.
_MAY_LEAVE = and_(
    deliveries.c.state == DeliveryState.QUEUED,
    deliveries.c.channel == bindparam("channel"),
    or_(deliveries.c.not_after.is_(None), deliveries.c.not_after >= bindparam("now")),
    or_(deliveries.c.key_until.is_(None), deliveries.c.key_until > bindparam("now")),
    FREE,
    ~exists(STOPPING),
    ~exists(WAITING),
)
_NEXT = (
    select(deliveries)
    .where(_MAY_LEAVE, deliveries.c.due_at <= bindparam("now"), ~exists(_UNDER_WAY))
    .order_by(deliveries.c.priority.desc(), deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LANE = deliveries.c.channel + "/" + deliveries.c.recipient
_HAS_FAILED = or_(
    deliveries.c.attempts > 0,
    # Not asked row by row: few have failed, and thousands are due.
    _LANE.in_(select(lanes.c.channel).where(lanes.c.failures > 0)),
)


def _abreast(which: ColumnElement[bool]) -> Select[Any]:
    return (
        select(deliveries)
        .where(
            _MAY_LEAVE,
            deliveries.c.due_at <= bindparam("now"),
            deliveries.c.recipient.is_not(None),
            which,
            ~exists().where(
                _other.c.state == DeliveryState.SENDING,
                _other.c.channel == bindparam("channel"),
                _other.c.recipient == deliveries.c.recipient,
            ),
            ~exists().where(
                lanes.c.channel == _LANE,
                lanes.c.not_before > bindparam("now"),
                lanes.c.changed_at <= bindparam("now"),
            ),
        )
        .order_by(deliveries.c.priority.desc(), deliveries.c.due_at, deliveries.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=deliveries)
    )


_FIRST, _AGAIN = _abreast(~_HAS_FAILED), _abreast(_HAS_FAILED)
_SOONEST = select(func.min(deliveries.c.due_at)).where(_MAY_LEAVE)
_NOW = bindparam("now", type_=UtcTime)
_TAKE = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("numbers", expanding=True)))
    .values(
        state=DeliveryState.SENDING,
        changed_at=_NOW,
        fence=deliveries.c.fence + 1,
        owner=bindparam("owner"),
        attempts=deliveries.c.attempts + 1,
        first_attempt_at=func.coalesce(deliveries.c.first_attempt_at, _NOW),
    )
)
