"""
A lane for a channel with many recipients: one thread, hundreds of requests in flight.

It claims what is due in one transaction, sends all of that at once on an event loop, and
writes down every tenth of a second what has ended. A recipient that hangs keeps one of
its places for two seconds, and when it is tried again, one of a few that are for those.
See docs/decisions/0031-many-recipients.md.
"""

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from resource import RLIMIT_NOFILE, getrlimit
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from syndicate.channels.base import Channel, Wide
from syndicate.errors import StoreError
from syndicate.outbox.attempt import Flight, Terms, take_abreast
from syndicate.outbox.batch import Batch, Tried
from syndicate.outbox.lane import LONGEST_REST, PATIENCE
from syndicate.outbox.loop import Loop
from syndicate.outbox.settle import Outcome
from syndicate.outbox.writing import write_down

if TYPE_CHECKING:
    from syndicate.outbox.crowd import Crowd

log = logging.getLogger(__name__)

PLACES = 500  # first tries in flight that began a moment ago
AGAIN = 100  # places of their own for whoever has failed
SLOW = timedelta(seconds=2)
"""A try that takes longer leaves its place to another: most who are slow hang."""

MOST = 1500  # in flight, whatever the system lets us open
SPARE = 200  # of the files a process may open: for all but requests
LOOKUPS = MOST  # threads, begun as they are needed: a name server may hang, too
ROUND = timedelta(milliseconds=100)


class WideLane(Loop):
    """
    Spoken to like a ``Lane``.

    Stopped, it leaves what is in flight to the next start.
    """

    def __init__(
        self, name: str, channel: Channel[Any], *, terms: Terms, may_send: Event
    ) -> None:
        """
        Prepare a lane.

        Args:
            name: The channel's.
            channel: A ``Wide`` one, for this lane alone, which closes it in the end.
            terms: What all lanes share.
            may_send: Set while this process may send.
        """
        assert isinstance(channel, Wide)  # which is why it has this lane
        super().__init__(f"lane-{name}")
        self.name = name
        self.channel = channel
        self._wide: Wide = channel
        self._terms = terms
        self._may_send = may_send
        self._flights: dict[asyncio.Task[Outcome], Flight] = {}
        self._ended: list[Tried] = []
        self._most = min(MOST, max(getrlimit(RLIMIT_NOFILE)[0] - SPARE, PLACES))
        self._looks_at = monotonic()

    @property
    def held(self) -> Sequence[Flight]:
        """What it has claimed and not written down yet."""
        return [*list(self._flights.values()), *(each for each, _ in list(self._ended))]

    def overdue(self) -> Batch | None:
        """Give nothing: every request ends by itself at its deadline."""
        return None

    def is_stuck(self) -> bool:
        """Tell whether it does not come round."""
        return self.age() > PATIENCE

    def _run(self) -> None:
        # Loaded here: it is much to load, and few channels have many recipients.
        from syndicate.outbox.crowd import Crowd  # noqa: PLC0415

        lookups = ThreadPoolExecutor(LOOKUPS, f"lane-{self.name}")
        try:
            crowd = Crowd(self._wide, self.channel.deadline, lookups=lookups)
            asyncio.run(self._live(crowd))
        finally:
            lookups.shutdown(wait=False, cancel_futures=True)
            self.channel.close()

    async def _live(self, crowd: "Crowd") -> None:
        while not self._stopping:
            self._come_round()
            try:
                await self._write()
                self._claim(crowd)
            except StoreError as error:
                log.warning("lane %s: %s", self.name, error)
            except Exception:
                log.exception("lane %s", self.name)
            await self._wait()
        for task in self._flights:
            task.cancel()  # the next start sends it again, with the same key
        self._collect()
        with suppress(StoreError):
            await self._write()

    def _claim(self, crowd: "Crowd") -> None:
        """Fill the places that are free, if something may have come for them."""
        free, again = self._free()
        looks = self._bell.is_set() or monotonic() > self._looks_at
        is_full = free < PLACES // 10 and again < AGAIN // 10
        if not looks or is_full or not self._may_send.is_set():
            return
        self._bell.clear()
        flights = take_abreast(
            self._terms, self.name, self.channel, most=free, again=again
        )
        if len(flights) > free // 2:  # there may be more
            self._bell.set()
        self._looks_at = monotonic() + LONGEST_REST.total_seconds()
        for flight in flights:
            self._flights[asyncio.create_task(crowd.tell(flight))] = flight

    def _free(self) -> tuple[int, int]:
        """Count the places that are free: for first tries, and for others."""
        flights = self._flights.values()
        again = sum(flight.is_again for flight in flights)
        quick = sum(not each.is_again and each.age() < SLOW for each in flights)
        left = self._most - len(flights)
        mine = min(AGAIN - again, left)
        return max(min(PLACES - quick, left - mine), 0), max(mine, 0)

    async def _wait(self) -> None:
        """Wait for a request to end, or for something to come."""
        if not self._flights:
            await asyncio.to_thread(self._bell.wait, ROUND.total_seconds())
            return
        await asyncio.sleep(ROUND.total_seconds() / 2)
        self._collect()

    def _collect(self) -> None:
        for task in [task for task in self._flights if task.done()]:
            self._ended.append((self._flights.pop(task), task.result()))

    async def _write(self) -> None:
        """
        Write down what has ended; what cannot be written now is kept for later.

        In another thread, so that who is being told need not wait. Nothing else touches
        what has ended meanwhile: requests that end are collected by this coroutine.
        """
        if self._ended:
            limits = self.channel.configured_limits
            write = partial(write_down, self._terms, self._ended, limits=limits)
            await asyncio.to_thread(write)
            self._bell.set()  # a recipient is free, for what waits for it
