"""
What the main thread does with files: takes in what came to rest, has the feeds written.

    word -> arrivals -> newsroom -> lanes wake, feeds -> hubs
"""

import gc
import time
from collections.abc import Mapping
from contextlib import suppress

from syndicate.app import App
from syndicate.app.rehearsal import rehearse
from syndicate.app.report import Look
from syndicate.daemon.arrivals import Arrivals
from syndicate.daemon.faults import shut_out
from syndicate.daemon.health import Health
from syndicate.daemon.inbox import Measured, Word
from syndicate.daemon.reporter import Pass
from syndicate.errors import SetupError
from syndicate.outbox.lanes import Lanes

HEAD_START = 0.008  # seconds
"""What lanes get before the page is written: one interpreter does both, and the feeds
are out."""

FIRST_PATIENCE = 2.0
"""Seconds a folder may go on changing before it is taken in all the same."""


class Intake:
    """Of one application. The main thread owns it."""

    def __init__(self, app: App, *, lanes: Lanes, health: Health) -> None:
        self._app = app
        self._lanes = lanes
        self._health = health
        self._unpublished = False
        self._looked = time.monotonic()
        self.sees = True  # the last look at the whole folder could be had
        self.arrivals = Arrivals(app)

    def age(self) -> float:
        """Seconds since somebody looked at the whole folder, or tried to."""
        return time.monotonic() - self._looked

    def begin(self) -> Pass:
        """Take in the folder as it stands, once its files lie still."""
        start = time.perf_counter()
        newsroom = self._app.newsroom
        self.arrivals = Arrivals(self._app)
        look = newsroom.look(self.arrivals.all_at_rest(FIRST_PATIENCE))
        files = self._app.publish()
        self._note_gate()
        # Ten thousand posts stay for good: the collector need not go through them again,
        # least of all while an alert waits.
        gc.collect()
        gc.freeze()
        self._looked = time.monotonic()
        return self._passed(look, files, start)

    def rehearse(self) -> None:
        """Go through all of it once, so that the first post is as fast as any other."""
        with suppress(SetupError):  # whoever does it in earnest will say so
            rehearse(self._app.newsroom)

    def hear(self, word: Word) -> None:
        """
        Follow the files of a word.

        Raises:
            SetupError: The word was that the folder cannot be looked at.
        """
        if isinstance(word, SetupError | Mapping):
            self._looked = time.monotonic()
            self.sees = not isinstance(word, SetupError)
        if isinstance(word, SetupError):
            raise word
        if isinstance(word, set):
            self.arrivals.hear(word)
        elif isinstance(word, Measured):
            self._unpublished |= self._app.newsroom.stand.hang(word.found)
        elif isinstance(word, Mapping):
            self.arrivals.see(word)
        self.arrivals.see_again()

    def take_in(self) -> Pass | None:
        """
        Take in what lies still; ``None`` where there is nothing to do.

        Raises:
            SetupError: The disk or the database refused; the next time makes up for it.
        """
        newsroom, changed = self._app.newsroom, self.arrivals.at_rest()
        if not (changed or self._unpublished or newsroom.stand.is_due()):
            return None
        start = time.perf_counter()
        newsroom.guard.coming = self.arrivals.new()
        look = newsroom.look(changed, ahead=True)
        self._lanes.wake()
        self._unpublished = True
        files = self._app.publish(lambda: time.sleep(HEAD_START if look.alerts else 0))
        if newsroom.stand.is_due():  # somebody has taken a post back meanwhile
            files += self._app.publish()
        self._note_gate()
        return self._passed(look, files, start)

    def _passed(self, look: Look, files: list[str], start: float) -> Pass:
        seconds = time.perf_counter() - start
        problems = self._app.newsroom.shelf.all_problems()
        self._health.figures.passed(look.posts, problems, seconds)
        return Pass(look=look, files=tuple(files), seconds=seconds)

    def _note_gate(self) -> None:
        """Have what the gate shut out tried again, and named to whoever asks."""
        shut = self._app.newsroom.stand.shut_out()
        self._unpublished = bool(shut)
        self._health.note("feeds", shut_out(shut) if shut else None)
