"""
Files on their way in: seen to change, read ahead, at rest.

    events, looks at the folder -> seen -> (read ahead, laid out) -> at rest -> newsroom
"""

import time
from collections.abc import Collection, Mapping
from contextlib import suppress

from syndicate.app import App
from syndicate.app.ahead import lay_out_ahead, look_ahead
from syndicate.app.planning import Changes
from syndicate.errors import SetupError
from syndicate.posts.settling import Settling
from syndicate.posts.stat import Stat
from syndicate.posts.watch import stat_of

FEW = 4
"""Files read ahead. More at a time are no news but a copy, and fast enough."""

SHORTLY = 0.06
"""
Seconds before a file may lie still in which the feeds are laid out with it. Not before:
a file that goes on changing has them laid out for nothing, and meanwhile no other
process publishes.
"""

A_LOOK = 0.1  # seconds between two looks at files that do not lie still yet


class Arrivals:
    """Follows the files of one application until they lie still. One thread owns it."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._root = app.config.posts_dir
        self._settling = Settling(app.config.posts.settle)
        self._read: Mapping[str, Stat | None] = {}  # ahead
        self._is_laid = False  # the feeds as they will be with those

    def hear(self, paths: Collection[str]) -> None:
        """Look at files that an event named."""
        self.see({path: stat_of(self._root, path) for path in paths})

    def see(self, found: Changes) -> None:
        """Note how files look."""
        now, wall = time.monotonic(), self._app.clock()
        for path, stat in found.items():
            self._settling.see(path, stat, now=now, wall=wall)

    def see_again(self) -> None:
        """Look again at the files that are followed."""
        self.hear(self._settling.watched())

    def wait(self) -> float | None:
        """
        Seconds until the next file may lie still, or until that is shortly.

        ``None``: none is followed.
        """
        rest = self._settling.wait(time.monotonic())
        if rest is None or rest <= SHORTLY or self._is_laid:
            return rest
        return rest - SHORTLY

    def at_rest(self) -> Changes:
        """Give, and follow no longer, files that lie still and are not as they were."""
        known = self._app.newsroom.shelf.files
        ready = self._settling.at_rest(time.monotonic(), self._app.clock())
        return {path: stat for path, stat in ready.items() if known.get(path) != stat}

    def all_at_rest(self, patience: float) -> Changes:
        """Give the whole folder as it differs, once it lies still or ``patience`` ends."""
        found: dict[str, Stat | None] = {}
        self.see(self._app.newsroom.folder.scan())
        until = time.monotonic() + patience
        while self._settling.watched() and time.monotonic() < until:
            found |= self.at_rest()
            time.sleep(min(self.wait() or 0, A_LOOK))
            self.see_again()
        return found

    def new(self) -> int:
        """Count the new files that do not lie still yet: many are no news but a copy."""
        known = self._app.newsroom.shelf.files
        return sum(path not in known for path in self._settling.watched())

    def read_ahead(self) -> None:
        """Read what is about to lie still, in the time until it does."""
        coming = self._settling.coming()
        before, self._read = self._read, coming
        if coming != before:
            self.let_go()
        if len(coming) > FEW:
            return
        with suppress(SetupError):  # whoever needs it in earnest will say so
            for path, stat in coming.items() - before.items():
                if stat:
                    look_ahead(self._app.newsroom, path, stat)
            self._lay_out()

    def let_go(self) -> None:
        """Let go of feeds that were laid out for files that will not lie still so."""
        self._app.newsroom.stand.discard()
        self._is_laid = False

    def _lay_out(self) -> None:
        rest = self._settling.wait(time.monotonic())
        if rest is not None and rest <= SHORTLY and not self._is_laid:
            self._is_laid = True
            lay_out_ahead(self._app.newsroom, self._read)
