"""
All the lanes of a process, and what watches over them.

    lane-NAME      one thread for each channel: sends
    outbox-watch   every 30 ms: has anybody written? is a send past its deadline?
    outbox-keep    every second: the lead, orphans, leases, what has expired
    outbox-look    every second: is what is in doubt there?

On SQLite whoever leads sends. On PostgreSQL every daemon does: each delivery is leased
to one of them, and a channel's next one leaves when the one before it is settled.
"""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from threading import Event
from time import monotonic
from typing import Any

from syndicate.channels.base import Channel, Uploads, is_wide
from syndicate.errors import InDoubtError, StoreError
from syndicate.outbox.attempt import Flight, Terms
from syndicate.outbox.batch import Batch
from syndicate.outbox.beat import Beat
from syndicate.outbox.lane import PATIENCE, Lane
from syndicate.outbox.lead import Lead
from syndicate.outbox.looking import look
from syndicate.outbox.loop import Loop
from syndicate.outbox.meter import Meter
from syndicate.outbox.owner import new_owner
from syndicate.outbox.retry import Policy
from syndicate.outbox.upkeep import keep_time, renew, take_up
from syndicate.outbox.wide_lane import WideLane
from syndicate.store.changes import Changes
from syndicate.store.engine import Store

WATCH = timedelta(milliseconds=30)
AT_ONCE = timedelta(0)
KEEP = timedelta(seconds=1)
NO_VERDICT = InDoubtError("no verdict before the deadline")
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
        lead: Lead | None = None,
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
            lead: The daemon's, who keeps it; on PostgreSQL lanes send without it, too.
                ``None``: these lanes belong to no daemon, and send where none is.
        """
        self._terms = Terms(
            store=store,
            owner=new_owner(),
            now=clock,
            draw=draw,
            policy=policy or Policy(),
        )
        self._may_send = Event()
        self._lead = lead or Lead(store)
        self._keeps_lead = lead is None
        self._shares = lead is not None and store.path is None
        self._changes = Changes(store)
        self._lanes = {name: self._lane(name, each) for name, each in channels.items()}
        self._beats = (
            Beat("outbox-watch", self._watch, every=WATCH if store.path else AT_ONCE),
            Beat("outbox-keep", self._keep, every=KEEP),
            Beat(LOOKING, self._look, every=KEEP),
        )

    @property
    def is_sending(self) -> bool:
        """Whether this process sends. Otherwise another one does."""
        return self._may_send.is_set()

    def start(self) -> None:
        """
        Begin, and return at once.

        Where one process sends, nothing leaves before this one leads: while another
        does, it tries again every second.
        """
        for lane in self._lanes.values():
            lane.start()
        for beat in self._beats:
            beat.start()

    def wake(self) -> None:
        """Say that the outbox holds something new, right after it was committed."""
        for lane in self._lanes.values():
            lane.wake()

    @property
    def meter(self) -> Meter:
        """What counts what they do."""
        return self._terms.meter

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
        loops: list[Loop] = [*self._beats, *lanes.values()]
        for loop in loops:
            loop.join(end - monotonic())
        self._may_send.clear()
        if self._keeps_lead:
            self._lead.release()
        self._changes.close()
        return [name for name, lane in lanes.items() if not lane.join(0)]

    def _lane(
        self, name: str, channel: Channel[Any], lost: Batch | None = None
    ) -> Lane | WideLane:
        if is_wide(channel):
            return WideLane(name, channel, terms=self._terms, may_send=self._may_send)
        return Lane(
            name, channel, terms=self._terms, may_send=self._may_send, lost=lost
        )

    def _watch(self) -> None:
        if self._changes.seen(WATCH):
            self.wake()
        for name, lane in list(self._lanes.items()):
            if (lost := lane.overdue()) and lost.give_up(NO_VERDICT):
                fresh = _another(lane.channel)
                lane.stop()
                self._lanes[name] = self._lane(name, fresh, lost)
                self._lanes[name].start()

    def _keep(self) -> None:
        try:
            leads = self._lead.keep() if self._keeps_lead else self._lead.held
            if leads or self._shares:
                self._look_after()
            else:
                self._may_send.clear()
        except StoreError:
            self._may_send.clear()
            raise

    def _look_after(self) -> None:
        """Do what is due for all deliveries, and let the lanes send."""
        lanes = list(self._lanes.items())
        limits = {name: lane.channel.configured_limits for name, lane in lanes}
        if take_up(self._terms, self._held(), limits=limits):
            self.wake()
        if not self._may_send.is_set():
            self._may_send.set()
            self.wake()
        renew(self._terms, self._held())
        if keep_time(self._terms):
            self.wake()

    def _held(self) -> list[Flight]:
        return [flight for lane in self._lanes.values() for flight in lane.held]

    def _look(self) -> None:
        """Ask channels about their doubts, each through a channel of its own."""
        for name, lane in self._lanes.items():
            can_be_asked = lane.channel.configured_limits.look_after is not None
            if can_be_asked and self._may_send.is_set():
                channel = _another(lane.channel)
                try:
                    look(self._terms, name, channel)
                finally:
                    channel.close()


def _another(channel: Channel[Any]) -> Channel[Any]:
    """Make a channel that is like one in other hands."""
    made = type(channel)(channel.config)
    made.rate = channel.rate
    if isinstance(channel, Uploads) and isinstance(made, Uploads):
        made.pictures = channel.pictures
    return made
