"""
All the lanes of a process, and what watches over them.

    lane-NAME      one thread for each channel: sends
    outbox-watch   every 30 ms: has anybody written? is a send past its deadline?
    outbox-keep    every second: the sending right, orphans, leases, what has expired
    outbox-look    every second: is what is in doubt there?
"""

import os
import random
import secrets
import socket
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic
from typing import Any

from syndicate.channels.base import Channel
from syndicate.errors import StoreError
from syndicate.outbox.attempt import Flight, Terms
from syndicate.outbox.beat import Beat
from syndicate.outbox.expire import expire
from syndicate.outbox.lane import PATIENCE, Lane
from syndicate.outbox.looking import look
from syndicate.outbox.rescue import rescue
from syndicate.outbox.retry import Policy
from syndicate.outbox.sending_right import sending_right
from syndicate.store.changes import Changes
from syndicate.store.deliveries import any_late, change
from syndicate.store.engine import Store

WATCH = timedelta(milliseconds=30)
KEEP = timedelta(seconds=1)
LOOKING = "outbox-look"  # waits for other people's servers, and may take its time


def utc_now() -> datetime:
    """Give the time."""
    return datetime.now(UTC)


class Lanes:
    """Sends what the outbox of a store holds. Started once, stopped once."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel[Any]],
        *,
        clock: Callable[[], datetime] = utc_now,
        draw: Callable[[], float] = random.random,
        policy: Policy | None = None,
    ) -> None:
        """
        Prepare the lanes.

        Args:
            store: Where the outbox is.
            channels: By name. Each belongs to its lane from here on, which closes it.
                What the outbox holds for other names stays there, to be seen.
            clock: Gives the time, UTC.
            draw: Gives random numbers from 0 up to but not including 1.
            policy: How patient the lanes are.
        """
        self._terms = Terms(
            store=store,
            owner=f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}",
            now=clock,
            draw=draw,
            policy=policy or Policy(),
        )
        self._may_send = Event()
        self._right = sending_right(store)
        self._changes = Changes(store)
        self._lanes = {name: self._lane(name, each) for name, each in channels.items()}
        self._beats = (
            Beat("outbox-watch", self._watch, every=WATCH),
            Beat("outbox-keep", self._keep, every=KEEP),
            Beat(LOOKING, self._look, every=KEEP),
        )

    @property
    def is_sending(self) -> bool:
        """Whether this process has the sending right. Another may have it."""
        return self._may_send.is_set()

    def start(self) -> None:
        """
        Begin, and return at once.

        Nothing is sent before the sending right is held: while another process has it,
        this one tries again every second.
        """
        for lane in self._lanes.values():
            lane.start()
        for beat in self._beats:
            beat.start()

    def wake(self) -> None:
        """Say that the outbox holds something new, right after it was committed."""
        for lane in self._lanes.values():
            lane.wake()

    def stuck(self) -> list[str]:
        """Name the loops that no longer come round."""
        beats = (beat for beat in self._beats if beat.name != LOOKING)
        slow = [beat.name for beat in beats if beat.age() > PATIENCE]
        lanes = list(self._lanes.items())
        return slow + [f"lane {name}" for name, lane in lanes if lane.is_stuck()]

    def troubles(self) -> dict[str, str]:
        """Say why loops fail that come round, by their names."""
        beats = (beat for beat in self._beats if beat.name != LOOKING)
        return {beat.name: beat.trouble for beat in beats if beat.trouble}

    def stop(self, timeout: timedelta = timedelta(seconds=1.5)) -> list[str]:
        """
        End every lane after the send that is under way, or without waiting for it.

        A send that outlasts ``timeout`` is left to itself: it may still write down its
        verdict while this process lives, and if not, the next start settles it.

        Returns:
            The channels that were left in the middle of a send.
        """
        end = monotonic() + timeout.total_seconds()
        for beat in self._beats:
            beat.stop()
        self._may_send.clear()
        lanes = dict(self._lanes)
        for lane in lanes.values():
            lane.stop()
        threads: list[Beat | Lane] = [*self._beats, *lanes.values()]
        for thread in threads:
            thread.join(end - monotonic())
        self._may_send.clear()
        self._right.release()
        self._changes.close()
        return [name for name, lane in lanes.items() if not lane.join(0)]

    def _lane(
        self, name: str, channel: Channel[Any], lost: Flight | None = None
    ) -> Lane:
        return Lane(
            name, channel, terms=self._terms, may_send=self._may_send, lost=lost
        )

    def _watch(self) -> None:
        if self._changes.seen():
            self.wake()
        for name, lane in list(self._lanes.items()):
            if lost := lane.overdue():
                fresh = _another(lane.channel)
                lane.stop()
                self._lanes[name] = self._lane(name, fresh, lost)
                self._lanes[name].start()

    def _keep(self) -> None:
        try:
            held = self._right.acquire()
        except StoreError:
            self._may_send.clear()
            raise
        if not held:
            self._may_send.clear()
            return
        if not self._may_send.is_set():
            self._begin()
        self._renew()
        self._expire()

    def _renew(self) -> None:
        """Lengthen the leases of sends that take their time."""
        flights = [lane.flight for lane in self._lanes.values()]
        for flight in flights:
            if flight and flight.age() > flight.deadline / 2:
                until = self._terms.now() + flight.deadline * 2
                with self._terms.store.begin() as connection:
                    change(connection, flight.row, {"lease_until": until})

    def _look(self) -> None:
        """Ask channels about their doubts, each through a channel of its own."""
        for name, lane in self._lanes.items():
            if lane.channel.configured_limits.look_after is None:
                continue
            if self._may_send.is_set():
                channel = _another(lane.channel)
                try:
                    look(self._terms, name, channel)
                finally:
                    channel.close()

    def _begin(self) -> None:
        """Settle what an earlier process left, then let the lanes go."""
        limits = {
            name: lane.channel.configured_limits for name, lane in self._lanes.items()
        }
        terms = self._terms
        with terms.store.begin() as connection:
            rescue(
                connection,
                limits,
                owner=terms.owner,
                policy=terms.policy,
                now=terms.now(),
            )
        self._may_send.set()
        self.wake()

    def _expire(self) -> None:
        now = self._terms.now()
        with self._terms.store.read() as connection:
            late = any_late(connection, now=now)
        if late:
            with self._terms.store.begin() as connection:
                expire(connection, now=now)


def _another(channel: Channel[Any]) -> Channel[Any]:
    """Make a channel that is like one in other hands."""
    made = type(channel)(channel.config)
    made.rate = channel.rate
    return made
