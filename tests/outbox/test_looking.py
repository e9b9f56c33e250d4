"""A channel that can be asked settles its doubts without a person."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from syndicate.channels.base import ReadsBack
from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import DeliveryState, Limits, Memory, Receipt
from syndicate.outbox import actions
from syndicate.outbox.attempt import Terms
from syndicate.outbox.expire import expire
from syndicate.outbox.looking import look
from syndicate.outbox.retry import Policy
from syndicate.testing import AskedFakeChannel, FakeChannel, Remote

TEN = timedelta(seconds=10)
MINUTE = timedelta(minutes=1)
LIMITS = AskedFakeChannel.limits


@pytest.fixture
def remote() -> Remote:
    return Remote()


def terms(outbox: Any) -> Terms:
    return Terms(
        store=outbox.store,
        owner="lane",
        now=outbox.clock,
        draw=lambda: 0.5,
        policy=Policy(),
    )


def doubt(outbox: Any, remote: Remote, *, arrived: bool, **changes: Any) -> None:
    """Send one whose verdict is lost."""
    outbox.accept("desk", **changes)
    row = outbox.claimed()
    if arrived:
        remote.hear(row.body, key=row.key, remembers=False)
    outbox.failed(row, InDoubtError("reset"), limits=LIMITS)


def asked(
    outbox: Any, remote: Remote, kind: type[FakeChannel] = AskedFakeChannel
) -> int:
    return look(terms(outbox), "desk", kind.towards(remote))


def test_what_is_there_is_sent(outbox: Any, remote: Remote) -> None:
    doubt(outbox, remote, arrived=True)

    assert asked(outbox, remote) == 0, "not before it had time to show"

    outbox.clock.advance(TEN)

    assert asked(outbox, remote) == 1
    found = outbox.delivery()
    assert found.state is DeliveryState.SENT
    assert found.remote_url == f"https://fake.example/{found.remote_id}"
    assert found.last_error is None
    assert outbox.chain().is_whole


def test_what_two_looks_do_not_find_is_sent_again(outbox: Any, remote: Remote) -> None:
    doubt(outbox, remote, arrived=False)
    outbox.clock.advance(TEN)

    assert asked(outbox, remote) == 0
    assert asked(outbox, remote) == 0, "the second look waits as long as the first"
    assert outbox.delivery().state is DeliveryState.IN_DOUBT

    outbox.clock.advance(TEN)

    assert asked(outbox, remote) == 1
    assert outbox.delivery().state is DeliveryState.QUEUED
    assert not outbox.delivery().ambiguous
    assert outbox.sent(outbox.claimed())


def test_a_doubt_is_settled_within_a_minute_of_its_beginning(
    outbox: Any, remote: Remote
) -> None:
    doubt(outbox, remote, arrived=False)
    for _ in range(60):
        outbox.clock.advance(timedelta(seconds=1))
        asked(outbox, remote)

    assert outbox.delivery().state is DeliveryState.QUEUED


def test_what_never_arrived_and_is_too_late_has_expired(
    outbox: Any, remote: Remote
) -> None:
    doubt(outbox, remote, arrived=False, not_after=outbox.clock() + TEN)
    for _ in range(2):
        outbox.clock.advance(TEN)
        asked(outbox, remote)
    outbox.do(expire)

    assert outbox.delivery().state is DeliveryState.EXPIRED


class Mute(AskedFakeChannel):
    def find(self, *_: Any, **__: Any) -> Receipt | None:
        raise NotSentError("refused")


class Broken(AskedFakeChannel):
    def find(self, *_: Any, **__: Any) -> Receipt | None:
        raise KeyError("secret")


@pytest.mark.parametrize("kind", [Mute, Broken])
def test_a_look_that_fails_says_nothing_and_comes_less_often(
    sqlite_outbox: Any, remote: Remote, kind: type[FakeChannel]
) -> None:
    doubt(sqlite_outbox, remote, arrived=True)
    due = []
    for _ in range(40):
        sqlite_outbox.clock.advance(timedelta(minutes=6))
        asked(sqlite_outbox, remote, kind)
        due.append(sqlite_outbox.delivery().due_at - sqlite_outbox.clock())

    assert sqlite_outbox.delivery().state is DeliveryState.IN_DOUBT
    assert due[-1] == timedelta(minutes=5)
    sqlite_outbox.clock.advance(timedelta(minutes=5))
    assert asked(sqlite_outbox, remote) == 1


def test_after_a_day_it_is_left_to_a_person(sqlite_outbox: Any, remote: Remote) -> None:
    doubt(sqlite_outbox, remote, arrived=True)
    sqlite_outbox.clock.advance(timedelta(days=1))

    assert asked(sqlite_outbox, remote) == 0


def test_what_a_person_withdrew_is_not_sent_by_a_look(
    outbox: Any, remote: Remote
) -> None:
    doubt(outbox, remote, arrived=False)
    outbox.clock.advance(TEN)
    asked(outbox, remote)
    outbox.clock.advance(TEN)
    asked(outbox, remote)
    row = outbox.claimed()
    outbox.failed(row, NotSentError("refused"), limits=LIMITS)
    outbox.do(actions.cancel, 1, who="kim")

    assert outbox.delivery().state is DeliveryState.CANCELLED


def test_a_doubt_a_person_withdrew_is_not_asked_about(
    outbox: Any, remote: Remote
) -> None:
    keyed = Limits(
        text=1, memory=Memory.KEYED, remembers_key_for=MINUTE, look_after=TEN
    )
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("reset"), limits=keyed)
    assert outbox.delivery().state is DeliveryState.QUEUED
    outbox.do(actions.cancel, 1, who="kim")
    outbox.clock.advance(MINUTE)

    assert outbox.delivery().state is DeliveryState.IN_DOUBT
    for _ in range(3):
        assert asked(outbox, remote) == 0
        outbox.clock.advance(TEN)
    assert outbox.delivery().state is DeliveryState.IN_DOUBT


def test_what_a_person_settled_while_it_was_asked_about_stays_so(
    outbox: Any, remote: Remote
) -> None:
    class Meanwhile(AskedFakeChannel):
        def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:
            outbox.do(actions.resolve, 1, actions.Word.CANCEL, who="kim")
            return super().find(body, key=key, since=since)

    doubt(outbox, remote, arrived=True)
    outbox.clock.advance(TEN)

    assert asked(outbox, remote, Meanwhile) == 0
    assert outbox.delivery().state is DeliveryState.CANCELLED


def test_a_channel_that_cannot_be_asked_is_not(outbox: Any, remote: Remote) -> None:
    doubt(outbox, remote, arrived=True)
    outbox.clock.advance(TEN)

    assert asked(outbox, remote, FakeChannel) == 0
    assert not isinstance(FakeChannel.towards(remote), ReadsBack)
