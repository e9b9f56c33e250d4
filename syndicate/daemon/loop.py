"""
What the main thread does: waits for a word, and takes in what has come to rest.

Of several daemons the one that leads does so; another one waits until it leads.
"""

import queue
import threading
from contextlib import suppress
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.app import App
from syndicate.app.planning import Changes
from syndicate.daemon.clock import call_at
from syndicate.daemon.faults import troubled
from syndicate.daemon.health import Health
from syndicate.daemon.inbox import Inbox, Stop, Word
from syndicate.daemon.intake import Intake
from syndicate.daemon.reporter import Pass, Reporter
from syndicate.errors import SetupError
from syndicate.outbox.lead import Lead

A_WHILE = timedelta(seconds=4)
WAY = 0.1  # seconds a look at the folder waits for the main thread, every few files

STALE_LOOKS = 2
"""Looks at the folder that may fail to happen before the service is not ready."""

LONGEST_WAIT = 2.0
"""Seconds after which the main thread shows that it is there."""


class MainLoop:
    """Of one application. ``scan`` is the clock's; the main thread owns the rest."""

    def __init__(
        self,
        app: App,
        *,
        inbox: Inbox,
        lead: Lead,
        intake: Intake,
        health: Health,
        reporter: Reporter,
    ) -> None:
        self.app = app
        self.inbox = inbox
        self.lead = lead
        self.intake = intake
        self.health = health
        self.reporter = reporter
        self.leads = False  # the folder is known to the main thread, and watched
        self.idle = threading.Event()  # the main thread waits for a word
        self.rescan = app.config.posts.rescan.total_seconds()

    def begin(self) -> Pass:
        """Take in the folder as it stands: from now on we lead."""
        first = self.intake.begin()
        self.leads = self.health.leads = True
        return first

    def run(self, clock: BackgroundScheduler) -> None:
        """Go on until somebody says stop; ``clock`` calls when a post's time comes."""
        try:
            if self.leads:
                self.intake.rehearse()
            self._go_round(clock)
        finally:
            self.idle.set()  # nobody gives way to it any more

    def _go_round(self, clock: BackgroundScheduler) -> None:
        while not isinstance(word := self._next_word(), Stop):
            try:
                if self._still_leads():
                    self.intake.hear(word)
                    self._take_in()
                if self.intake.sees:
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

    def scan(self) -> Changes:
        """Look at the whole folder, as the clock asks."""
        patience = timedelta(seconds=STALE_LOOKS * self.rescan) + A_WHILE
        self.health.came_round("clock", patience)
        return self.app.newsroom.folder.scan(self._give_way) if self.leads else {}

    def _give_way(self) -> None:
        """Wait a moment, on another thread, while the main one has something to do."""
        self.idle.wait(WAY)

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
            self.reporter.leads(self.begin())
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
        if not self.leads or self.intake.age() <= STALE_LOOKS * self.rescan:
            return set()
        try:
            return self.app.newsroom.folder.scan()
        except SetupError as trouble:
            return trouble

    def _call_again(self, clock: BackgroundScheduler) -> None:
        """Have the clock call when a post's time comes, or it is no news any more."""
        due = self.app.newsroom.stand.next_due()
        if due and due > self.app.clock():  # what is due already, the next word sees
            call_at(clock, due, lambda: self.inbox.put(set()))
