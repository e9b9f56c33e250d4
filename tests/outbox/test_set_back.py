"""A clock that is set back by an hour keeps nothing waiting for that hour."""

from datetime import timedelta
from typing import Any

from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import DeliveryState, Limits, Memory
from syndicate.outbox.expire import expire
from syndicate.outbox.set_back import bring_forward
from syndicate.store.turns import any_put_off

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
KEYED = Limits(
    text=1,
    memory=Memory.KEYED,
    remembers_key_for=HOUR,
    resend_after=timedelta(seconds=5),
)


def is_put_off(outbox: Any) -> bool:
    with outbox.store.read() as connection:
        return any_put_off(connection, now=outbox.clock())


def test_what_was_due_at_once_leaves_at_once(outbox: Any) -> None:
    outbox.accept("desk")
    assert not is_put_off(outbox)
    outbox.clock.advance(-HOUR)
    waiting = outbox.claim()

    assert waiting is None
    assert is_put_off(outbox)
    assert outbox.do(bring_forward) == 1
    assert not is_put_off(outbox)
    assert outbox.claimed().alert_id == 1


def test_what_a_person_set_a_time_for_waits_for_it(outbox: Any) -> None:
    outbox.accept("desk", due_at=outbox.clock() + 40 * MINUTE)
    outbox.clock.advance(-HOUR)

    assert outbox.do(bring_forward) == 0
    assert outbox.claim() is None
    outbox.clock.advance(HOUR + 40 * MINUTE)
    assert outbox.claim()


def test_a_wait_between_two_tries_is_over(outbox: Any) -> None:
    outbox.accept("desk")
    wait = NotSentError("429", retry_after=30 * SECOND)
    outbox.failed(outbox.claimed(), wait)
    outbox.clock.advance(-MINUTE)
    a_minute = outbox.do(bring_forward)
    outbox.clock.advance(-HOUR)

    assert a_minute == 0, "so much the clocks of two machines may differ"
    assert outbox.do(bring_forward) == 1
    assert outbox.claim()


def test_a_key_grows_old_all_the_same(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("reset"), limits=KEYED)
    outbox.clock.advance(-HOUR)
    assert outbox.do(bring_forward) == 1
    outbox.clock.advance(54 * MINUTE)
    in_time = outbox.do(expire)
    outbox.clock.advance(2 * MINUTE)

    assert in_time == 0
    assert outbox.do(expire) == 1
    assert outbox.states() == [DeliveryState.IN_DOUBT]


def test_clocks_that_differ_by_moments_change_nothing(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.clock.advance(-4 * SECOND)

    assert not is_put_off(outbox)
