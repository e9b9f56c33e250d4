from datetime import timedelta
from typing import Any

from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import DeliveryState, Receipt
from syndicate.outbox.attempt import Terms
from syndicate.outbox.record import record
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome
from syndicate.store.lanes import load_lane
from syndicate.store.switches import find_pauses
from syndicate.testing import FakeChannel


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
