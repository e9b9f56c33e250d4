"""The public test kit keeps the promises that channels make."""

from datetime import timedelta

import pytest

from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import Memory, Message
from syndicate.testing import FakeChannel, KeyedFakeChannel, Remote, StoppedClock

MESSAGE = Message(text="지진", link=None, title="", excerpt="", language="ko")
KEY = "0123456789" + "0" * 54


def test_the_clock_stands_still_until_it_is_told() -> None:
    clock = StoppedClock()
    before = clock()

    assert clock() == before
    assert clock.advance(timedelta(hours=1)) == clock() == before + timedelta(hours=1)


def test_the_same_message_gives_the_same_body() -> None:
    channel = FakeChannel.towards(Remote())

    assert channel.write(MESSAGE) == channel.write(MESSAGE) == '{"text":"지진"}'


def test_a_blind_far_end_shows_every_message() -> None:
    remote = Remote()
    channel = FakeChannel.towards(remote)
    receipts = [channel.send("a", key=KEY) for _ in range(2)]

    assert remote.effects == [(KEY, "a"), (KEY, "a")]
    assert receipts[0].remote_id == "01234567"
    assert channel.limits.memory is Memory.BLIND


def test_a_keyed_far_end_shows_a_message_once() -> None:
    remote = Remote()
    channel = KeyedFakeChannel.towards(remote)
    channel.send("a", key=KEY)
    channel.send("a", key=KEY)

    assert remote.effects == [(KEY, "a")]


def test_an_error_is_raised_in_place_of_an_answer() -> None:
    remote = Remote()
    remote.answers.append(NotSentError("refused"))
    channel = FakeChannel.towards(remote)

    with pytest.raises(NotSentError):
        channel.send("a", key=KEY)
    assert remote.effects == []


@pytest.mark.parametrize("arrives", [True, False])
def test_a_message_without_a_verdict_arrives_or_not(*, arrives: bool) -> None:
    remote = Remote()
    remote.arrives = arrives
    remote.answers.append(InDoubtError("timeout"))

    with pytest.raises(InDoubtError):
        FakeChannel.towards(remote).send("a", key=KEY)
    assert len(remote.effects) == arrives
