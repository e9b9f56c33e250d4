"""The outbox's rows: one alert for one channel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    or_,
    select,
    update,
)

from syndicate.model import Act, DeliveryState
from syndicate.store.tables import deliveries

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
    recipient: str | None = None  # where the channel has many

    @property
    def lane(self) -> str:
        """Whose waits and failures are its own: the channel's, or the recipient's."""
        return lane_of(self.channel, self.recipient)


def lane_of(channel: str, recipient: str | None) -> str:
    """Give the name under which waits and failures are kept."""
    return channel if recipient is None else f"{channel}/{recipient}"


def any_late(connection: Connection, *, now: datetime) -> bool:
    """Tell whether ``find_late`` would find anything."""
    return is_any(connection, _late(now))


def find_late(connection: Connection, *, now: datetime) -> list[DeliveryRow]:
    """Give, locked, what waits in vain: past its not-after, or its key forgotten."""
    return locked(connection, _late(now))


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
    return rows(connection, doubts.order_by(deliveries.c.id).limit(AT_ONCE))


def find_of_alert(connection: Connection, alert_id: int) -> list[DeliveryRow]:
    """Give an alert's deliveries, locked, in the order they were filed."""
    of_alert = select(deliveries).where(deliveries.c.alert_id == alert_id)
    return rows(connection, of_alert.order_by(deliveries.c.id).with_for_update())


def find_of_alerts(
    connection: Connection, alerts: Collection[int]
) -> list[DeliveryRow]:
    """Give the deliveries of several alerts, locked, the newest first."""
    of_them = select(deliveries).where(deliveries.c.alert_id.in_(alerts))
    newest = of_them.order_by(deliveries.c.id.desc())
    return rows(connection, newest.with_for_update())


def find_queued(connection: Connection, channel: str) -> list[DeliveryRow]:
    """Give, locked, what waits for a channel, oldest first."""
    queued = deliveries.c.state == DeliveryState.QUEUED
    return locked(connection, and_(queued, deliveries.c.channel == channel))


def find_delivery(connection: Connection, number: int) -> DeliveryRow | None:
    """Give one delivery, locked."""
    return next(iter(rows(connection, _ONE, number=number)), None)


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


def mark_sent(
    connection: Connection, settled: Sequence[Mapping[str, Any]], *, now: datetime
) -> None:
    """
    Note that several deliveries have arrived. ``leases.still_held`` has locked them.

    Args:
        connection: A transaction that writes.
        settled: Of each ``its_id``, ``its_fence``, ``remote_id``, ``remote_url`` and
            ``last_error``.
        now: The time, UTC.
    """
    connection.execute(_SENT, [{**each, "changed_at": now} for each in settled])


def _late(now: datetime) -> ColumnElement[bool]:
    return and_(
        deliveries.c.state.in_(OPEN),
        or_(deliveries.c.not_after < now, deliveries.c.key_until <= now),
    )


def is_any(connection: Connection, which: ColumnElement[bool]) -> bool:
    """Tell whether there is a delivery of which something is true."""
    first = select(deliveries.c.id).where(which).limit(1)
    return connection.scalar(first) is not None


def locked(connection: Connection, which: ColumnElement[bool]) -> list[DeliveryRow]:
    """Give, locked, those of which something is true and that nobody else has locked."""
    those = select(deliveries).where(which).order_by(deliveries.c.id)
    return rows(connection, those.with_for_update(skip_locked=True))


def rows(
    connection: Connection, query: Select[Any], **values: Any
) -> list[DeliveryRow]:
    """Give what a query of the whole table finds."""
    return [DeliveryRow(**row) for row in connection.execute(query, values).mappings()]


# Built once: every delivery asks for these.
_ONE = select(deliveries).where(deliveries.c.id == bindparam("number"))
_ONE = _ONE.with_for_update()
_MINE = and_(
    deliveries.c.id == bindparam("its_id"),
    deliveries.c.fence == bindparam("its_fence"),
)
_UNMOVED = update(deliveries).where(_MINE, deliveries.c.state == bindparam("its_state"))
_SENT = (
    update(deliveries)
    .where(_MINE, deliveries.c.state == DeliveryState.SENDING)
    .values(
        state=DeliveryState.SENT,
        owner=None,
        lease_until=None,
        ambiguous=False,
        key_until=None,
    )
)
