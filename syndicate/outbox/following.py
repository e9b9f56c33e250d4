"""
What an act waits for, and what becomes of it when its message ends otherwise than sent.

    the message was        a correction              a retraction
    never told             an edit is sent as new    cancelled
                           a deletion is cancelled
    left unknown, or seen
    without its number     cancelled                 cancelled

A notice and a reply of a correction go in any case: they say what holds.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from syndicate.model import Act, DeliveryState
from syndicate.store import deliveries
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.tables import alerts
from syndicate.store.tables import deliveries as table

LEADS = frozenset(
    {
        DeliveryState.SENT,
        DeliveryState.FAILED,
        DeliveryState.EXPIRED,
        DeliveryState.CANCELLED,
    }
)
"""States in which what waits for a message may have to be thought over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """An act that waits for the delivery it is about."""

    row: DeliveryRow
    retracts: bool
    is_ambiguous: bool  # the delivery it is about may have arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What becomes of an act: another one, or its end."""

    act: Act | None
    reason: str


def find(connection: Connection, row: DeliveryRow) -> list[Follower]:
    """Give, locked, the acts that wait for a delivery."""
    found = []
    for each in connection.execute(_WAITING, {"target": row.id}).mappings():
        fields = dict(each)
        retracts = fields.pop("retracts") is not None
        found.append(
            Follower(
                row=DeliveryRow(**fields), retracts=retracts, is_ambiguous=row.ambiguous
            )
        )
    return found


def waited_for(connection: Connection, numbers: Collection[int]) -> set[int]:
    """Give those of some deliveries that acts wait for."""
    return set(connection.scalars(_WAITED_FOR, {"numbers": list(numbers)}))


def after(follower: Follower, ended: DeliveryState, *, is_known: bool) -> Way | None:
    """
    Say what becomes of an act when the delivery it is about has ended. Pure.

    Args:
        follower: The act.
        ended: The state of what it is about.
        is_known: Whether the number is known that the channel gave its message.

    Returns:
        ``None``: it goes ahead.
    """
    act = follower.row.act
    unreachable = "it arrived, but nobody knows its number"
    if follower.is_ambiguous and ended is not DeliveryState.SENT:
        unreachable, is_known = "whether it arrived is unknown", False
    elif ended is not DeliveryState.SENT:
        return _never_arrived(follower)
    return Way(act=None, reason=unreachable) if act.is_change and not is_known else None


def _never_arrived(follower: Follower) -> Way | None:
    act = follower.row.act
    if follower.retracts or act is Act.DELETE:
        return Way(act=None, reason="it never arrived")
    if act is Act.EDIT:
        return Way(act=Act.SEND, reason="what it corrects never arrived")
    return None


def target_of(connection: Connection, row: DeliveryRow) -> DeliveryRow | None:
    """Give, locked, the delivery whose message an act changes."""
    if row.target_id is None or not row.act.is_change:
        return None
    # The act first, always: two who lock both in one order wait for nobody in a circle.
    deliveries.find_delivery(connection, row.id)
    return deliveries.find_delivery(connection, row.target_id)


# Built once: every settled delivery asks for it.
_WAITING = (
    select(table, alerts.c.retracts)
    .join(alerts, alerts.c.id == table.c.alert_id)
    .where(
        table.c.target_id == bindparam("target"),
        table.c.state == DeliveryState.QUEUED,
    )
    .order_by(table.c.id)
    .with_for_update(of=table)
)
_WAITED_FOR = select(table.c.target_id).where(
    table.c.target_id.in_(bindparam("numbers", expanding=True)),
    table.c.state == DeliveryState.QUEUED,
)
