"""
Whether the service does its work, told so that it cannot lie and cannot hang.

    said by others     the newsroom's and the feeds' faults, as they arise
    rounds             loops that no longer come round
    store, disk        looked at by a thread each; a look that does not come back is
                       itself the fault

Whoever asks gets what is known at once: nothing here waits for a disk or a database.
"""

import math
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from syndicate.daemon.disk import free_bytes, refusal
from syndicate.daemon.faults import overdue
from syndicate.daemon.figures import Figures
from syndicate.daemon.look import PATIENCE, Fault, Faults, Look
from syndicate.errors import StoreError
from syndicate.outbox.lanes import Lanes
from syndicate.store.engine import Store
from syndicate.store.lateness import Lateness, count_deliveries, find_lateness
from syndicate.store.rows import Switch
from syndicate.store.standings import find_ends
from syndicate.store.switches import find_pauses
from syndicate.words import listed, say

LATE = timedelta(seconds=30)
"""An alert that is later than this is a fault of the service."""

COUNT_EVERY = 10.0  # seconds: of a long ledger it takes a while


class Health:
    """What is known of one process. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        lanes: Lanes,
        *,
        folders: Mapping[str, Path],
        clock: Callable[[], datetime],
    ) -> None:
        """
        Prepare it.

        Args:
            store: Where the outbox is.
            lanes: Those of this process.
            folders: What must take what we write, by the key that names it.
            clock: Gives the time, UTC.
        """
        self._store = store
        self._lanes = lanes
        self._folders = folders
        self._clock = clock
        self._said: dict[str, Fault] = {}
        self._rounds: dict[str, tuple[float, timedelta]] = {}
        self._counted = -math.inf  # when deliveries were, monotonic seconds
        self.meter = lanes.meter
        self.figures = Figures()
        self.deliveries: Mapping[tuple[str, ...], int] = {}  # by channel and state
        self.ends: Mapping[str, datetime] = {}  # of credentials, by channel
        self.free: Mapping[str, int] = {}  # bytes, by key
        self.leads = True  # this process, of those that share the database
        self.pauses: tuple[Switch, ...] = ()  # as the last look found them
        self.late: tuple[Lateness, ...] = ()  # likewise; all that is late at all
        self._looks = (
            Look("store", self._at_store, "see whether the database hangs; restart it"),
            Look("disk", self._at_disk, "see whether the disk hangs; mount it again"),
        )

    def start(self) -> None:
        """Begin to look."""
        for look in self._looks:
            look.beat.start()

    def stop(self) -> None:
        """Look no more. A look that hangs is left behind."""
        for look in self._looks:
            look.beat.stop()

    def note(self, name: str, fault: Fault | None) -> None:
        """Note a fault under a name, or that it is over."""
        if fault:
            self._said[name] = fault
        else:
            self._said.pop(name, None)

    def came_round(self, loop: str, patience: timedelta = PATIENCE) -> None:
        """Note that a loop did, and when it must do so again at the latest."""
        self._rounds[loop] = monotonic(), patience

    def faults(self) -> Faults:
        """Give what keeps the service from its work, by name; empty: nothing does."""
        found = dict(self._said)
        for look in self._looks:
            found |= look.found()
        if stuck := [*self._stale(), *self._lanes.stuck()]:
            found["loops"] = Fault.of(
                "no longer come round: {loops}",
                "restart syndicate; tell us what its log says",
                loops=listed(stuck),
            )
        if troubles := self._lanes.troubles():
            why = "; ".join(troubles.values())
            found["outbox"] = Fault.of(
                "cannot work: {reason}", "mend what it names", reason=why
            )
        return found

    def paused(self) -> Mapping[str, str]:
        """Give the channels a person or a refusal has stopped, and why: no fault."""
        return {each.channel or "*": each.reason for each in self.pauses}

    def lateness(self) -> timedelta:
        """Give how late the oldest due delivery is, or was when it was last looked at."""
        if not self.late:
            return timedelta(0)
        return max(self._clock() - self.late[0].since, timedelta(0))

    def days_left(self) -> Mapping[str, float]:
        """Give the days until credentials end, by channel; below zero: they have."""
        now, day = self._clock(), timedelta(days=1)
        return {name: (end - now) / day for name, end in self.ends.items()}

    def _stale(self) -> list[str]:
        now = monotonic()
        return [
            name
            for name, (at, patience) in list(self._rounds.items())
            if now - at > patience.total_seconds()
        ]

    def _at_store(self) -> Faults:
        now = self._clock()
        try:
            with self._store.read() as connection:
                self.pauses = tuple(find_pauses(connection))
                self.late = tuple(find_lateness(connection, now=now))
                if monotonic() - self._counted > COUNT_EVERY:
                    self.deliveries = count_deliveries(connection)
                    self.ends = find_ends(connection)
                    self._counted = monotonic()
        except StoreError as error:
            mend = "mend that; syndicate goes on by itself"
            return {"store": Fault.of("{reason}", mend, reason=str(error))}
        late = [each for each in self.late if now - each.since > LATE]
        return {"late": overdue(late, now)} if late else {}

    def _at_disk(self) -> Faults:
        refused = {
            f"{key} ({path}): {say(why)}"
            for key, path in self._folders.items()
            if (why := refusal(path))
        }
        if not refused:
            self.free = {key: free_bytes(path) for key, path in self._folders.items()}
            return {}
        mend = "make room, or let syndicate write there; it goes on by itself"
        why = "; ".join(sorted(refused))
        return {"disk": Fault.of("cannot write to {places}", mend, places=why)}
