"""
The service: watch, clock, lanes and web in one process.

    main thread   waits for files to come to rest, takes them in, writes the feeds
    watch         hands over the paths that events name (hints, no more)
    clock         APScheduler: looks at the whole folder every few seconds
    lanes         one thread per channel
    web           uvicorn

Of the daemons on one store one leads: it alone watches, takes in and writes, and the
others wait to do so. On PostgreSQL they send and serve meanwhile.

Nothing else knows that it runs for ever. A stop is a message like any other, so what
has begun is finished first; what a lane holds is settled at the next start.
"""

import gc
import queue
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.app import App
from syndicate.daemon.clock import Chore, call_all, keeping, ticking
from syndicate.daemon.events import watching
from syndicate.daemon.faults import written
from syndicate.daemon.health import Health
from syndicate.daemon.inbox import Inbox
from syndicate.daemon.intake import Intake
from syndicate.daemon.loop import MainLoop
from syndicate.daemon.reporter import Reporter
from syndicate.daemon.rounds import making_rounds
from syndicate.daemon.serving import listening, serving
from syndicate.daemon.signals import signals
from syndicate.daemon.watchdog import minding
from syndicate.outbox.beat import Beat
from syndicate.outbox.lanes import KEEP, Lanes
from syndicate.outbox.lead import Lead

Web = Callable[[Health], Any]
"""Makes the ASGI application; handed what knows of faults, pauses and lateness."""

GRACE = timedelta(milliseconds=500)
"""Time a send that is under way gets to end when the service stops."""

A_MOMENT = 0.2  # seconds

SWITCH = 0.001
"""Seconds a thread may keep the interpreter from another: one that looks at ten thousand
files must not hold up the one that has an alert to send."""

YOUNG = 20_000
"""Objects the collector lets come before it looks at them: with 700 it looked twice
while a post was on its way, half a millisecond each time."""


class Daemon:
    """Runs one application until it is told to stop."""

    def __init__(
        self,
        app: App,
        *,
        web: Web,
        reporter: Reporter,
        chores: Sequence[Chore] = (),
    ) -> None:
        self.app = app
        self.chores = chores
        self.web = web
        self.reporter = reporter
        self.inbox: Inbox = queue.SimpleQueue()
        self.lead = Lead(app.store, wants=self._can_lead, told=self._wake)
        self.lanes = Lanes(app.store, app.roster.channels, lead=self.lead)
        self.lanes.meter.patience = app.config.alerts.not_after
        self.health = Health(
            app.store, self.lanes, folders=written(app), clock=app.clock
        )
        self.loop = MainLoop(
            app,
            inbox=self.inbox,
            lead=self.lead,
            intake=Intake(app, lanes=self.lanes, health=self.health),
            health=self.health,
            reporter=reporter,
        )

    def run(self) -> None:
        """
        Serve until SIGTERM or SIGINT.

        Raises:
            SetupError: It could not start: the port, the folder, the database.
        """
        config = self.app.config
        sys.setswitchinterval(SWITCH)
        gc.set_threshold(YOUNG)
        with (
            signals(self.inbox) as stopper,
            listening(config.server.listen) as listener,
            watching(config.posts_dir, self.inbox, below=config.posts_folders),
            self._leading(),
        ):
            self.health.leads = self.lead.held
            first = self.loop.begin() if self.lead.held else None
            with (
                ticking(self.loop.rescan, self.loop.scan, self.inbox) as clock,
                keeping(clock, self.chores),
                minding(lambda: self._look_again(clock)),
                self._sending(),
                serving(self.web(self.health), listener),
                making_rounds(self.app, self.inbox, leads=lambda: self.loop.leads),
            ):
                stopper.stands = True
                self._wait_for_lanes()
                self.reporter.started(
                    first, config.server.listen, sending=self.lanes.is_sending
                )
                self.loop.run(clock)
        self.reporter.stopped()

    @contextmanager
    def _leading(self) -> Iterator[None]:
        """Try to lead, now and every second; at the end let another one."""
        beat = Beat("lead", self._keep_lead, every=KEEP)
        self.lead.keep()
        beat.start()
        try:
            yield
        finally:
            beat.stop()
            beat.join(1)
            self.lead.release()

    def _keep_lead(self) -> None:
        try:
            self.lead.keep()
        finally:  # a database that is away is another fault, with its own words
            self.health.came_round("lead")

    def _can_lead(self) -> bool:
        """Tell whether the posts are here; on SQLite it is a fault that they are not."""
        return bool(self.app.store.path) or self.app.config.posts_dir.is_dir()

    def _wake(self) -> None:
        self.inbox.put(set())
        self.lanes.wake()

    def _wait_for_lanes(self) -> None:
        """Give the lanes the moment it takes, so that it can be said who sends."""
        until = time.monotonic() + A_MOMENT
        while not self.lanes.is_sending and time.monotonic() < until:
            time.sleep(A_MOMENT / 20)

    def _look_again(self, clock: BackgroundScheduler) -> None:
        """Have everybody look at what is due: the clock was set, or we slept."""
        call_all(clock)
        self.lanes.wake()
        self.inbox.put(set())

    @contextmanager
    def _sending(self) -> Iterator[None]:
        self.lanes.start()
        self.health.start()
        try:
            yield
        finally:
            self.health.stop()
            self.lanes.stop(GRACE)
