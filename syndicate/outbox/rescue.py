"""
Taking up what a stopped process left half sent.

A delivery that is ``sending`` and whose sender is gone may have arrived: the attempt's
row was committed before its first byte, and no verdict after. So it is settled as any
try without a verdict: a channel that remembers keys is asked again with the same key
and the same bytes, every other delivery is in doubt until it was asked about or a
person has looked.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from syndicate.errors import InDoubtError
from syndicate.model import Limits
from syndicate.outbox.move import settle
from syndicate.outbox.owner import is_gone
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import settlement
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.leases import find_sending, lease_clock

log = logging.getLogger(__name__)

UNKNOWN = Limits(text=1)
"""Of a channel that is configured no more: nothing can be presumed of it."""

Owns = Callable[[str], bool]


def find_orphans(
    connection: Connection,
    *,
    in_hand: Collection[int],
    now: datetime,
    is_gone: Owns = is_gone,
) -> list[DeliveryRow]:
    """
    Give what nobody sends any more: its lease has ended, or its sender has.

    Args:
        connection: Any transaction.
        in_hand: Deliveries this process holds: alive, whatever their leases say.
        now: The time, UTC. On PostgreSQL the server's counts.
        is_gone: Tells whether an owner is known to have ended.
    """
    sending = [r for r in find_sending(connection) if r.id not in in_hand]
    if not sending:
        return []
    moment = lease_clock(connection, now=now)
    return [
        row
        for row in sending
        if row.lease_until is None
        or row.lease_until <= moment
        or is_gone(row.owner or "")
    ]


def rescue(
    connection: Connection,
    limits: Mapping[str, Limits],
    *,
    orphans: Collection[DeliveryRow],
    policy: Policy,
    now: datetime,
) -> int:
    """
    Settle deliveries without a sender, unless they have moved on since they were read.

    Args:
        connection: A transaction that writes.
        limits: Of each configured channel, by name.
        orphans: As ``find_orphans`` gave them.
        policy: The lanes'.
        now: The time, UTC.

    Returns:
        How many there were.
    """
    fences = {row.id: row.fence for row in orphans}
    leases = {row.id: row.lease_until for row in orphans}
    held = [
        row
        for row in find_sending(connection, fences)
        if (row.fence, row.lease_until) == (fences[row.id], leases[row.id])
    ]
    for row in held:
        made = settlement(
            InDoubtError("its sender stopped before a verdict came"),
            row,
            limits=limits.get(row.channel, UNKNOWN),
            policy=policy,
            now=now,
            draw=0.0,
        )
        settle(connection, row, made, now=now)
        said = (made.state.replace("_", " "), row.alert_id, row.channel)
        log.warning("%-9salert %d, %s: %s", *said, made.detail)
    return len(held)
