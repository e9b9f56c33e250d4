"""The application: everything built once, and its verbs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Self

from syndicate.app.allowing import limited, recall
from syndicate.app.announcing import Announcer
from syndicate.app.building import one_pass
from syndicate.app.database import open_ledger
from syndicate.app.desk import Desk
from syndicate.app.keeping import give_safes
from syndicate.app.newsroom import Newsroom
from syndicate.app.newsstand import Clock
from syndicate.app.opening import now_utc, open_config
from syndicate.app.report import Built
from syndicate.app.telling import Roster, open_roster
from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.posts.stat import Stat
from syndicate.store.engine import Store, missing_file
from syndicate.store.stored import StoredRecords


class App(Desk):
    """One configuration at work. Parts are made when first asked for."""

    def __init__(self, config: Config, *, clock: Clock = now_utc) -> None:
        self.config = config
        self.clock = clock

    @cached_property
    def store(self) -> Store:
        """The database, opened and brought up to date."""
        return open_ledger(self.config)

    @property
    def is_new(self) -> bool:
        """Whether there is no database yet; asking makes none."""
        url = self.config.store.url.get_secret_value()
        return missing_file(url, self.config.folder) is not None

    @cached_property
    def roster(self) -> Roster:
        """The configured channels."""
        roster = open_roster(self.config)
        give_safes(roster, lambda: self.store, self.clock)
        if limited(roster) and not self.is_new:
            recall(roster, self.store)
        return roster

    @cached_property
    def newsroom(self) -> Newsroom:
        """The posts. One thread at a time."""
        return Newsroom(
            self.config,
            records=StoredRecords(self.store),
            roster=lambda: self.roster,
            clock=self.clock,
        )

    @cached_property
    def announcer(self) -> Announcer:
        """What hubs were told. One thread at a time."""
        return Announcer(
            self.config, store=self.store, roster=self.roster, clock=self.clock
        )

    def reread(self) -> None:
        """Have newsroom and announcer made anew: another process has gone on since."""
        for name in ("newsroom", "announcer"):
            self.__dict__.pop(name, None)

    def publish(self, pause: Callable[[], None] = lambda: None) -> list[str]:
        """
        Write the feeds whose bytes have changed and, once they are out, tell the hubs.

        Args:
            pause: Called once the feeds are out, before what leads to them is written.

        Returns:
            The names of the files that changed.

        Raises:
            SetupError: The disk or the database refused; the next call makes up for it.
        """
        try:
            files = self.newsroom.stand.publish(pause)
        except SetupError:
            self.announcer.look_again()
            raise
        self.announcer.announce(files, self.newsroom.shelf.posts.values())
        return files

    def build(self, there: Mapping[str, Stat] | None = None) -> Built:
        """Take in what changed and write the feeds; see ``one_pass``."""
        return one_pass(self.newsroom, there)

    def close(self) -> None:
        """Give back what was opened."""
        if "roster" in self.__dict__:
            for channel in self.roster.channels.values():
                channel.close()
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_app(path: Path, *, clock: Callable[[], datetime] = now_utc) -> App:
    """
    Build the application from a configuration file.

    Raises:
        ConfigError: The file cannot be used.
    """
    return App(open_config(path), clock=clock)
