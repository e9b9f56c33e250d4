"""
Alerts and those that correct or retract them, and which delivery waits for which.

An act waits until the message it is about is settled, and every earlier act on that: the
number it was given is known then, and no old words come after new ones.
"""

from sqlalchemy import Connection, and_, exists, or_, select

from syndicate.model import Act, DeliveryState
from syndicate.store.tables import alerts, deliveries

UNDER_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)
CHANGES = (Act.EDIT, Act.DELETE)

_earlier = deliveries.alias("earlier")
_target = _earlier.c.id == deliveries.c.target_id
_in_its_way = or_(
    and_(
        _earlier.c.state.in_(UNDER_WAY),
        or_(_target, _earlier.c.target_id == deliveries.c.target_id),
    ),
    and_(
        _earlier.c.state == DeliveryState.IN_DOUBT,
        _target,
        deliveries.c.act.in_(CHANGES),  # people may be told all the same
    ),
)

FREE = or_(
    deliveries.c.target_id.is_(None),
    ~exists().where(_earlier.c.id < deliveries.c.id, _in_its_way),
)
"""Of a delivery: nothing that it is about has still to be settled."""


def is_called_off(connection: Connection, delivery_id: int) -> bool:
    """
    Tell whether a later act is about the same message as a delivery, or about its own.

    It must not be tried again, then: it would bring back what was changed or taken away.
    The caller has locked the delivery, as whoever files such an act does.
    """
    mine = deliveries.alias("mine")
    found = select(deliveries.c.id).where(
        mine.c.id == delivery_id,
        deliveries.c.id > mine.c.id,
        or_(
            deliveries.c.target_id == mine.c.id,
            deliveries.c.target_id == mine.c.target_id,
        ),
    )
    return connection.scalar(found.limit(1)) is not None


def root_of(connection: Connection, number: int) -> int | None:
    """Give the alert that one goes back to: itself, as a rule. ``None``: no such alert."""
    row = connection.execute(
        select(alerts.c.id, alerts.c.thread).where(alerts.c.id == number)
    ).one_or_none()
    return None if row is None else row.thread or row.id


def numbers_of(connection: Connection, root: int) -> list[int]:
    """Give the numbers of a thread's alerts, oldest first: the one it began with, first."""
    mine = or_(alerts.c.id == root, alerts.c.thread == root)
    return list(
        connection.scalars(select(alerts.c.id).where(mine).order_by(alerts.c.id))
    )


def retracting(connection: Connection, root: int) -> set[int]:
    """Give the numbers of those alerts of a thread that take it back."""
    mine = alerts.c.thread == root, alerts.c.retracts.is_not(None)
    return set(connection.scalars(select(alerts.c.id).where(*mine)))
