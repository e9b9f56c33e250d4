"""What went out on a channel that charges for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from syndicate.model import Act, DeliveryState
from syndicate.store.tables import deliveries

ARRIVED = (
    DeliveryState.SENT,
    DeliveryState.RETRACTING,
    DeliveryState.RETRACTED,
    DeliveryState.IN_DOUBT,  # it may have, and then it was charged
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """A delivery that was charged, or may have been."""

    channel: str
    act: Act
    body: str


def find_charged(
    connection: Connection, channels: Collection[str], *, since: datetime
) -> Iterator[Charged]:
    """Give what went out on some channels since a moment, UTC, as it was sent."""
    d = deliveries.c
    rows = connection.execute(
        select(d.channel, d.act, d.body).where(
            d.channel.in_(channels),
            d.state.in_(ARRIVED),
            d.first_attempt_at >= since,
        )
    )
    return (Charged(**row) for row in rows.mappings())
