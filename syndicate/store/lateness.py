"""How late the outbox is: what ought to have left and has not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from syndicate.model import DeliveryState
from syndicate.store.switches import find_pauses
from syndicate.store.tables import alerts, deliveries

WAITING = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.RETRACTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """What waits for one channel beyond its time."""

    channel: str
    deliveries: int
    since: datetime  # UTC; when the oldest of them ought to have left


def find_lateness(
    connection: Connection, *, now: datetime, beyond: timedelta = timedelta(0)
) -> list[Lateness]:
    """
    Give the channels that are told too late, the latest first.

    A delivery that was tried in vain has been due since its first try, however often
    its next one was put off. What a person paused is not late, nor are pings of hubs.

    Args:
        connection: Any transaction.
        now: The time, UTC.
        beyond: Lateness that is no matter.
    """
    pauses = [each.channel for each in find_pauses(connection)]
    if None in pauses:
        return []
    since = _due_since()
    late = (
        select(deliveries.c.channel, func.count(), func.min(since))
        .join(alerts, alerts.c.id == deliveries.c.alert_id)
        .where(
            deliveries.c.state.in_(WAITING),
            deliveries.c.channel.not_in(pauses),
            alerts.c.is_ping.is_(False),
            since < now - beyond,
        )
        .group_by(deliveries.c.channel)
        .order_by(func.min(since))
    )
    return [
        Lateness(channel=channel, deliveries=number, since=first)
        for channel, number, first in connection.execute(late)
    ]


def count_deliveries(connection: Connection) -> dict[tuple[str, ...], int]:
    """Give how many deliveries there are, by channel and state."""
    columns = deliveries.c.channel, deliveries.c.state
    counted = select(*columns, func.count()).group_by(*columns)
    return {
        (channel, state.value): count
        for channel, state, count in connection.execute(counted)
    }


def _due_since() -> ColumnElement[datetime]:
    """
    Give when a delivery became due.

    After one try a person may have put it back into the queue; the time of that try
    then says nothing.
    """
    tried = and_(
        deliveries.c.attempts > 1,
        deliveries.c.state != DeliveryState.RETRACTING,
        deliveries.c.first_attempt_at < deliveries.c.due_at,
    )
    return case((tried, deliveries.c.first_attempt_at), else_=deliveries.c.due_at)
