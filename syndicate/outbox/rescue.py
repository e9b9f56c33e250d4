"""
Taking up what a stopped process left half sent.

A delivery that is ``sending`` and whose sender is gone may have arrived: the attempt's
row was committed before its first byte, and no verdict after. So it is settled as any
try without a verdict: a channel that remembers keys is asked again with the same key
and the same bytes, every other delivery is in doubt until a person has looked.
"""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from syndicate.errors import InDoubtError
from syndicate.model import Limits
from syndicate.outbox.move import settle
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import settlement
from syndicate.store import deliveries

log = logging.getLogger(__name__)

UNKNOWN = Limits(text=1)
"""Of a channel that is configured no more: nothing can be presumed of it."""


def rescue(
    connection: Connection,
    limits: Mapping[str, Limits],
    *,
    owner: str,
    policy: Policy,
    now: datetime,
) -> int:
    """
    Settle what others than ``owner`` were sending. Only for who holds the sending right.

    Running it twice does no more than running it once.

    Args:
        connection: A transaction that writes.
        limits: Of each configured channel, by name.
        owner: Whose sends are known to be alive.
        policy: The lanes'.
        now: The time, UTC.

    Returns:
        How many there were.
    """
    orphans = deliveries.find_sending(connection, but_of=owner)
    for row in orphans:
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
    return len(orphans)
