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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from syndicate.app import App
from syndicate.app.planning import Changes
from syndicate.app.rehearsal import rehearse
from syndicate.app.report import Look
from syndicate.daemon.health import Fault, Health
from syndicate.daemon.parts import (
    Chore,
    Inbox,
    Measured,
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
from syndicate.daemon.rounds import making_rounds
from syndicate.daemon.watchdog import minding
from syndicate.errors import Problem, SetupError
from syndicate.outbox.beat import Beat
from syndicate.outbox.lanes import KEEP, Lanes
from syndicate.outbox.lead import Lead
from syndicate.posts.watch import Settling, stat_of

Web = Callable[[Health], Any]
"""Makes the ASGI application; handed what knows of faults, pauses and lateness."""

GRACE = timedelta(milliseconds=500)
"""Time a send that is under way gets to end when the service stops."""

A_MOMENT = 0.2  # seconds
A_WHILE = timedelta(seconds=4)
HEAD_START = 0.008  # seconds
"""What lanes get before feeds are written: one interpreter does both, and alerts do not
wait for feeds."""

SWITCH = 0.001
"""Seconds a thread may keep the interpreter from another: one that looks at ten thousand
files must not hold up the one that has an alert to send."""

YOUNG = 20_000
"""Objects the collector lets come before it looks at them: with 700 it looked twice
while a post was on its way, half a millisecond each time."""

FEW = 4
"""Files read ahead. More at a time are no news but a copy, and fast enough."""

STALE_LOOKS = 2
"""Looks at the folder that may fail to happen before the service is not ready."""

LONGEST_WAIT = 2.0
"""Seconds after which the main thread shows that it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one pass of the main thread did."""

    look: Look
    files: tuple[str, ...]  # feeds replaced
    seconds: float


class Reporter(Protocol):
    """Hears what the service does. Called from the main thread."""

    def started(self, first: Pass | None, address: str, *, sending: bool) -> None:
        """
        Say that everything stands.

        ``first`` is ``None`` where another daemon leads, ``address`` is empty without a
        server; ``sending`` is false while only the one that leads sends.
        """

    def leads(self, first: Pass) -> None:
        """Say that this daemon has taken the lead over."""

    def follows(self) -> None:
        """Say that this daemon has lost the lead."""

    def passed(self, done: Pass) -> None:
        """Say what a pass changed."""

    def troubled(self, trouble: SetupError) -> None:
        """Say what stands in the way; it will be tried again."""

    def stopped(self) -> None:
        """Say that everything has been put away."""


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
        self.settling = Settling(app.config.posts.settle)
        self.unpublished = False
        self.idle = threading.Event()  # the main thread waits for a word
        self.foreseen: Changes = {}  # read before they lay still
        self.lanes.meter.patience = app.config.alerts.not_after
        self.health = Health(
            app.store, self.lanes, folders=_written(app), clock=app.clock
        )
        self.rescan = app.config.posts.rescan.total_seconds()
        self.looked = time.monotonic()

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
            first = self._first_pass() if self.lead.held else None
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
                self._loop(clock)
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
        self.lead.keep()

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
        """Wait, on another thread, until the main one has nothing to do."""
        self.idle.wait(LONGEST_WAIT)

    def _first_pass(self) -> Pass:
        """Take in the folder as it stands, once its files lie still: from now on we lead."""
        start = time.perf_counter()
        self.settling = Settling(self.app.config.posts.settle)
        found: dict[str, Any] = {}
        self._see(self.app.newsroom.scan())
        until = time.monotonic() + 2
        while self.settling.watched() and time.monotonic() < until:
            found |= self._at_rest()
            time.sleep(min(self.settling.wait(time.monotonic()) or 0, 0.1))
            self._see_again()
        look = self.app.newsroom.look(found)
        files = self.app.publish()
        self._note_gate()
        rehearse(self.app.newsroom)
        # Ten thousand posts stay for good: the collector need not go through them again,
        # least of all while an alert waits.
        gc.collect()
        gc.freeze()
        self.leads, self.looked = True, time.monotonic()
        self.health.leads = True
        seconds = time.perf_counter() - start
        self._count(look, seconds)
        return Pass(look=look, files=tuple(files), seconds=seconds)

    def _loop(self, clock: BackgroundScheduler) -> None:
        while not isinstance(word := self._next_word(), Stop):
            try:
                if self._still_leads():
                    self._hear(word)
                    self._take_in(self._at_rest())
                self.health.note("newsroom", None)
            except SetupError as trouble:
                self.health.note("newsroom", _troubled(trouble))
                self.reporter.troubled(trouble)
            if self.leads:
                self._call_again(clock)
                self._look_ahead()
            self.health.came_round("newsroom")

    def _still_leads(self) -> bool:
        """Take the lead over, or give it up, where that has changed."""
        if self.lead.held and not self.leads:
            self.app.reread()  # another daemon has gone on from what we know
            self.reporter.leads(self._first_pass())
        elif self.leads and not self.lead.held:
            self.leads = self.health.leads = False
            self.reporter.follows()
        return self.leads

    def _next_word(self) -> Word:
        """Wait for a word, for a file to come to rest, or for a clock that is stuck."""
        settled = self.settling.wait(time.monotonic()) if self.leads else None
        wait = LONGEST_WAIT if settled is None else settled
        self.idle.set()
        try:
            with suppress(queue.Empty):
                return self.inbox.get(timeout=wait)
        finally:
            self.idle.clear()
        is_stuck = self.leads and time.monotonic() - self.looked > 2 * self.rescan
        return self.app.newsroom.scan() if is_stuck else set()

    def _hear(self, word: Word) -> None:
        if isinstance(word, SetupError):
            raise word
        if isinstance(word, set):
            root = self.app.config.posts_dir
            self._see({path: stat_of(root, path) for path in word})
        elif isinstance(word, Measured):
            self.unpublished |= self.app.newsroom.hang(word.found)
        elif isinstance(word, Mapping):
            self._see(word)
            self.looked = time.monotonic()
        self._see_again()

    def _see(self, found: Changes) -> None:
        now, wall = time.monotonic(), self.app.clock()
        for path, stat in found.items():
            self.settling.see(path, stat, now=now, wall=wall)

    def _see_again(self) -> None:
        root = self.app.config.posts_dir
        self._see({path: stat_of(root, path) for path in self.settling.watched()})

    def _at_rest(self) -> Changes:
        """Give files that lie still and are not as they were."""
        known = self.app.newsroom.shelf.files
        ready = self.settling.at_rest(time.monotonic(), self.app.clock())
        return {path: stat for path, stat in ready.items() if known.get(path) != stat}

    def _look_ahead(self) -> None:
        """Read what is about to lie still, in the time until it does."""
        coming = self.settling.coming()
        fresh = [each for each in coming.items() if each not in self.foreseen.items()]
        self.foreseen = coming
        if len(coming) > FEW:
            return
        for path, stat in fresh:
            if stat:
                with suppress(SetupError):  # whoever needs it in earnest will say so
                    self.app.newsroom.look_ahead(path, stat)

    def _coming(self) -> int:
        """Count the new files that do not lie still yet: many are no news but a copy."""
        known = self.app.newsroom.shelf.files
        return sum(path not in known for path in self.settling.watched())

    def _take_in(self, changed: Changes) -> None:
        newsroom = self.app.newsroom
        if not (changed or self.unpublished or newsroom.is_due()):
            return
        start = time.perf_counter()
        newsroom.guard.coming = self._coming()
        look = newsroom.look(changed, ahead=True)
        self.lanes.wake()
        self.unpublished = True
        files = self.app.publish(lambda: time.sleep(HEAD_START if look.alerts else 0))
        if newsroom.is_due():  # somebody has taken a post back meanwhile
            files += self.app.publish()
        self._note_gate()
        seconds = time.perf_counter() - start
        self._count(look, seconds)
        self.reporter.passed(Pass(look=look, files=tuple(files), seconds=seconds))

    def _count(self, look: Look, seconds: float) -> None:
        problems = self.app.newsroom.shelf.all_problems()
        self.health.figures.passed(look.posts, problems, seconds)

    def _note_gate(self) -> None:
        """Have what the gate shut out tried again, and named to whoever asks."""
        shut = self.app.newsroom.shut_out()
        self.unpublished = bool(shut)
        self.health.note("feeds", _shut(shut) if shut else None)

    def _look_again(self, clock: BackgroundScheduler) -> None:
        """Have everybody look at what is due: the clock was set, or we slept."""
        call_all(clock)
        self.lanes.wake()
        self.inbox.put(set())

    def _call_again(self, clock: BackgroundScheduler) -> None:
        """Have the clock call when a post's time comes, or it is no news any more."""
        if due := self.app.newsroom.next_due():
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


def _written(app: App) -> dict[str, Path]:
    """Give the folders that must take what we write."""
    folders = {"feeds.dir": app.config.feeds_dir}
    if app.store.path:
        folders["store.url"] = app.store.path.parent
    return folders


def _troubled(trouble: SetupError) -> Fault:
    return Fault.of(
        "{reason}", "mend that; syndicate goes on by itself", reason=str(trouble)
    )


def _shut(problems: Sequence[Problem]) -> Fault:
    return Fault.of(
        "{problems}",
        "{mends}",
        problems="; ".join(each.message for each in problems),
        mends="; ".join(dict.fromkeys(each.hint for each in problems)),
    )
