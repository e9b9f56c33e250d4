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
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.app import App
from syndicate.app.planning import Changes
from syndicate.daemon.faults import troubled, written
from syndicate.daemon.health import Health
from syndicate.daemon.intake import Intake
from syndicate.daemon.parts import (
    Chore,
    Inbox,
    Stop,
    Word,
    call_all,
    keeping,
    listening,
    serving,
    signals,
    ticking,
    watching,
)
from syndicate.daemon.reporter import Pass, Reporter
from syndicate.daemon.rounds import making_rounds
from syndicate.daemon.watchdog import minding
from syndicate.errors import SetupError
from syndicate.outbox.beat import Beat
from syndicate.outbox.lanes import KEEP, Lanes
from syndicate.outbox.lead import Lead

Web = Callable[[Health], Any]
"""Makes the ASGI application; handed what knows of faults, pauses and lateness."""

GRACE = timedelta(milliseconds=500)
"""Time a send that is under way gets to end when the service stops."""

A_MOMENT = 0.2  # seconds
A_WHILE = timedelta(seconds=4)
WAY = 0.1  # seconds a look at the folder waits for the main thread, every few files

SWITCH = 0.001
"""Seconds a thread may keep the interpreter from another: one that looks at ten thousand
files must not hold up the one that has an alert to send."""

YOUNG = 20_000
"""Objects the collector lets come before it looks at them: with 700 it looked twice
while a post was on its way, half a millisecond each time."""

STALE_LOOKS = 2
"""Looks at the folder that may fail to happen before the service is not ready."""

LONGEST_WAIT = 2.0
"""Seconds after which the main thread shows that it is there."""


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
        self.leads = False  # the folder is known to the main thread, and watched
        self.lanes = Lanes(app.store, app.roster.channels, lead=self.lead)
        self.idle = threading.Event()  # the main thread waits for a word
        self.lanes.meter.patience = app.config.alerts.not_after
        self.health = Health(
            app.store, self.lanes, folders=written(app), clock=app.clock
        )
        self.intake = Intake(app, lanes=self.lanes, health=self.health)
        self.rescan = app.config.posts.rescan.total_seconds()

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
            first = self._begin() if self.lead.held else None
            with (
                ticking(self.rescan, self._scan, self.inbox) as clock,
                keeping(clock, self.chores),
                minding(lambda: self._look_again(clock)),
                self._sending(),
                serving(self.web(self.health), listener),
                making_rounds(self.app, self.inbox, leads=lambda: self.leads),
            ):
                stopper.stands = True
                self._wait_for_lanes()
                self.reporter.started(
                    first, config.server.listen, sending=self.lanes.is_sending
                )
                try:
                    self._loop(clock)
                finally:
                    self.idle.set()  # nobody gives way to it any more
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

    def _scan(self) -> Changes:
        """Look at the whole folder, as the clock asks."""
        patience = timedelta(seconds=STALE_LOOKS * self.rescan) + A_WHILE
        self.health.came_round("clock", patience)
        return self.app.newsroom.scan(self._give_way) if self.leads else {}

    def _give_way(self) -> None:
        """Wait a moment, on another thread, while the main one has something to do."""
        self.idle.wait(WAY)

    def _begin(self) -> Pass:
        """Take in the folder as it stands: from now on we lead."""
        first = self.intake.begin()
        self.leads = self.health.leads = True
        return first

    def _loop(self, clock: BackgroundScheduler) -> None:
        if self.leads:
            self.intake.rehearse()
        while not isinstance(word := self._next_word(), Stop):
            try:
                if self._still_leads():
                    self.intake.hear(word)
                    self._take_in()
                self.health.note("newsroom", None)
            except SetupError as trouble:
                self.health.note("newsroom", troubled(trouble))
                self.reporter.troubled(trouble)
            if self.leads:
                self._call_again(clock)
                self.intake.arrivals.read_ahead()
            self.health.came_round("newsroom")
        if self.leads:
            self.intake.arrivals.let_go()

    def _take_in(self) -> None:
        """
        Take in what lies still, and tell of it.

        Raises:
            SetupError: The disk or the database refused; or who is to be told cannot be
                said, and only that is left for the next time.
        """
        if done := self.intake.take_in():
            self.reporter.passed(done)
            if done.look.trouble:
                raise done.look.trouble

    def _still_leads(self) -> bool:
        """Take the lead over, or give it up, where that has changed."""
        if self.lead.held and not self.leads:
            self.app.reread()  # another daemon has gone on from what we know
            self.reporter.leads(self._begin())
            self.intake.rehearse()
        elif self.leads and not self.lead.held:
            self.leads = self.health.leads = False
            self.intake.arrivals.let_go()
            self.reporter.follows()
        return self.leads

    def _next_word(self) -> Word:
        """Wait for a word, for a file to come to rest, or for a clock that is stuck."""
        settled = self.intake.arrivals.wait() if self.leads else None
        wait = LONGEST_WAIT if settled is None else settled
        self.idle.set()
        try:
            with suppress(queue.Empty):
                return self.inbox.get(timeout=wait)
        finally:
            self.idle.clear()
        is_stuck = self.leads and self.intake.age() > STALE_LOOKS * self.rescan
        return self.app.newsroom.scan() if is_stuck else set()

    def _look_again(self, clock: BackgroundScheduler) -> None:
        """Have everybody look at what is due: the clock was set, or we slept."""
        call_all(clock)
        self.lanes.wake()
        self.inbox.put(set())

    def _call_again(self, clock: BackgroundScheduler) -> None:
        """Have the clock call when a post's time comes, or it is no news any more."""
        due = self.app.newsroom.stand.next_due()
        if due and due > self.app.clock():  # what is due already, the next word sees
            clock.add_job(
                self.inbox.put,
                "date",
                run_date=due,
                args=[set()],
                id="due",
                replace_existing=True,
                misfire_grace_time=None,
            )

    @contextmanager
    def _sending(self) -> Iterator[None]:
        self.lanes.start()
        self.health.start()
        try:
            yield
        finally:
            self.health.stop()
            self.lanes.stop(GRACE)
