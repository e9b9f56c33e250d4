from itertools import pairwise

import pytest

from syndicate.model import DeliveryState as State
from syndicate.outbox.states import FIRST, FOLLOWS, too_late, withdrawn


def test_every_state_has_its_line() -> None:
    assert set(FOLLOWS) == set(State)


def test_every_state_can_be_reached() -> None:
    reached = set(FIRST)
    for _ in State:
        reached |= {after for state in reached for after in FOLLOWS[state]}

    assert reached == set(State)


@pytest.mark.parametrize(
    "ended", [State.FAILED, State.EXPIRED, State.CANCELLED, State.RETRACTED]
)
def test_an_end_is_an_end(ended: State) -> None:
    assert FOLLOWS[ended] == frozenset()


def test_only_a_retraction_leaves_sent() -> None:
    assert FOLLOWS[State.SENT] == {State.RETRACTING}


def test_nothing_is_sent_that_was_not_being_sent_or_attested() -> None:
    before = {state for state, after in FOLLOWS.items() if State.SENT in after}

    assert before == {State.SENDING, State.IN_DOUBT}


def test_a_doubt_never_expires_or_fails() -> None:
    assert FOLLOWS[State.IN_DOUBT] & {State.EXPIRED, State.FAILED} == set()


def test_the_usual_way_is_open() -> None:
    way = [
        State.HELD,
        State.QUEUED,
        State.SENDING,
        State.SENT,
        State.RETRACTING,
        State.RETRACTED,
    ]

    assert all(after in FOLLOWS[before] for before, after in pairwise(way))


def test_what_nobody_can_have_seen_ends_plainly() -> None:
    assert too_late(ambiguous=False) is State.EXPIRED
    assert withdrawn(ambiguous=False) is State.CANCELLED


def test_what_somebody_may_have_seen_ends_in_doubt() -> None:
    assert too_late(ambiguous=True) is State.IN_DOUBT
    assert withdrawn(ambiguous=True) is State.IN_DOUBT
