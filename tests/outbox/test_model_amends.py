"""
A model of second thoughts: corrections, retractions, pauses, storms, channels at rest.

Three channels that differ in what can be done about a message that stands. Each act is
one the real code does; the far end counts every effect, and knows which words stand.
"""

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from syndicate.alerts.guard import Asked, Told, holds
from syndicate.config import AlertsConfig
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Act, DeliveryState
from syndicate.outbox import actions, amend
from syndicate.outbox.actions import Word
from syndicate.outbox.acts import Powers, Purpose
from syndicate.outbox.amend import Thread
from syndicate.outbox.attempt import Terms
from syndicate.outbox.choosing import choose_all
from syndicate.outbox.expire import expire
from syndicate.outbox.perform import perform
from syndicate.outbox.record import record
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome
from syndicate.store.deliveries import DeliveryRow, find_delivery
from syndicate.store.engine import open_store
from syndicate.store.rows import Switch
from syndicate.store.switches import PAUSE, flip, pause_of
from syndicate.testing import (
    DeletesFakeChannel,
    EditsFakeChannel,
    FakeChannel,
    Remote,
)
from tests.outbox.conftest import ALERT, BLIND, Outbox
from tests.outbox.test_amend import parts

KINDS: dict[str, type[FakeChannel]] = {
    "edits": EditsFakeChannel,
    "deletes": DeletesFakeChannel,
    "stays": FakeChannel,
}
POWERS = {
    "edits": Powers(edits=None),
    "deletes": Powers(deletes=None),
    "stays": Powers(),
}
CONFIG = AlertsConfig()
FAILURES = 5  # in a row, after which a channel rests
FIRST_REST = timedelta(seconds=15)  # the first of them
LONGEST_REST = timedelta(minutes=10)
names = st.sampled_from(sorted(KINDS))
indices = st.integers(0, 100)
ERRORS = {
    "never": NotSentError("refused"),
    "lost": InDoubtError("reset"),
    "no": RejectedError("422"),
    "unwelcome": RejectedError("401", unwelcome=True),
}
WAITING = frozenset({DeliveryState.QUEUED, DeliveryState.SENDING})


class AmendsMachine(RuleBasedStateMachine):
    """One process at a time, a newsroom in two minds, and far ends that fail."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="syndicate-"))
        self.outbox = Outbox(open_store("sqlite:///a.db", self.folder))
        self.remotes = {name: Remote() for name in KINDS}
        self.paused: set[str] = set()
        self.failures: Counter[str] = Counter()  # in a row, by channel
        self.rests: dict[str, datetime] = {}
        self.called_off: set[int] = set()  # deliveries that must never leave
        self.taken_back: set[int] = set()  # alerts nobody is to hear of any more
        self.resends: Counter[str] = Counter()  # by key
        self.news: list[Told] = []
        self.let_go: list[datetime] = []  # automatic alerts that nobody held
        self.flying: list[DeliveryRow] = []

    def teardown(self) -> None:
        self.come_to_rest()
        self.outbox.store.close()
        shutil.rmtree(self.folder)

    @property
    def now(self) -> datetime:
        return self.outbox.clock()

    def rows(self) -> list[DeliveryRow]:
        count = len(self.outbox.states())
        found = []
        with self.outbox.store.begin() as connection:
            for number in range(1, count + 1):
                row = find_delivery(connection, number)
                assert row is not None
                found.append(row)
        return found

    @initialize()
    def begin(self) -> None:
        self.accept([*KINDS])

    @rule(channels=st.lists(names, min_size=1, unique=True))
    def accept(self, channels: list[str]) -> None:
        self.outbox.accept(*channels)

    @rule(posts=st.integers(1, 5), title=st.integers(0, 9))
    def publish(self, posts: int, title: int) -> None:
        """Have a rule ask for alerts, several at once or one."""
        asked = [
            Asked(title=f"속보 {title + n}", link=f"/{title + n}/")
            for n in range(posts)
        ]
        found = holds(asked, self.news, config=CONFIG, crowd=posts, now=self.now)
        for each, held in zip(asked, found, strict=True):
            number = self.outbox.accept("stays", title=each.title, held=held)
            told = Told(
                at=self.now,
                title=each.title,
                link=each.link,
                automatic=True,
                number=number,
            )
            self.news.append(told)
            if held is None:
                self.let_go.append(self.now)

    @rule(name=names)
    def claim(self, name: str) -> None:
        row = self.outbox.claim(name)
        if row is None:
            return
        assert not self.paused & {PAUSE, pause_of(name)}
        assert self.now >= self.rests.get(name, self.now)
        assert row.id not in self.called_off
        assert row.alert_id not in self.taken_back
        self.flying.append(row)

    @precondition(lambda self: self.flying)
    @rule(at=indices, what=st.sampled_from(["sent", *sorted(ERRORS)]))
    def finish(self, at: int, what: str) -> None:
        row = self.flying.pop(at % len(self.flying))
        outcome: Outcome | None = ERRORS.get(what)
        if outcome is None:
            try:
                channel = KINDS[row.channel].towards(self.remotes[row.channel])
                outcome = perform(row, channel)
            except RejectedError as error:
                outcome = error
        terms = Terms(
            store=self.outbox.store,
            owner=self.outbox.owner,
            now=self.outbox.clock,
            draw=lambda: 0.0,
            policy=Policy(),
        )
        record(terms, row, outcome, limits=BLIND)
        self._hear(row.channel, outcome)

    @rule(name=names, times=st.integers(4, 8))
    def outage(self, name: str, times: int) -> None:
        """Have a channel fail again and again, message after message."""
        for _ in range(times):
            self.accept([name])
            before = len(self.flying)
            self.claim(name)
            if len(self.flying) > before:
                self.finish(before, "never")

    def _hear(self, name: str, outcome: Outcome) -> None:
        """Note what follows for the channel."""
        if not isinstance(outcome, NotSentError | InDoubtError):
            self.failures[name] = 0
            if isinstance(outcome, RejectedError) and outcome.unwelcome:
                self.paused.add(pause_of(name))
            return
        self.failures[name] += 1
        further = self.failures[name] - FAILURES
        if further >= 0:
            rest = min(LONGEST_REST, FIRST_REST * 2 ** min(further, 10))
            self.rests[name] = self.now + rest / 2

    @rule(at=indices, purpose=st.sampled_from(Purpose), insist=st.booleans())
    def think_again(self, at: int, purpose: Purpose, *, insist: bool) -> None:
        """Put an alert right, or take it back: all that was told about it."""
        count = max(row.alert_id for row in self.rows())
        number = at % count + 1
        with self.outbox.store.begin() as connection:
            thread = amend.load_thread(connection, number)
        corrects = purpose is Purpose.CORRECT
        if corrects and thread.retracting:
            return
        choices = choose_all(
            thread.rows,
            purpose=purpose,
            powers=POWERS,
            retracting=thread.retracting,
            now=self.now,
            insist=insist,
        )
        alert = replace(
            ALERT,
            corrects=number if corrects else None,
            retracts=None if corrects else number,
        )
        self.outbox.do(
            amend.amend, alert, thread, choices=choices, outgoing=parts(choices)
        )
        self.called_off |= {each.row.id for each in choices if each.is_called_off}
        if not corrects:
            self.taken_back |= self._alerts_to_silence(thread)

    def _alerts_to_silence(self, thread: Thread) -> set[int]:
        """Give the alerts whose words nobody is to hear any more."""
        return {
            row.alert_id
            for row in thread.rows
            if row.alert_id not in thread.retracting and row.act is Act.SEND
        }

    @rule()
    def crash(self) -> None:
        """Die in the middle of all sends; some have arrived. Start again."""
        for row in self.flying[::2]:
            if not row.act.is_change:
                self.remotes[row.channel].effects.append((row.key, row.body))
        self.flying = []
        self.outbox.owner += "'"
        orphans = self.outbox.do(
            find_orphans, in_hand=(), is_gone=lambda owner: owner != self.outbox.owner
        )
        limits = dict.fromkeys(KINDS, BLIND)
        self.outbox.do(rescue, limits, orphans=orphans, policy=Policy())

    @rule(name=st.sampled_from([PAUSE, *map(pause_of, KINDS)]), is_on=st.booleans())
    def pause(self, name: str, *, is_on: bool) -> None:
        switch = Switch(
            name=name, is_on=is_on, changed_at=self.now, who="kim", reason=""
        )
        with self.outbox.store.begin() as connection:
            flip(connection, switch)
        (self.paused.add if is_on else self.paused.discard)(name)

    @rule(at=indices)
    def approve(self, at: int) -> None:
        held = [row for row in self.rows() if row.state is DeliveryState.HELD]
        if held:
            self.outbox.do(actions.approve, held[at % len(held)].alert_id, who="kim")

    @rule(at=indices, word=st.sampled_from(Word))
    def resolve(self, at: int, word: Word) -> None:
        doubts = [row for row in self.rows() if row.state is DeliveryState.IN_DOUBT]
        if doubts:
            row = doubts[at % len(doubts)]
            self.outbox.do(actions.resolve, row.id, word, who="kim")
            if word is Word.RESEND:
                self.resends[row.key] += 1
                self.called_off.discard(row.id)
                self.taken_back.discard(row.alert_id)

    @rule(seconds=st.sampled_from([1, 10, 60, 700]))
    def wait(self, seconds: int) -> None:
        self.outbox.clock.advance(timedelta(seconds=seconds))

    @invariant()
    def nobody_sees_it_twice_unless_a_person_asked(self) -> None:
        for remote in self.remotes.values():
            for key, effects in Counter(key for key, _ in remote.effects).items():
                assert effects <= 1 + self.resends[key]

    @invariant()
    def a_storm_is_held(self) -> None:
        since = self.now - CONFIG.storm_within
        assert sum(at > since for at in self.let_go) <= CONFIG.storm

    @invariant()
    def the_log_is_whole(self) -> None:
        assert self.outbox.chain().is_whole

    def come_to_rest(self) -> None:
        """Lift every pause, settle every doubt, let time pass: what may leave leaves."""
        self.crash()
        for name in (PAUSE, *map(pause_of, KINDS)):
            self.pause(name, is_on=False)
        for _ in range(3):
            self.outbox.clock.advance(2 * LONGEST_REST)
            self.outbox.do(expire)
            for row in self.rows():  # what is done about it waits for its end
                if row.state is DeliveryState.IN_DOUBT:
                    self.outbox.do(actions.resolve, row.id, Word.SENT, who="kim")
            for name in KINDS:
                for _ in range(len(self.outbox.states())):
                    self.claim(name)
                    while self.flying:
                        self.finish(0, "sent")

        waiting = [row for row in self.rows() if row.state in WAITING]
        assert waiting == []


TestAmends = AmendsMachine.TestCase
TestAmends.settings = settings(
    max_examples=settings().max_examples // 10, stateful_step_count=25
)
