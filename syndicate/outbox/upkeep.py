"""
What lanes have done every second for all that waits, and for all that is being sent.

Each looks first whether there is anything to do: on SQLite a transaction that writes
keeps every other writer waiting.
"""

from collections.abc import Iterable, Mapping, Sequence

from syndicate.model import Limits
from syndicate.outbox.attempt import Flight, Terms
from syndicate.outbox.expire import expire
from syndicate.outbox.owner import is_gone
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.set_back import bring_forward
from syndicate.store.deliveries import any_late, change
from syndicate.store.leases import lease_end
from syndicate.store.turns import any_put_off


def renew(terms: Terms, held: Iterable[Flight]) -> None:
    """Lengthen the leases of those sends that take their time."""
    for flight in (each for each in held if each.age() > each.deadline / 2):
        now, lease = terms.now(), flight.deadline * 2
        with terms.store.begin() as connection:
            until = lease_end(connection, lease, now=now)
            change(connection, flight.row, {"lease_until": until})


def take_up(
    terms: Terms, held: Sequence[Flight], *, limits: Mapping[str, Limits]
) -> bool:
    """
    Settle what processes that have ended left half sent.

    Args:
        terms: What all lanes share.
        held: What the lanes of this process hold.
        limits: Of each configured channel, by name.

    Returns:
        Whether there was any.
    """
    now, in_hand = terms.now(), [flight.row.id for flight in held]
    with terms.store.read() as connection:
        orphans = find_orphans(
            connection,
            in_hand=in_hand,
            now=now,
            is_gone=lambda owner: _is_gone(terms, owner),
        )
    if not orphans:
        return False
    with terms.store.begin() as connection:
        rescue(connection, limits, orphans=orphans, policy=terms.policy, now=now)
    return True


def _is_gone(terms: Terms, owner: str) -> bool:
    """Who leads on SQLite knows that nobody else sends."""
    return owner != terms.owner if terms.store.path else is_gone(owner)


def keep_time(terms: Terms) -> bool:
    """
    End what waited too long, and let go what waits because the clock was set back.

    Returns:
        Whether anything was let go.
    """
    now = terms.now()
    with terms.store.read() as connection:
        is_late = any_late(connection, now=now)
        is_put_off = any_put_off(connection, now=now)
    if is_late:
        with terms.store.begin() as connection:
            expire(connection, now=now)
    if is_put_off:
        with terms.store.begin() as connection:
            bring_forward(connection, now=now)
    return is_put_off
