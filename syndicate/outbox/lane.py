"""
A lane: the one thread that sends for one channel.

It takes the delivery whose turn it is, sends it, writes down what came of it, and rests
until it is woken or something falls due. No other lane ever waits for it.

A channel that hangs keeps its thread. ``Lanes`` notices that the deadline has passed and
opens a fresh lane with a fresh channel, which settles the try as a doubt. What the old
thread still hears is kept as evidence, and then it ends.
"""

import logging
from datetime import datetime, timedelta
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any

from syndicate.channels.base import Channel
from syndicate.errors import InDoubtError, StoreError
from syndicate.outbox.attempt import Flight, Terms, record, send, take
from syndicate.outbox.settle import Outcome
from syndicate.store.deliveries import next_due

log = logging.getLogger(__name__)

LONGEST_REST = timedelta(seconds=1)
"""A wake-up is a hint and may be lost, so a lane also looks by itself."""

PATIENCE = timedelta(seconds=8)
"""Time a lane may take to write down, and to choose, beside the send itself."""


class Lane:
    """Started once, stopped once."""

    def __init__(
        self,
        name: str,
        channel: Channel[Any],
        *,
        terms: Terms,
        may_send: Event,
        lost: Flight | None = None,
    ) -> None:
        """
        Prepare a lane.

        Args:
            name: The channel's.
            channel: For this lane alone, which closes it in the end.
            terms: What all lanes share.
            may_send: Set while this process may send.
            lost: A send the lane before this one did not come back from.
        """
        self.name = name
        self.channel = channel
        self._terms = terms
        self._may_send = may_send
        self._lost = lost
        self._flight: Flight | None = None
        self._held = lost
        self._bell = Condition()
        self._rung = False
        self._stopping = False
        self._is_open = False
        self._round = monotonic()  # when it last chose what to do
        self._thread = Thread(target=self._run, name=f"lane-{name}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._bell:
            self._rung = True
            self._bell.notify()

    def stop(self) -> None:
        """Ask it to end after the send that is under way."""
        self._stopping = True
        self.wake()

    def join(self, timeout_seconds: float) -> bool:
        """Wait for its end, and say whether it has come."""
        self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    @property
    def held(self) -> Flight | None:
        """What it has claimed and not written down yet, if anything."""
        return self._held

    def overdue(self) -> Flight | None:
        """
        Give the send that is long past its deadline, if that is what it is doing.

        A tenth is allowed on top: a channel that ends its own try knows more about it.
        """
        flight = self._flight
        return flight if flight and flight.age() > flight.deadline * 1.1 else None

    def is_stuck(self) -> bool:
        """Tell whether it does not come round, however long a send may take."""
        limit = self.channel.deadline * 1.1 + PATIENCE
        return timedelta(seconds=monotonic() - self._round) > limit

    def _run(self) -> None:
        if self._lost:
            self._write(self._lost, InDoubtError("no verdict before the deadline"))
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
        self._round = monotonic()
        flight = take(self._terms, self.name, self.channel)
        if flight:
            self._held = flight
            self._write(flight, self._send(flight))
        return flight is not None

    def _send(self, flight: Flight) -> Outcome:
        self._flight = flight
        outcome = send(flight, self.channel)
        self._flight = None
        return outcome

    def _write(self, flight: Flight, outcome: Outcome) -> None:
        """Write a verdict down, however long the database is away: there is no other copy."""
        while True:
            try:
                record(
                    self._terms,
                    flight.row,
                    outcome,
                    limits=self.channel.configured_limits,
                )
            except StoreError as error:
                log.warning("lane %s: %s", self.name, error)
                if self._stopping:
                    return  # the next start settles it as a doubt
                self._rest(None)
            else:
                self._held = None
                return

    def _rest(self, until: datetime | None) -> None:
        self._round = monotonic()
        wait = LONGEST_REST
        if until:
            wait = min(wait, until - self._terms.now())
        with self._bell:
            self._bell.wait_for(
                lambda: self._rung or self._stopping, wait.total_seconds()
            )
            self._rung = False

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
