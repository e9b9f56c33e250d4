"""
One try at one delivery: taken, and sent.

The claim is committed before the first byte leaves, nothing is locked while the channel
speaks, and the verdict is written after, by ``record.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from time import monotonic
from typing import Any

from syndicate.channels.base import Channel
from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError
from syndicate.outbox.claim import Lease, claim, claim_abreast
from syndicate.outbox.meter import Meter
from syndicate.outbox.perform import perform
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What all lanes of a process share."""

    store: Store
    owner: str  # this process, as the ledger names it
    now: Callable[[], datetime]  # UTC
    draw: Callable[[], float]  # random, from 0 up to but not including 1
    policy: Policy
    meter: Meter = field(default_factory=Meter)


@dataclass(frozen=True, slots=True)
class Flight:
    """A delivery this process has claimed, and when (monotonic seconds)."""

    row: DeliveryRow
    began: float
    deadline: timedelta  # of one try, as its channel has it
    is_again: bool = False  # tried before, or to a recipient that failed lately

    def age(self) -> timedelta:
        """Time since it was claimed."""
        return timedelta(seconds=monotonic() - self.began)


def take(
    terms: Terms, name: str, channel: Channel[Any], *, most: int = 1
) -> list[Flight]:
    """
    Claim what is to be sent next, on leases of twice the channel's deadline.

    Args:
        terms: What all lanes share.
        name: The channel's.
        channel: The channel.
        most: At most so many; more than 1 only as ``claim`` says.

    Raises:
        StoreError: The database failed; nothing was claimed.
    """
    began = monotonic()
    with terms.store.begin() as connection:
        lease = _lease(terms, channel)
        rows = claim(connection, name, lease, rate=channel.rate, most=most)
    return [Flight(row, began, channel.deadline) for row in rows]


def take_abreast(
    terms: Terms, name: str, channel: Channel[Any], *, most: int, again: int = 0
) -> list[Flight]:
    """
    Claim what is to be sent next to many recipients, as ``take`` does.

    Args:
        terms: What all lanes share.
        name: The channel's.
        channel: The channel.
        most: At most so many that are tried for the first time.
        again: At most so many others.

    Raises:
        StoreError: The database failed; nothing was claimed.
    """
    began = monotonic()
    with terms.store.begin() as connection:
        lease = _lease(terms, channel)
        return [
            Flight(row, began, channel.deadline, is_again)
            for is_again, count in ((False, most), (True, again))
            if count > 0
            for row in claim_abreast(
                connection, name, lease, most=count, again=is_again
            )
        ]


def _lease(terms: Terms, channel: Channel[Any]) -> Lease:
    """Give a channel the time of two tries, from now on: the store may have kept us."""
    return Lease(owner=terms.owner, now=terms.now(), length=channel.deadline * 2)


def send(flight: Flight, channel: Channel[Any]) -> Outcome:
    """
    Hand the body to the channel, if that may still be done.

    A process that was frozen until near the end of its lease does not begin: another
    may be about to take over.

    Never raises: what a channel raises that is no verdict proves nothing, and counts as
    a doubt. Its words are not kept: they may hold a secret.
    """
    try:
        return obstacle(flight) or perform(flight.row, channel)
    except DeliveryError as error:
        return error
    except BaseException as error:  # noqa: BLE001, a channel may be anybody's code
        return InDoubtError(f"the channel broke off: {type(error).__name__}")


def obstacle(flight: Flight) -> DeliveryError | None:
    """Say why a delivery must not begin, if it must not."""
    row = flight.row
    if sha256(row.body.encode()).hexdigest() != row.body_hash:
        return RejectedError("the stored body is not the one that was accepted")
    if flight.age() > flight.deadline * 5 / 3:
        return NotSentError(
            "this process stood still until its lease had all but ended"
        )
    return None
