"""The application: everything built once, and its verbs."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from syndicate.app.allowing import limited, recall
from syndicate.app.amending import Amends, Wish, carry_out, plan, reinstated
from syndicate.app.announcing import Announcer
from syndicate.app.database import open_ledger
from syndicate.app.drafting import Draft, Words, address_of, below, told
from syndicate.app.keeping import give_safes
from syndicate.app.newsroom import Newsroom
from syndicate.app.newsstand import Clock
from syndicate.app.opening import now_utc, open_config
from syndicate.app.report import Built
from syndicate.app.telling import Roster, open_roster, waits_for
from syndicate.config import Config
from syndicate.errors import SetupError, UsageError
from syndicate.model import Alert, Entry, Picture
from syndicate.outbox import actions
from syndicate.outbox.enqueue import accept
from syndicate.outbox.ledger import about
from syndicate.posts.watch import Stat
from syndicate.store.alerts import find_request
from syndicate.store.engine import Store, missing_file
from syndicate.store.lanes import clear_waits
from syndicate.store.posts import consider
from syndicate.store.switches import PAUSE, Switch, find_pauses, flip, pause_of


class App:
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
            self.config, store=self.store, roster=self.roster, clock=self.clock
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
        """
        Take in what changed and write the feeds. Sends no alert.

        Args:
            there: The posts folder, if it was just looked at.

        Raises:
            SetupError: The folder, the database or the disk stands in the way.
        """
        start = time.perf_counter()
        newsroom = self.newsroom
        changed = newsroom.scan() if there is None else newsroom.compare(there)
        look = newsroom.look(changed, alerting=False)
        files = newsroom.stand.publish()
        return Built(
            look=look,
            files=tuple(files),
            folder=self.config.feeds_dir,
            problems=self.newsroom.problems(),
            seconds=time.perf_counter() - start,
        )

    def draft(self, words: Words) -> Draft:
        """
        Write an operator's alert for its channels, without accepting it.

        Raises:
            UsageError: It names no post and says nothing, or a channel nobody knows.
            PostError: The post cannot be read.
        """
        names = self.roster.names(words.to)
        if not names:
            raise UsageError("no channel is configured; add a [[channels]] table")
        path = below(words.post, self.config.posts_dir) if words.post else None
        entry = self._entry_of(path) if path else None
        alert = self._alert(words, entry)
        already: dict[str, str] = {}
        if entry and not words.again and words.text is None:
            with self.store.read() as connection:
                already = told(about(connection, entry.identity))
        wanted = [name for name in names if name not in already]
        return Draft(
            alert=alert,
            path=path,
            outgoing=tuple(self.roster.write(alert, wanted)),
            at=words.at,
            already={name: already[name] for name in names if name in already},
        )

    def accepted_before(self, request_id: str) -> int | None:
        """Give the alert that was accepted under a request's name, if there is one."""
        with self.store.read() as connection:
            return find_request(connection, request_id)

    def push(self, draft: Draft, *, request_id: str | None = None) -> int:
        """
        Accept an alert: when this returns its number, the outbox holds it.

        Args:
            draft: What ``draft`` gave.
            request_id: A name for this request; under the same name nothing is
                accepted twice.

        Raises:
            StoreError: It was not accepted.
        """
        self.roster.expect(draft.outgoing)
        if draft.path:
            self.newsroom.admit(draft.path)
        now = self.clock()
        patience = self.config.alerts.not_after
        alert = replace(draft.alert, not_after=(draft.at or now) + patience)
        with self.store.begin() as connection:
            if alert.identity:  # told by hand: no rule needs to ask any more
                consider(connection, alert.identity)
            return accept(
                connection,
                alert,
                draft.outgoing,
                now=now,
                due_at=draft.at,
                request_id=request_id,
            )

    def plan_amends(self, wish: Wish) -> Amends:
        """
        Work out how an alert is corrected or retracted, without accepting it.

        Raises:
            UsageError: See ``amending.plan``.
        """
        with self.store.begin() as connection:
            return plan(connection, wish, self.roster, now=self.clock())

    def amend(self, amends: Amends, *, request_id: str | None = None) -> int:
        """
        Accept a correction or a retraction; gives its number.

        Raises:
            MovedOnError: A message has moved on since the plan was made.
            StoreError: It was not accepted.
        """
        with self.store.begin() as connection:
            return carry_out(
                connection, amends, now=self.clock(), request_id=request_id
            )

    def reinstate(self, number: int, *, who: str) -> str:
        """
        Let the post of an alert that was taken back stand in the feeds again.

        Returns:
            The post's title.

        Raises:
            UsageError: There is no such alert, or its post was not taken back.
        """
        with self.store.begin() as connection:
            return reinstated(connection, number, who=who, now=self.clock())

    def approve(self, number: int, *, who: str) -> int:
        """Let a held alert go; gives how many deliveries were waiting for it."""
        with self.store.begin() as connection:
            return actions.approve(connection, number, who=who, now=self.clock())

    def approve_all(self, *, who: str, rule: str | None = None) -> dict[int, int]:
        """Let all held alerts go, or a rule's; gives what was waiting, by alert."""
        now = self.clock()
        with self.store.begin() as connection:
            return actions.approve_all(connection, who=who, now=now, rule=rule)

    def reject_all(
        self, *, who: str, rule: str | None = None, reason: str = ""
    ) -> dict[int, int]:
        """Turn all held alerts down, or a rule's; gives what was waiting, by alert."""
        now = self.clock()
        with self.store.begin() as connection:
            return actions.reject_all(
                connection, who=who, now=now, rule=rule, reason=reason
            )

    def pause(
        self, name: str | None, *, who: str, reason: str, on: bool = True
    ) -> bool:
        """
        Stop sending, or go on: on one channel, or on all.

        Returns:
            Whether that changed anything.

        Raises:
            UsageError: No channel is called so.
        """
        if name is not None and name not in self.roster.channels:
            known = ", ".join(self.roster.channels) or "none is configured"
            raise UsageError(
                "no channel is called {name} (known: {names})", name=name, names=known
            )
        switch = Switch(
            name=PAUSE if name is None else pause_of(name),
            is_on=on,
            changed_at=self.clock(),
            who=who,
            reason=reason,
        )
        with self.store.begin() as connection:
            was_on = switch.name in {each.name for each in find_pauses(connection)}
            if was_on != on or on:
                flip(connection, switch)
            if not on:
                clear_waits(connection, name)
        return was_on != on

    def pauses(self) -> Sequence[Switch]:
        """Give the pauses that hold."""
        with self.store.read() as connection:
            return find_pauses(connection)

    def cancel(self, number: int, *, who: str, reason: str = "") -> int:
        """Withdraw what of an alert has not left; gives how many deliveries that were."""
        now = self.clock()
        with self.store.begin() as connection:
            return actions.cancel(connection, number, who=who, now=now, reason=reason)

    def resolve(
        self, delivery: int, word: actions.Word, *, who: str, reason: str = ""
    ) -> None:
        """Settle a delivery in doubt by a person's word."""
        now = self.clock()
        with self.store.begin() as connection:
            actions.resolve(
                connection,
                delivery,
                word,
                who=who,
                now=now,
                not_after=now + self.config.alerts.not_after,
                reason=reason,
            )

    def _entry_of(self, path: str) -> Entry:
        filed = self.newsroom.peek(path)
        entry = self.newsroom.entry(filed) if filed else None
        if entry is None:
            raise UsageError("{path} is not published: it says so itself", path=path)
        return entry

    def _alert(self, words: Words, entry: Entry | None) -> Alert:
        if entry is None and not (words.text or "").strip():
            raise UsageError("name a POST, or say something with --text")
        image = address_of("--image", words.image)
        picture = Picture(url=image) if image else None
        return Alert(
            title=entry.title if entry else (words.text or ""),
            link=address_of("--url", words.url) or (entry.link if entry else None),
            language=(entry and entry.language) or self.config.site.language,
            excerpt=entry.excerpt if entry else "",
            picture=picture or (entry.picture if entry else None),
            text=words.text,
            severity=words.severity,
            who=words.who,
            identity=entry.identity if entry else None,
            site=self.config.site.name,
            authors=entry.authors if entry else (),
            categories=entry.categories if entry else (),
            tags=entry.tags if entry else (),
            held=waits_for(words.severity, self.config),
        )

    def close(self) -> None:
        """Give back what was opened."""
        if "roster" in self.__dict__:
            for channel in self.roster.channels.values():
                channel.close()
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_app(path: Path, *, clock: Callable[[], datetime] = now_utc) -> App:
    """
    Build the application from a configuration file.

    Raises:
        ConfigError: The file cannot be used.
    """
    return App(open_config(path), clock=clock)
