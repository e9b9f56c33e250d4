"""What an operator may do: push, approve, correct, pause, settle. Each by one transaction."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from syndicate.app.amending import Amends, Wish, carry_out, plan, reinstated
from syndicate.app.drafting import Draft, Words, alert_of, below, told
from syndicate.app.newsroom import Newsroom
from syndicate.app.newsstand import Clock
from syndicate.app.telling import Roster
from syndicate.config import Config
from syndicate.errors import UsageError
from syndicate.model import Entry
from syndicate.outbox import actions
from syndicate.outbox.enqueue import accept
from syndicate.outbox.ledger import about
from syndicate.store.alerts import find_request
from syndicate.store.engine import Store
from syndicate.store.lanes import clear_waits
from syndicate.store.posts import consider
from syndicate.store.rows import Switch
from syndicate.store.switches import PAUSE, find_pauses, flip, pause_of


class Desk(ABC):
    """The operator's verbs. Whoever inherits them builds what they need."""

    config: Config
    clock: Clock

    @property
    @abstractmethod
    def store(self) -> Store:
        """The database."""

    @property
    @abstractmethod
    def roster(self) -> Roster:
        """The configured channels."""

    @property
    @abstractmethod
    def newsroom(self) -> Newsroom:
        """The posts."""

    @property
    def is_new(self) -> bool:
        """Whether there is no database yet; asking makes none."""
        return False

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
        alert = alert_of(words, entry, self.config)
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
        entering = self.store.begin if alert.identity else self.store.alone
        with entering() as connection:
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
