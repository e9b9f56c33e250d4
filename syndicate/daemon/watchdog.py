"""
Notices that time did not pass as it should: a clock that was set, a process that slept.

APScheduler counts by the clock on the wall. Set back by an hour, its jobs would rest for
that hour; so whoever waits is told, and looks again at once.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from syndicate.outbox.beat import Beat

log = logging.getLogger(__name__)

EVERY = timedelta(milliseconds=500)
JUMP = 2.0  # seconds the clock may differ from the time that passed
SLEEP = 5.0  # seconds in which nobody else came round either


class Watchdog:
    """Looks twice a second."""

    def __init__(
        self,
        wake: Callable[[], None],
        *,
        wall: Callable[[], float] = time.time,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        """
        Prepare it.

        Args:
            wake: Called, on its thread, when time made a leap.
            wall: Gives the time of day in seconds.
            passed: Gives the seconds that have passed, whatever the clock was set to.
        """
        self.leaps = 0
        self._wake = wake
        self._wall = wall
        self._passed = passed
        self._before = wall(), passed()
        self.beat = Beat("watchdog", self.look, every=EVERY)

    def look(self) -> None:
        """Compare both times with the last look's."""
        wall, passed = self._wall(), self._passed()
        by_wall, by_passed = wall - self._before[0], passed - self._before[1]
        self._before = wall, passed
        if abs(by_wall - by_passed) > JUMP:
            log.warning("the clock was set by %+.0f s", by_wall - by_passed)
        elif by_passed > SLEEP:
            log.warning("this process stood still for %.0f s", by_passed)
        else:
            return
        self.leaps += 1
        self._wake()


@contextmanager
def minding(wake: Callable[[], None]) -> Iterator[Watchdog]:
    """Have somebody woken, while the block lasts, whenever time makes a leap."""
    dog = Watchdog(wake)
    dog.beat.start()
    try:
        yield dog
    finally:
        dog.beat.stop()
