"""The outbox's rows: one alert for one channel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    Interval,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from syndicate.model import Act, DeliveryState
from syndicate.store.columns import UtcTime
from syndicate.store.lanes import WAITING, wait_of
from syndicate.store.switches import STOPPING, pause_of
from syndicate.store.tables import deliveries
from syndicate.store.threads import FREE

OPEN = (DeliveryState.HELD, DeliveryState.QUEUED)
AT_ONCE = 10  # doubts asked about in one round


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A row of ``deliveries``, as it was read. Times are UTC."""

    id: int
    alert_id: int
    channel: str
    kind: str
    revision: int
    state: DeliveryState
    changed_at: datetime  # when ``state`` last changed
    priority: int  # higher goes first
    due_at: datetime
    not_after: datetime | None
    key: str
    body: str
    body_hash: str
    text: str
    fence: int
    owner: str | None
    lease_until: datetime | None
    attempts: int
    first_attempt_at: datetime | None
    ambiguous: bool  # some attempt may have arrived
    key_until: datetime | None
    remote_id: str | None
    remote_url: str | None
    last_error: str | None
    looks: int = 0  # since it is in doubt: how often its channel was asked in vain
    act: Act = Act.SEND
    target_id: int | None = None  # number of the delivery that the act is about


def add_deliveries(
    connection: Connection, rows: Sequence[Mapping[str, Any]]
) -> Sequence[int]:
    """File deliveries and give their numbers, in the same order."""
    return connection.scalars(_ADD, list(rows)).all()


def next_in_turn(
    connection: Connection, channel: str, *, now: datetime
) -> DeliveryRow | None:
    """
    Give the delivery a lane should take now, locked, or ``None``.

    The most urgent first, then the one due longest, then the oldest. Passes over what
    another process has locked (PostgreSQL), and over what may not leave: nothing does
    while a message of the channel is under way.
    """
    return next(iter(_rows(connection, _NEXT, **_lane(channel, now))), None)


def next_due(connection: Connection, channel: str, *, now: datetime) -> datetime | None:
    """Give the time at which a lane will have something to do, past or to come."""
    due: datetime | None = connection.execute(_SOONEST, _lane(channel, now)).scalar()
    if due is None:  # nothing, or nothing yet
        return wait_of(connection, channel, now=now)
    return due


def any_late(connection: Connection, *, now: datetime) -> bool:
    """Tell whether ``find_late`` would find anything."""
    first = select(deliveries.c.id).where(_late(now)).limit(1)
    return connection.scalar(first) is not None


def find_late(connection: Connection, *, now: datetime) -> list[DeliveryRow]:
    """Give, locked, what waits in vain: past its not-after, or its key forgotten."""
    late = select(deliveries).where(_late(now)).order_by(deliveries.c.id)
    return _rows(connection, late.with_for_update(skip_locked=True))


def find_sending(
    connection: Connection, numbers: Collection[int] | None = None
) -> list[DeliveryRow]:
    """
    Give what is under way, in the order it was filed.

    Args:
        connection: Any transaction.
        numbers: Only these, and locked for a transaction that writes.
    """
    found = select(deliveries).where(deliveries.c.state == DeliveryState.SENDING)
    if numbers is not None:
        found = found.where(deliveries.c.id.in_(numbers))
        found = found.with_for_update(skip_locked=True)
    return _rows(connection, found.order_by(deliveries.c.id))


def lease_clock(connection: Connection, *, now: datetime) -> datetime:
    """
    Give the time by which leases end, UTC.

    On PostgreSQL the server's: the clocks of the machines that send need not agree.
    On SQLite ``now``.
    """
    if connection.dialect.name == "sqlite":
        return now
    moment: datetime | None = connection.scalar(_SERVER_TIME)
    return moment or now


def lease_end(connection: Connection, lease: timedelta, *, now: datetime) -> Any:
    """Give what to write for the end of a lease that begins now, by that clock."""
    if connection.dialect.name == "sqlite":
        return now + lease
    return func.clock_timestamp() + literal(lease, Interval)


def find_doubts(
    connection: Connection,
    channel: str,
    *,
    now: datetime,
    looks: int,
    within: timedelta,
) -> list[DeliveryRow]:
    """
    Give a channel's doubts that it is to be asked about now, oldest first.

    Args:
        connection: Any transaction.
        channel: The channel's name.
        now: The time, UTC.
        looks: Those it was asked about as often as this are left out.
        within: Those in doubt for longer are left out, too.
    """
    doubts = select(deliveries).where(
        deliveries.c.state == DeliveryState.IN_DOUBT,
        deliveries.c.channel == channel,
        deliveries.c.due_at <= now,
        deliveries.c.changed_at > now - within,
        deliveries.c.looks < looks,
    )
    return _rows(connection, doubts.order_by(deliveries.c.id).limit(AT_ONCE))


def find_of_alert(connection: Connection, alert_id: int) -> list[DeliveryRow]:
    """Give an alert's deliveries, locked, in the order they were filed."""
    of_alert = select(deliveries).where(deliveries.c.alert_id == alert_id)
    return _rows(connection, of_alert.order_by(deliveries.c.id).with_for_update())


def find_of_alerts(
    connection: Connection, alerts: Collection[int]
) -> list[DeliveryRow]:
    """Give the deliveries of several alerts, locked, the newest first."""
    of_them = select(deliveries).where(deliveries.c.alert_id.in_(alerts))
    newest = of_them.order_by(deliveries.c.id.desc())
    return _rows(connection, newest.with_for_update())


def find_queued(connection: Connection, channel: str) -> list[DeliveryRow]:
    """Give, locked, what waits for a channel, oldest first."""
    waiting = select(deliveries).where(
        deliveries.c.state == DeliveryState.QUEUED, deliveries.c.channel == channel
    )
    ordered = waiting.order_by(deliveries.c.id)
    return _rows(connection, ordered.with_for_update(skip_locked=True))


def find_delivery(connection: Connection, number: int) -> DeliveryRow | None:
    """Give one delivery, locked."""
    return next(iter(_rows(connection, _ONE, number=number)), None)


def change(connection: Connection, row: DeliveryRow, values: Mapping[str, Any]) -> bool:
    """
    Write ``values`` unless the delivery has moved on since ``row`` was read.

    Returns:
        Whether it was written. If not, somebody else owns it or has settled it.
    """
    as_read = {"its_id": row.id, "its_fence": row.fence, "its_state": row.state}
    asked = {k: each for k, each in values.items() if isinstance(each, ClauseElement)}
    given = {k: each for k, each in values.items() if k not in asked}
    changed = _UNMOVED.values(asked) if asked else _UNMOVED
    return connection.execute(changed, as_read | given).rowcount == 1


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(
        deliveries.c.state.in_(OPEN),
        or_(deliveries.c.not_after < now, deliveries.c.key_until <= now),
    )


def _rows(
    connection: Connection, query: Select[Any], **values: Any
) -> list[DeliveryRow]:
    return [DeliveryRow(**row) for row in connection.execute(query, values).mappings()]


def _lane(channel: str, now: datetime) -> dict[str, Any]:
    return {"channel": channel, "now": now, "pause": pause_of(channel)}


# Built once: every delivery asks for these.
_ADD = insert(deliveries).returning(deliveries.c.id, sort_by_parameter_order=True)
_ONE = select(deliveries).where(deliveries.c.id == bindparam("number"))
_ONE = _ONE.with_for_update()
_UNMOVED = update(deliveries).where(
    deliveries.c.id == bindparam("its_id"),
    deliveries.c.fence == bindparam("its_fence"),
    deliveries.c.state == bindparam("its_state"),
)

_SERVER_TIME = select(func.clock_timestamp(type_=UtcTime))
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
    .limit(1)
    .with_for_update(skip_locked=True)
)
_SOONEST = select(func.min(deliveries.c.due_at)).where(_MAY_LEAVE)
