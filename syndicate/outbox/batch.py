"""
Several tries on one channel, taken together and written down together.

Each delivery has its own attempt, lease, fence, key and audit rows; what they share is two
transactions, one before the first byte of the first and one after the last verdict. Only
a channel that tells a repeat by its key is handed more than one: when its sender is
killed, all of them are sent again with the keys they had.
See docs/decisions/0028-many-at-a-time.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from syndicate.errors import DeliveryError
from syndicate.model import Limits, Memory, Receipt
from syndicate.outbox.attempt import Flight
from syndicate.outbox.settle import Outcome

MOST = 100
LASTS = timedelta(milliseconds=250)
"""What has not begun by then is given back: something urgent may have come."""

QUICK, SLOW = timedelta(milliseconds=50), timedelta(milliseconds=100)
LONG_MEMORY = timedelta(hours=1)

Tried = tuple[Flight, Outcome | None]
"""A delivery and what came of it; ``None``: it was not begun."""


def most_of(limits: Limits) -> int:
    """Say how many deliveries of a channel may be taken at once."""
    keyed = limits.memory is Memory.KEYED and limits.remembers_key_for >= LONG_MEMORY
    return MOST if keyed or limits.memory is Memory.HARMLESS else 1


@dataclass(slots=True)
class Pace:
    """
    How many a lane takes next: about as many as its channel takes in 50 ms.

    A channel that needs a while for each is handed one at a time, as it comes.
    """

    limit: int
    most: int = 1

    def note(self, outcomes: Sequence[Outcome], took: timedelta) -> None:
        """Learn from a batch."""
        if not all(isinstance(outcome, Receipt) for outcome in outcomes):
            self.most = 1
        elif took > SLOW:
            self.most = max(self.most // 2, 1)
        elif took < QUICK and len(outcomes) == self.most:
            self.most = min(self.most * 2, self.limit)


@dataclass(slots=True, eq=False)
class Batch:
    """Deliveries claimed together. One thread sends them, another may give them up."""

    flights: Sequence[Flight]
    outcomes: list[Outcome] = field(default_factory=list)
    _began: float = field(default_factory=monotonic)
    _since: float | None = None  # when the send that is under way began
    _is_given_up: bool = False
    _lock: Lock = field(default_factory=Lock)

    def begin(self) -> None:
        """Note that the next send begins."""
        self._since = monotonic()

    def end(self, outcome: Outcome) -> bool:
        """
        Note what came of it.

        Returns:
            Whether that still counts. If not, the batch was given up meanwhile.
        """
        with self._lock:
            if not self._is_given_up:
                self.outcomes.append(outcome)
            self._since = None
            return not self._is_given_up

    def give_up(self, outcome: DeliveryError) -> bool:
        """
        End a send that does not come back, and begin no other.

        Returns:
            Whether one was under way. If not, all is as it was.
        """
        with self._lock:
            if self._since is None or self._is_given_up:
                return False
            self.outcomes.append(outcome)
            self._is_given_up = True
            return True

    def is_late(self, now: datetime) -> bool:
        """Tell whether the next one is past the time until which it is news."""
        not_after = self.flights[len(self.outcomes)].row.not_after
        return not_after is not None and not_after < now

    def age(self) -> timedelta:
        """Time since it was claimed."""
        return timedelta(seconds=monotonic() - self._began)

    def is_overdue(self) -> bool:
        """
        Tell whether the send that is under way is long past its deadline.

        A tenth is allowed on top: a channel that ends its own try knows more about it.
        """
        since, deadline = self._since, self.flights[0].deadline
        if since is None or self._is_given_up:
            return False
        return timedelta(seconds=monotonic() - since) > deadline * 1.1

    def verdicts(self) -> list[Tried]:
        """Give what is to be written down: what was sent first, then what was not."""
        done = len(self.outcomes)
        sent = zip(self.flights[:done], self.outcomes, strict=True)
        return [*sent, *((flight, None) for flight in self.flights[done:])]
