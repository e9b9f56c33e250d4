"""
A lane: the one thread that sends for one channel.

It takes the delivery whose turn it is, sends it, writes down what came of it, and rests
until it is woken or something falls due. No other lane ever waits for it.

A channel that hangs keeps its thread. ``Lanes`` notices that the deadline has passed and
opens a fresh lane with a fresh channel, which settles the try as a doubt. What the old
thread still hears is kept as evidence, and then it ends.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import Any

from syndicate.channels.base import Channel
from syndicate.errors import StoreError
from syndicate.model import Receipt
from syndicate.outbox.attempt import Flight, Terms, send, take
from syndicate.outbox.batch import LASTS, Batch, Pace, most_of
from syndicate.outbox.loop import Loop
from syndicate.outbox.writing import write_down
from syndicate.store.turns import next_due

log = logging.getLogger(__name__)

LONGEST_REST = timedelta(seconds=1)
"""A wake-up is a hint and may be lost, so a lane also looks by itself."""

PATIENCE = timedelta(seconds=8)
"""Time a lane may take to write down, and to choose, beside the send itself."""


class Lane(Loop):
    """Stopped, it ends after the send that is under way."""

    def __init__(
        self,
        name: str,
        channel: Channel[Any],
        *,
        terms: Terms,
        may_send: Event,
        lost: Batch | None = None,
    ) -> None:
        """
        Prepare a lane.

        Args:
            name: The channel's.
            channel: For this lane alone, which closes it in the end.
            terms: What all lanes share.
            may_send: Set while this process may send.
            lost: What the lane before this one was sending when it was given up.
        """
        super().__init__(f"lane-{name}")
        self.name = name
        self.channel = channel
        self._terms = terms
        self._may_send = may_send
        self._lost = lost
        self._held = lost
        self._pace = Pace(most_of(channel.configured_limits))
        self._is_open = False

    @property
    def held(self) -> Sequence[Flight]:
        """What it has claimed and not written down yet."""
        batch = self._held
        return batch.flights if batch else ()

    def overdue(self) -> Batch | None:
        """Give what it is sending, if a send is long past its deadline."""
        batch = self._held
        return batch if batch and batch.is_overdue() else None

    def is_stuck(self) -> bool:
        """Tell whether it does not come round, however long a send may take."""
        return self.age() > self.channel.deadline * 1.1 + PATIENCE

    def _run(self) -> None:
        if self._lost:
            self._write(self._lost)
        while not self._stopping:
            try:
                due = self._work()
            except StoreError as error:
                log.warning("lane %s: %s", self.name, error)
                due = None
            except Exception:
                log.exception("lane %s", self.name)
                due = None
            self._open()
            self._rest(due)
        self._close()

    def _work(self) -> datetime | None:
        """Send what is due. Gives the time when more will be, if that is known."""
        due = self._due()
        if due is None or due > self._terms.now():
            return due
        while self._turn():
            pass
        due = self._due()
        # What is due and was not to be had is in another process's hands.
        return due if due and due > self._terms.now() else None

    def _due(self) -> datetime | None:
        if not self._may_send.is_set():
            return None
        with self._terms.store.read() as connection:
            return next_due(connection, self.name, now=self._terms.now())

    def _turn(self) -> bool:
        if self._stopping or not self._may_send.is_set():
            return False
        self._come_round()
        flights = take(self._terms, self.name, self.channel, most=self._pace.most)
        if flights:
            self._held = Batch(flights)
            self._write(self._send(self._held))
        return bool(flights)

    def _send(self, batch: Batch) -> Batch:
        """Send one after the other; gives what this lane has to write down."""
        for flight in batch.flights:
            if batch.outcomes and not self._goes_on(batch):
                break
            batch.begin()
            outcome = send(flight, self.channel)
            if not batch.end(outcome):  # its verdict is evidence now, and no more
                return Batch([flight], [outcome])
        self._pace.note(batch.outcomes, batch.age())
        return batch

    def _goes_on(self, batch: Batch) -> bool:
        is_well = isinstance(batch.outcomes[-1], Receipt)
        in_time = batch.age() < LASTS and not batch.is_late(self._terms.now())
        return is_well and in_time and self._may_send.is_set() and not self._stopping

    def _write(self, batch: Batch) -> None:
        """Write verdicts down, however long the database is away: there is no other copy."""
        verdicts = batch.verdicts()
        limits = self.channel.configured_limits
        while verdicts:
            try:
                write_down(self._terms, verdicts, limits=limits)
            except StoreError as error:
                log.warning("lane %s: %s", self.name, error)
                if self._stopping:
                    return  # the next start settles it as a doubt
                self._rest(None)
        self._held = None

    def _rest(self, until: datetime | None) -> None:
        self._come_round()
        wait = LONGEST_REST
        if until:
            wait = min(wait, until - self._terms.now())
        self._bell.wait(wait.total_seconds())
        self._bell.clear()

    def _open(self) -> None:
        """Let the channel warm up while there is nothing to send."""
        if self._is_open or not self._may_send.is_set():
            return
        self._is_open = True
        try:
            self.channel.open()
        except Exception:
            log.exception("lane %s: its channel did not open", self.name)

    def _close(self) -> None:
        try:
            self.channel.close()
        except Exception:
            log.exception("lane %s: its channel did not close", self.name)
