"""
The outbox against a model: any order of acts, failures, crashes and second thoughts.

The far end counts every effect. It forgets a key an hour after it showed its message,
as a real one would, so a key that is used too long shows as a double.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Alert, DeliveryState, Limits, Memory, Outgoing, Receipt
from syndicate.outbox import actions, move
from syndicate.outbox.actions import Word
from syndicate.outbox.attempt import Terms
from syndicate.outbox.claim import Lease, claim
from syndicate.outbox.enqueue import accept
from syndicate.outbox.expire import expire
from syndicate.outbox.looking import look
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome, settlement
from syndicate.store import audit
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.engine import Store, open_store
from syndicate.store.rows import Switch
from syndicate.store.switches import PAUSE, flip, pause_of
from syndicate.store.tables import audit as audit_table
from syndicate.store.tables import deliveries
from syndicate.testing import AskedFakeChannel, Remote, StoppedClock

HOUR = timedelta(hours=1)
LEASE = timedelta(seconds=30)
LIMITS = {
    "blind": Limits(text=1),
    "semi": Limits(text=1, memory=Memory.SEMI, resend_after=timedelta(seconds=5)),
    "keyed": Limits(
        text=1,
        memory=Memory.KEYED,
        remembers_key_for=HOUR,
        resend_after=timedelta(seconds=5),
    ),
    "asked": AskedFakeChannel.limits,
}
OUTCOMES: Mapping[str, Outcome] = {
    "sent": Receipt(remote_id="7"),
    "never": NotSentError("refused"),
    "later": NotSentError("429", retry_after=timedelta(seconds=30)),
    "no": RejectedError("401"),
    "lost": InDoubtError("reset"),
    "unheard": InDoubtError("timeout"),  # it arrived, and nobody said so
}
channels = st.sampled_from(sorted(LIMITS))
indices = st.integers(0, 100)
draws = st.floats(0, 1, exclude_max=True)
NEVER = frozenset({DeliveryState.EXPIRED, DeliveryState.FAILED})


@dataclass
class FarEnd:
    """What followers see."""

    effects: Counter[str] = field(default_factory=Counter)  # by key
    shown: dict[str, datetime] = field(default_factory=dict)
    asked: Remote = field(default_factory=Remote)  # tells what it has shown

    def show(self, row: DeliveryRow, now: datetime) -> None:
        if row.channel == "semi" and row.key in self.shown:
            return  # the same words again are refused
        known = row.channel == "keyed" and row.key in self.shown
        if not (known and now < self.shown[row.key] + HOUR):
            self.effects[row.key] += 1
            self.shown[row.key] = now
        if row.channel == "asked":
            self.asked.effects.append((row.key, row.body))


class OutboxMachine(RuleBasedStateMachine):
    """One process at a time; every act is one the real code does."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="syndicate-"))
        self.store: Store = open_store("sqlite:///a.db", self.folder)
        self.clock = StoppedClock()
        self.far = FarEnd()
        self.flying: list[DeliveryRow] = []  # claimed by the process that lives
        self.stale: list[DeliveryRow] = []  # claimed by one that is gone
        self.resends: Counter[str] = Counter()  # by key, asked for by a person
        self.attested: set[int] = set()
        self.frozen: dict[int, tuple[str, str, str]] = {}
        self.life = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @property
    def owner(self) -> str:
        return f"process {self.life}"

    def rows(self, *states: DeliveryState) -> list[DeliveryRow]:
        with self.store.read() as connection:
            found = connection.execute(select(deliveries).order_by(deliveries.c.id))
            rows = [DeliveryRow(**row) for row in found.mappings()]
        return [row for row in rows if not states or row.state in states]

    def pick(self, at: int, *states: DeliveryState) -> DeliveryRow | None:
        rows = self.rows(*states)
        return rows[at % len(rows)] if rows else None

    def do(self, act: Any, *arguments: Any, **named: Any) -> Any:
        with self.store.begin() as connection:
            return act(connection, *arguments, now=self.clock(), **named)

    @initialize(channel=channels)
    def begin(self, channel: str) -> None:
        self.accept([channel], held=False, patience=60)

    @rule(
        names=st.lists(channels, min_size=1, max_size=3, unique=True),
        held=st.booleans(),
        patience=st.none() | st.integers(-5, 90),
    )
    def accept(self, names: list[str], *, held: bool, patience: int | None) -> None:
        until = timedelta(minutes=patience) if patience is not None else None
        alert = Alert(
            title="a",
            link=None,
            language="ko",
            held="approval" if held else None,
            not_after=self.clock() + until if until is not None else None,
        )
        parts = [
            Outgoing(
                channel=name,
                kind="fake",
                body=name,
                text=name,
                count=1,
                limit=1,
                unit="code points",
            )
            for name in names
        ]
        self.do(accept, alert, parts)
        for row in self.rows():
            self.frozen.setdefault(row.id, (row.key, row.body, row.body_hash))

    @rule(channel=channels)
    def claim(self, channel: str) -> None:
        """One at a time leaves for a channel."""
        lease = Lease(owner=self.owner, now=self.clock(), length=LEASE)
        with self.store.begin() as connection:
            self.flying += claim(connection, channel, lease)

    @precondition(lambda self: self.flying)
    @rule(
        at=indices,
        what=st.sampled_from(sorted(OUTCOMES)),
        draw=draws,
    )
    def finish(self, at: int, what: str, draw: float) -> None:
        row = self.flying.pop(at % len(self.flying))
        self.settle(row, self.send(row, what), draw=draw)

    @precondition(lambda self: self.stale)
    @rule(at=indices, what=st.sampled_from(["sent", "never", "no"]), draw=draws)
    def finish_too_late(self, at: int, what: str, draw: float) -> None:
        """The verdict of a process that was thought dead. Its bytes left long ago."""
        row = self.stale.pop(at % len(self.stale))

        assert not self.settle(row, OUTCOMES[what], draw=draw)

    @rule(arrived=st.lists(st.booleans(), min_size=8, max_size=8))
    def crash(self, arrived: list[bool]) -> None:
        """Die; of what was being sent, some has arrived. Start again."""
        for row, has_arrived in zip(self.flying, arrived, strict=False):
            if has_arrived:
                self.far.show(row, self.clock())
        self.stale += self.flying
        self.flying = []
        self.life += 1
        self.store.close()
        self.store = open_store("sqlite:///a.db", self.folder)
        orphans = self.do(
            find_orphans, in_hand=(), is_gone=lambda owner: owner != self.owner
        )
        self.do(rescue, LIMITS, orphans=orphans, policy=Policy())

    @rule(seconds=st.sampled_from([1, 6, 60, 600, 3300, 3600, 90_000]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    @rule()
    def sweep(self) -> None:
        self.do(expire)

    @rule()
    def look_back(self) -> None:
        """Ask the channel that can be asked about its doubts."""
        terms = Terms(
            store=self.store,
            owner=self.owner,
            now=self.clock,
            draw=lambda: 0.5,
            policy=Policy(),
        )
        look(terms, "asked", AskedFakeChannel.towards(self.far.asked))

    @rule(at=indices)
    def approve(self, at: int) -> None:
        if row := self.pick(at, DeliveryState.HELD):
            self.do(actions.approve, row.alert_id, who="kim")

    @rule(at=indices)
    def cancel(self, at: int) -> None:
        if row := self.pick(at, DeliveryState.HELD, DeliveryState.QUEUED):
            self.do(actions.cancel, row.alert_id, who="kim")

    @rule(at=indices, word=st.sampled_from(Word))
    def resolve(self, at: int, word: Word) -> None:
        if row := self.pick(at, DeliveryState.IN_DOUBT):
            self.do(actions.resolve, row.id, word, who="kim")
            if word is Word.RESEND:
                self.resends[row.key] += 1
            if word is Word.SENT:
                self.attested.add(row.id)

    @rule(is_on=st.booleans(), name=st.sampled_from([PAUSE, pause_of("blind")]))
    def pause(self, *, is_on: bool, name: str) -> None:
        switch = Switch(
            name=name, is_on=is_on, changed_at=self.clock(), who="kim", reason=""
        )
        with self.store.begin() as connection:
            flip(connection, switch)

    def send(self, row: DeliveryRow, what: str) -> Outcome:
        """Hand it over; a semi channel refuses words it has."""
        if row.channel == "semi" and row.key in self.far.shown and what == "sent":
            return RejectedError("403 duplicate", repeat=True)
        if what in {"sent", "unheard"}:
            self.far.show(row, self.clock())
        return OUTCOMES[what]

    def settle(self, row: DeliveryRow, outcome: Outcome, *, draw: float) -> bool:
        made = settlement(
            outcome,
            row,
            limits=LIMITS[row.channel],
            policy=Policy(),
            now=self.clock(),
            draw=draw,
        )
        with self.store.begin() as connection:
            return move.settle(connection, row, made, now=self.clock())

    @invariant()
    def nobody_sees_it_twice_unless_a_person_asked(self) -> None:
        for key, effects in self.far.effects.items():
            assert effects <= 1 + self.resends[key]

    @invariant()
    def states_say_no_more_than_is_known(self) -> None:
        for row in self.rows():
            effects = self.far.effects[row.key]
            if row.state is DeliveryState.SENT and row.id not in self.attested:
                assert effects >= 1
            if row.state in NEVER:
                assert effects == 0
            if row.state is DeliveryState.CANCELLED and not row.ambiguous:
                assert effects == 0
            if row.state in {DeliveryState.HELD, DeliveryState.QUEUED} and effects:
                assert row.ambiguous
                assert row.channel in {"keyed", "semi"} or self.resends[row.key]

    @invariant()
    def every_row_has_an_owner_or_a_time(self) -> None:
        for row in self.rows(DeliveryState.SENDING):
            assert row.owner is not None
        for row in self.rows(DeliveryState.QUEUED):
            assert row.owner is None

    @invariant()
    def key_and_bytes_never_change(self) -> None:
        found = {row.id: (row.key, row.body, row.body_hash) for row in self.rows()}

        assert found == self.frozen

    @invariant()
    def the_log_tells_how_each_came_to_where_it_is(self) -> None:
        with self.store.read() as connection:
            assert audit.verify(connection).is_whole
            log = connection.execute(select(audit_table)).all()
        last: dict[str, str | None] = {}
        for note in log:
            assert note.before == last.get(note.subject)
            last[note.subject] = note.after
        for row in self.rows():
            assert last[f"delivery {row.id}"] == row.state


TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(
    max_examples=settings().max_examples // 5, stateful_step_count=30
)
