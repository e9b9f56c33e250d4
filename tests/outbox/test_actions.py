from datetime import timedelta
from typing import Any

import pytest

from syndicate.errors import InDoubtError, NotSentError, UsageError
from syndicate.model import DeliveryState, Limits, Memory
from syndicate.outbox import actions
from syndicate.outbox.actions import Word, approve, cancel, resolve
from syndicate.outbox.expire import expire

MINUTE = timedelta(minutes=1)
KEYED = Limits(text=1, memory=Memory.KEYED, remembers_key_for=60 * MINUTE)


def doubted(outbox: Any, **changes: Any) -> None:
    outbox.accept("desk", **changes)
    outbox.failed(outbox.claimed(), InDoubtError("timeout"))


def test_a_second_person_lets_a_held_alert_go(outbox: Any) -> None:
    outbox.accept("desk", "wide", held="approval", who="kim")
    outbox.clock.advance(MINUTE)

    assert outbox.do(approve, 1, who="lee") == 2
    assert outbox.states() == [DeliveryState.QUEUED] * 2
    assert outbox.delivery().last_error is None
    assert outbox.claimed().due_at == outbox.clock()


def test_nobody_approves_their_own(outbox: Any) -> None:
    outbox.accept("desk", held="approval", who="kim")

    with pytest.raises(UsageError, match="kim's own; a second person"):
        outbox.do(approve, 1, who="kim")
    assert outbox.states() == [DeliveryState.HELD]


def test_approving_what_is_not_held_changes_nothing(outbox: Any) -> None:
    outbox.accept("desk", who="kim")
    rows = outbox.chain().rows

    assert outbox.do(approve, 1, who="lee") == 0
    assert outbox.chain().rows == rows


def test_what_has_not_left_can_be_withdrawn(outbox: Any) -> None:
    outbox.accept("desk", "wide")
    outbox.accept("desk", held="approval")

    assert outbox.do(cancel, 1, who="kim", reason="typo") == 2
    assert outbox.do(cancel, 2, who="kim") == 1
    assert outbox.states() == [DeliveryState.CANCELLED] * 3
    assert outbox.delivery().last_error == "withdrawn by kim: typo"
    assert outbox.delivery(2).last_error == "withdrawn by kim"
    assert outbox.claim() is None


def test_what_is_leaving_or_has_left_cannot(outbox: Any) -> None:
    outbox.accept("desk", "wide")
    outbox.sent(outbox.claimed("desk"))
    outbox.claimed("wide")

    assert outbox.do(cancel, 1, who="kim") == 0
    assert outbox.states() == [DeliveryState.SENT, DeliveryState.SENDING]


def test_withdrawn_after_a_doubt_it_stays_in_doubt(outbox: Any) -> None:
    """``cancelled`` would promise that nobody saw it."""
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("timeout"), limits=KEYED)

    assert outbox.do(cancel, 1, who="kim") == 1
    assert outbox.states() == [DeliveryState.IN_DOUBT]


@pytest.mark.parametrize("act", [approve, cancel])
def test_an_alert_nobody_filed_is_named(outbox: Any, act: Any) -> None:
    with pytest.raises(UsageError, match="no alert 9"):
        outbox.do(act, 9, who="kim")


def test_a_person_who_has_seen_it_settles_the_doubt(outbox: Any) -> None:
    doubted(outbox)
    outbox.do(resolve, 1, Word.SENT, who="kim", reason="seen in the channel")

    assert outbox.states() == [DeliveryState.SENT]
    assert outbox.chain().is_whole


def test_a_person_who_has_not_seen_it_sends_it_again(outbox: Any) -> None:
    doubted(outbox, not_after=outbox.clock() + MINUTE)
    outbox.clock.advance(60 * MINUTE)
    outbox.do(resolve, 1, Word.RESEND, who="kim")
    row = outbox.claimed()

    assert row.attempts == 2
    assert row.ambiguous
    assert row.not_after is None


def test_a_resend_may_use_a_key_that_has_died(outbox: Any) -> None:
    """Whoever asks has looked: the first try is not there."""
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("timeout"), limits=KEYED)
    outbox.clock.advance(60 * MINUTE)
    outbox.do(expire)
    outbox.do(resolve, 1, Word.RESEND, who="kim")

    assert outbox.claim() is not None


def test_a_resend_has_a_time_of_its_own(outbox: Any) -> None:
    doubted(outbox)
    end = outbox.clock() + MINUTE
    outbox.do(resolve, 1, Word.RESEND, who="kim", not_after=end)
    outbox.clock.advance(2 * MINUTE)

    assert outbox.claim() is None


def test_a_resend_that_never_leaves_is_still_a_doubt(outbox: Any) -> None:
    doubted(outbox)
    end = outbox.clock() + MINUTE
    outbox.do(resolve, 1, Word.RESEND, who="kim", not_after=end)
    outbox.clock.advance(MINUTE)
    outbox.failed(outbox.claimed(), NotSentError("refused"))

    assert outbox.states() == [DeliveryState.IN_DOUBT]


def test_a_person_may_leave_it_at_that(outbox: Any) -> None:
    doubted(outbox)
    outbox.do(resolve, 1, Word.CANCEL, who="kim")

    assert outbox.states() == [DeliveryState.CANCELLED]
    assert outbox.delivery().ambiguous
    assert outbox.delivery().last_error == "timeout"


def test_only_a_doubt_can_be_settled_so(outbox: Any) -> None:
    outbox.accept("desk")

    with pytest.raises(UsageError, match="delivery 1 is queued, not in doubt"):
        outbox.do(resolve, 1, Word.SENT, who="kim")
    with pytest.raises(UsageError, match="no delivery 9"):
        outbox.do(resolve, 9, Word.SENT, who="kim")


def test_everything_held_is_let_go_but_ones_own(outbox: Any) -> None:
    outbox.accept("desk", held="storm", who="rule a", rule="a")
    outbox.accept("desk", held="storm", who="rule b", rule="b")
    outbox.accept("desk", held="approval", who="kim")

    assert outbox.do(actions.approve_all, who="kim", rule="b") == {2: 1}
    assert outbox.do(actions.approve_all, who="kim") == {1: 1}
    assert outbox.do(actions.reject_all, who="lee", reason="checkout") == {3: 1}
