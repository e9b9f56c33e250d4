"""
The real code under a stopped clock: channels that fail, crashes, clocks that jump.

Everything random comes from one seed. A failure names it, and ``SYNDICATE_PROOF_SEED``
has the same story told again.
"""

import os
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from syndicate.channels.base import Channel
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox import actions
from syndicate.outbox.attempt import Flight, Terms, send, take
from syndicate.outbox.batch import Tried, most_of
from syndicate.outbox.enqueue import accept
from syndicate.outbox.expire import expire
from syndicate.outbox.looking import look
from syndicate.outbox.record import record
from syndicate.outbox.rescue import find_orphans, rescue
from syndicate.outbox.retry import Policy
from syndicate.outbox.writing import write_down
from syndicate.store import audit
from syndicate.store.agreeing import find_mismatch
from syndicate.store.engine import Store
from syndicate.store.tables import deliveries
from syndicate.testing import (
    AskedFakeChannel,
    FakeChannel,
    KeyedFakeChannel,
    Remote,
    StoppedClock,
)

KINDS = {"blind": FakeChannel, "keyed": KeyedFakeChannel, "asked": AskedFakeChannel}
NEVER = {DeliveryState.EXPIRED, DeliveryState.FAILED, DeliveryState.CANCELLED}
ENDS = {*NEVER, DeliveryState.SENT, DeliveryState.IN_DOUBT}
HOUR = timedelta(hours=1)
SEED = os.environ.get("SYNDICATE_PROOF_SEED")


class World:
    """One process at a time, and what befalls it."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)
        self.clock = StoppedClock()
        self.remotes = {name: Remote() for name in KINDS}
        self.channels: dict[str, Channel[Any]] = {
            name: kind.towards(self.remotes[name]) for name, kind in KINDS.items()
        }
        self.life = 0
        self.stale: list[tuple[Flight, str]] = []

    @property
    def terms(self) -> Terms:
        return Terms(
            store=self.store,
            owner=f"life {self.life}",
            now=self.clock,
            draw=self.chance.random,
            policy=Policy(),
        )

    def befall(self) -> None:
        """Let one thing happen."""
        acts: dict[Callable[[], object], int] = {
            self.tell: 4,
            self.work: 12,
            self.fail: 5,
            self.crash: 2,
            self.wait: 4,
            self.jump: 1,
            self.sweep: 4,
            self.hear_late: 1,
            self.cancel: 1,
        }
        self.chance.choices(list(acts), list(acts.values()))[0]()

    def tell(self) -> None:
        patience = self.chance.choice([None, timedelta(minutes=30)])
        now = self.clock()
        alert = Alert(
            title="지진",
            link=None,
            language="ko",
            not_after=now + patience if patience else None,
        )
        parts = [
            Outgoing(
                channel=name,
                kind="fake",
                body='{"text":"지진"}',
                text="지진",
                count=2,
                limit=500,
                unit="code points",
            )
            for name in KINDS
        ]
        with self.store.begin() as connection:
            accept(connection, alert, parts, now=now)

    def work(self) -> bool:
        name = self.chance.choice(list(KINDS))
        channel = self.channels[name]
        flights = take(self.terms, name, channel, most=most_of(channel.limits))
        begun = self.chance.randint(1, len(flights)) if flights else 0
        verdicts: list[Tried] = [
            (each, send(each, channel)) for each in flights[:begun]
        ]
        verdicts += [(each, None) for each in flights[begun:]]
        write_down(self.terms, verdicts, limits=channel.limits)
        return bool(flights)

    def fail(self) -> None:
        """Have the next message of a channel meet a fault."""
        remote = self.remotes[self.chance.choice(list(KINDS))]
        remote.arrives = self.chance.random() < 0.5
        error = self.chance.choice(
            [
                NotSentError("refused"),
                NotSentError("429", retry_after=timedelta(minutes=2)),
                InDoubtError("reset"),
                InDoubtError("reset"),
                RejectedError("422"),
            ]
        )
        remote.answers.append(error)

    def crash(self) -> None:
        """Die in the middle of a send, or before it, and start again."""
        name = self.chance.choice(list(KINDS))
        channel = self.channels[name]
        for flight in take(self.terms, name, channel, most=most_of(channel.limits)):
            if self.chance.random() < 0.5:
                send(flight, channel)
                self.stale.append((flight, name))
        self.life += 1
        limits = {name: each.limits for name, each in self.channels.items()}
        with self.store.begin() as connection:
            orphans = find_orphans(
                connection,
                in_hand=(),
                now=self.clock(),
                is_gone=lambda owner: owner != self.terms.owner,
            )
            rescue(
                connection,
                limits,
                orphans=orphans,
                policy=Policy(),
                now=self.clock(),
            )

    def hear_late(self) -> None:
        """Let a process that was thought dead write its verdict after all."""
        if self.stale:
            flight, name = self.stale.pop()
            error = NotSentError("it says now that it never left")
            record(self.terms, flight.row, error, limits=self.channels[name].limits)

    def wait(self) -> None:
        self.clock.advance(timedelta(seconds=self.chance.choice([1, 10, 60, 600])))

    def jump(self) -> None:
        """Turn the clock by an hour, as a wrong time server or a wrong zone does."""
        self.clock.advance(self.chance.choice([HOUR, -HOUR]))

    def sweep(self) -> None:
        with self.store.begin() as connection:
            expire(connection, now=self.clock())
        for name, channel in self.channels.items():
            look(self.terms, name, channel)

    def cancel(self) -> None:
        with self.store.begin() as connection:
            newest = connection.scalar(
                select(deliveries.c.alert_id).order_by(deliveries.c.id.desc())
            )
            if newest:
                actions.cancel(connection, newest, who="kim", now=self.clock())

    def come_to_rest(self) -> None:
        """Let every fault pass, and time with it."""
        for remote in self.remotes.values():
            remote.answers.clear()
        for _ in range(60):
            self.clock.advance(timedelta(minutes=30))
            self.sweep()
            while any(self.work() for _ in range(9)):
                pass

    def faults(self) -> list[str]:
        """Name what broke a promise."""
        with self.store.read() as connection:
            rows = connection.execute(select(deliveries)).all()
            whole = audit.verify(connection).is_whole
            odd = find_mismatch(connection)
        found = [] if whole else ["the audit chain is broken"]
        found += [f"ledger and log differ: {odd}"] if odd else []
        for row in rows:
            remote = self.remotes[row.channel]
            effects = Counter(key for key, _ in remote.effects)[row.key]
            said = f"{row.channel} {row.state}, {effects} effects"
            if effects > 1:
                found.append(f"doubled: {said}")
            if row.state not in ENDS:
                found.append(f"at no end: {said}")
            if row.state is DeliveryState.SENT and not effects:
                found.append(f"claimed but unseen: {said}")
            unsure = row.state is DeliveryState.CANCELLED and row.ambiguous
            if row.state in NEVER and effects and not unsure:
                found.append(f"denied but seen: {said}")
        return found


def simulate(store: Store, *, seed: int, steps: int) -> None:
    world = World(store, seed)
    for _ in range(steps):
        world.befall()
    world.come_to_rest()

    assert world.faults() == [], f"SYNDICATE_PROOF_SEED={seed}"


@pytest.mark.parametrize("seed", [int(SEED)] if SEED else [1, 2])
def test_no_story_breaks_a_promise(sqlite_store: Store, seed: int) -> None:
    simulate(sqlite_store, seed=seed, steps=250)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 120))
def test_no_long_story_breaks_a_promise(sqlite_store: Store, seed: int) -> None:
    simulate(sqlite_store, seed=seed, steps=600)
