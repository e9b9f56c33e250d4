from datetime import timedelta
from typing import Any

from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import DeliveryState, Limits, Memory
from syndicate.outbox.expire import expire
from syndicate.store.deliveries import any_late

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
KEYED = Limits(text=1, memory=Memory.KEYED, remembers_key_for=60 * MINUTE)


def is_any_late(outbox: Any) -> bool:
    with outbox.store.read() as connection:
        return any_late(connection, now=outbox.clock())


def test_what_waited_too_long_is_ended_and_shown(outbox: Any) -> None:
    outbox.accept("desk", "wide", not_after=outbox.clock() + MINUTE)
    outbox.accept("desk")
    outbox.clock.advance(MINUTE)
    in_time = is_any_late(outbox), outbox.do(expire)
    outbox.clock.advance(SECOND)

    assert in_time == (False, 0)
    assert is_any_late(outbox)
    assert outbox.do(expire) == 2
    assert outbox.states() == [
        DeliveryState.EXPIRED,
        DeliveryState.EXPIRED,
        DeliveryState.QUEUED,
    ]
    assert outbox.delivery().last_error == "not sent by 2026-01-01 12:01:00 UTC"
    assert outbox.do(expire) == 0
    assert outbox.chain().is_whole


def test_what_is_too_late_is_not_sent_even_before_it_is_ended(outbox: Any) -> None:
    outbox.accept("desk", not_after=outbox.clock() + MINUTE)
    outbox.clock.advance(MINUTE + SECOND)

    assert outbox.claim() is None


def test_what_is_held_too_long_is_ended_too(outbox: Any) -> None:
    outbox.accept("desk", held="approval", not_after=outbox.clock() + MINUTE)
    outbox.clock.advance(2 * MINUTE)

    assert outbox.do(expire) == 1
    assert outbox.states() == [DeliveryState.EXPIRED]


def test_an_end_keeps_what_the_channel_said(outbox: Any) -> None:
    outbox.accept("desk", not_after=outbox.clock() + 10 * MINUTE)
    outbox.failed(outbox.claimed(), NotSentError("refused"))
    outbox.clock.advance(11 * MINUTE)
    outbox.do(expire)

    assert outbox.delivery().last_error == (
        "not sent by 2026-01-01 12:10:00 UTC; refused"
    )


def test_what_may_have_arrived_is_put_in_doubt_instead(outbox: Any) -> None:
    outbox.accept("desk", not_after=outbox.clock() + 10 * MINUTE)
    outbox.failed(outbox.claimed(), InDoubtError("timeout"), limits=KEYED)
    outbox.clock.advance(11 * MINUTE)
    outbox.do(expire)

    assert outbox.delivery().state is DeliveryState.IN_DOUBT


def test_what_waits_under_a_forgotten_key_is_put_in_doubt(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("timeout"), limits=KEYED)
    outbox.clock.advance(55 * MINUTE)

    assert is_any_late(outbox)
    assert outbox.do(expire) == 1
    assert outbox.delivery().state is DeliveryState.IN_DOUBT
    assert outbox.delivery().last_error == (
        "the channel would no longer know the key of the earlier try; timeout"
    )


def test_what_is_being_sent_is_left_alone(outbox: Any) -> None:
    outbox.accept("desk", not_after=outbox.clock() + MINUTE)
    outbox.claimed()
    outbox.clock.advance(2 * MINUTE)

    assert outbox.do(expire) == 0
    assert outbox.states() == [DeliveryState.SENDING]
