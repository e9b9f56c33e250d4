"""Who holds what is under way, and until when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Interval, bindparam, func, literal, select

from syndicate.model import DeliveryState
from syndicate.store.columns import UtcTime
from syndicate.store.deliveries import DeliveryRow, rows
from syndicate.store.tables import deliveries


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
    return rows(connection, found.order_by(deliveries.c.id))


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


def still_held(
    connection: Connection, taken: Collection[DeliveryRow]
) -> list[DeliveryRow]:
    """Give those deliveries, locked, that are still under way as they were claimed."""
    numbers = {"numbers": [row.id for row in taken]}
    fences = {row.id: row.fence for row in connection.execute(_HELD, numbers)}
    return [row for row in taken if fences.get(row.id) == row.fence]


_HELD = (
    select(deliveries.c.id, deliveries.c.fence)
    .where(
        deliveries.c.id.in_(bindparam("numbers", expanding=True)),
        deliveries.c.state == DeliveryState.SENDING,
    )
    .order_by(deliveries.c.id)  # two who lock several wait for nobody in a circle
    .with_for_update()
)
_SERVER_TIME = select(func.clock_timestamp(type_=UtcTime))
