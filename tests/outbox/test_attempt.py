"""One try, without a lane around it."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from syndicate.errors import (
    DeliveryError,
    InDoubtError,
    NotSentError,
    RejectedError,
)
from syndicate.model import DeliveryState, Receipt
from syndicate.outbox.attempt import Flight, Terms, record, send
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome
from syndicate.store.lanes import load_lane
from syndicate.store.switches import find_pauses
from syndicate.testing import FakeChannel, Remote

DEADLINE = timedelta(seconds=15)


def flight(outbox: Any, *, age: float = 0, **changes: Any) -> Flight:
    outbox.accept("desk")
    row = replace(outbox.claimed(), **changes)
    return Flight(row, monotonic() - age, DEADLINE)


def test_the_channel_is_handed_the_stored_bytes_and_the_key(sqlite_outbox: Any) -> None:
    remote = Remote()
    one = flight(sqlite_outbox)

    assert isinstance(send(one, FakeChannel.towards(remote)), Receipt)
    assert remote.effects == [(one.row.key, one.row.body)]


@pytest.mark.parametrize(
    "error", [NotSentError("a"), InDoubtError("b"), RejectedError("c")]
)
def test_a_verdict_is_passed_on(sqlite_outbox: Any, error: DeliveryError) -> None:
    remote = Remote()
    remote.answers.append(error)

    assert send(flight(sqlite_outbox), FakeChannel.towards(remote)) is error


@pytest.mark.parametrize("error", [KeyError("secret"), SystemExit(1)])
def test_a_channel_that_breaks_proves_nothing(
    sqlite_outbox: Any, error: BaseException
) -> None:
    def break_off() -> None:
        raise error

    remote = Remote()
    remote.answers.append(break_off)
    outcome = send(flight(sqlite_outbox), FakeChannel.towards(remote))

    assert isinstance(outcome, InDoubtError)
    assert str(outcome) == f"the channel broke off: {type(error).__name__}"


def test_bytes_that_were_changed_are_not_sent(sqlite_outbox: Any) -> None:
    remote = Remote()
    changed = flight(sqlite_outbox, body="something else")
    outcome = send(changed, FakeChannel.towards(remote))

    assert isinstance(outcome, RejectedError)
    assert remote.effects == []


def test_a_process_that_stood_still_does_not_begin(sqlite_outbox: Any) -> None:
    remote = Remote()
    outcome = send(flight(sqlite_outbox, age=26), FakeChannel.towards(remote))

    assert isinstance(outcome, NotSentError)
    assert remote.effects == []


def test_a_process_that_was_only_slow_begins(sqlite_outbox: Any) -> None:
    remote = Remote()
    send(flight(sqlite_outbox, age=24), FakeChannel.towards(remote))

    assert len(remote.effects) == 1


def settle(outbox: Any, outcome: Outcome) -> None:
    terms = Terms(
        store=outbox.store,
        owner=outbox.owner,
        now=outbox.clock,
        draw=lambda: 0.5,
        policy=Policy(),
    )
    record(terms, outbox.claimed(), outcome, limits=FakeChannel.limits)


def test_a_channel_that_refuses_us_is_paused_and_says_how_to_go_on(outbox: Any) -> None:
    for _ in range(2):
        outbox.accept("desk", "wide")
    settle(outbox, RejectedError("HTTP 401", unwelcome=True))

    assert outbox.delivery(1).state is DeliveryState.FAILED
    assert outbox.claim() is None, "what is queued waits"
    assert outbox.claim("wide") is not None
    with outbox.store.read() as connection:
        (pause,) = find_pauses(connection)
    assert (pause.channel, pause.who) == ("desk", "outbox")
    assert pause.reason == (
        "it refuses us: HTTP 401; mend that, then `syndicate resume desk`"
    )
    assert outbox.chain().is_whole


def test_a_message_that_is_refused_pauses_nobody(outbox: Any) -> None:
    outbox.accept("desk")
    settle(outbox, RejectedError("HTTP 400"))

    with outbox.store.read() as connection:
        assert find_pauses(connection) == []


def test_a_channel_that_fails_again_and_again_rests(outbox: Any) -> None:
    for _ in range(6):
        outbox.accept("desk")
    for _ in range(5):
        settle(outbox, InDoubtError("reset"))

    assert outbox.claim() is None, "the sixth message is spared the same fate"

    outbox.clock.advance(timedelta(seconds=15))
    settle(outbox, Receipt(remote_id="7"))

    with outbox.store.begin() as connection:
        assert load_lane(connection, "desk", now=outbox.clock()).failures == 0
