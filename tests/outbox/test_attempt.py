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
from syndicate.model import Receipt
from syndicate.outbox.attempt import Flight, send
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
