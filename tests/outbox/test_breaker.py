"""How long a channel is left alone, over the whole domain; and that all nodes heed it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Rate, Receipt
from syndicate.outbox.breaker import LONGEST, after_claim, after_outcome, pause_after
from syndicate.outbox.claim import Lease
from syndicate.outbox.claim import claim as claim_next
from syndicate.outbox.settle import Outcome
from syndicate.store.lanes import LaneRow, clear_waits, load_lane, save_lane
from syndicate.store.turns import next_due

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
FRESH = LaneRow(channel="desk", changed_at=NOW)
SENT = Receipt(remote_id="7")
REFUSED = NotSentError("refused")
LATER = NotSentError("429", retry_after=MINUTE)


def after(*outcomes: Outcome, lane: LaneRow = FRESH, draw: float = 1.0) -> LaneRow:
    for outcome in outcomes:
        lane = after_outcome(lane, outcome, now=NOW, draw=draw)
    return lane


@pytest.mark.parametrize("error", [REFUSED, InDoubtError("reset")])
def test_five_failures_in_a_row_pause_a_channel(error: Outcome) -> None:
    assert after(*[error] * 4).not_before is None
    assert after(*[error] * 5).not_before == NOW + 15 * SECOND


@pytest.mark.parametrize("well", [SENT, RejectedError("400")])
def test_an_answer_shows_that_it_is_well(well: Outcome) -> None:
    lane = after(*[REFUSED] * 4, well, *[REFUSED] * 4)

    assert lane.not_before is None
    assert after(*[REFUSED] * 5, well).failures == 0


def test_the_pause_doubles_up_to_ten_minutes() -> None:
    waits = [
        pause_after(failures) / SECOND for failures in (1, 4, 5, 6, 7, 10, 11, 999)
    ]

    assert waits == [0, 0, 15, 30, 60, 480, 600, 600]


def test_what_a_channel_asks_for_is_a_floor_for_everything_that_waits() -> None:
    assert after(LATER).not_before == NOW + MINUTE
    assert after(LATER, REFUSED).not_before == NOW + MINUTE, "not shortened"
    assert after(LATER, SENT).not_before == NOW + MINUTE, "nor by another's success"


errors = st.one_of(
    st.just(SENT),
    st.just(REFUSED),
    st.just(InDoubtError("reset")),
    st.just(RejectedError("no")),
    st.timedeltas(timedelta(0), timedelta(hours=2)).map(
        lambda wait: NotSentError("429", retry_after=wait)
    ),
)


@given(outcomes=st.lists(errors, max_size=30), draw=st.floats(0, 1, exclude_max=True))
def test_no_wait_is_longer_than_it_must_be(outcomes: list[Any], draw: float) -> None:
    asked = [getattr(each, "retry_after", None) or timedelta(0) for each in outcomes]
    lane = after(*outcomes, draw=draw)

    if lane.not_before:
        assert NOW < lane.not_before <= NOW + max([LONGEST, *asked])
    assert lane.failures <= len(outcomes)


def sent_at(rate: Rate, *, tries: int, every: timedelta) -> list[timedelta]:
    """Give when messages leave that all are due at once, looked after in steps."""
    lane, now = FRESH, NOW
    found: list[timedelta] = []
    while len(found) < tries:
        if lane.not_before is None or lane.not_before <= now:
            lane = after_claim(lane, rate, now=now)
            found.append(now - NOW)
        else:
            now += every
    return found


def test_a_rate_lets_a_burst_through_and_then_one_by_one() -> None:
    left = sent_at(Rate(count=3, per=MINUTE), tries=6, every=SECOND)

    assert [each / SECOND for each in left] == [0, 0, 0, 20, 40, 60]


@given(
    count=st.integers(1, 20),
    gaps=st.lists(st.timedeltas(timedelta(0), MINUTE), max_size=60),
)
def test_a_rate_is_never_passed_in_any_window(
    count: int, gaps: list[timedelta]
) -> None:
    rate, lane, now, left = Rate(count=count, per=MINUTE), FRESH, NOW, []
    for gap in gaps:
        now += gap
        if lane.not_before is None or lane.not_before <= now:
            lane = after_claim(lane, rate, now=now)
            left.append(now)

    for first in left:
        window = [each for each in left if first <= each < first + MINUTE]
        assert len(window) <= 2 * count, "a burst, and as many as flow in meanwhile"
    for start, each in enumerate(left[count:]):
        assert each - left[start] >= rate.per / count - timedelta(microseconds=20)


def test_a_clock_turned_back_owes_nothing() -> None:
    lane = FRESH
    for _ in range(3):
        lane = after_claim(lane, Rate(count=3, per=MINUTE), now=NOW)
    early = NOW - timedelta(hours=1)
    again = after_claim(lane, Rate(count=3, per=MINUTE), now=early)

    assert again.spent_until is not None
    assert again.spent_until <= early + 2 * MINUTE


# In the store


def wait(outbox: Any, until: timedelta) -> None:
    lane = replace(FRESH, changed_at=outbox.clock(), not_before=outbox.clock() + until)
    with outbox.store.begin() as connection:
        save_lane(connection, lane)


def due(outbox: Any) -> datetime | None:
    with outbox.store.read() as connection:
        return next_due(connection, "desk", now=outbox.clock())


def test_nobody_claims_from_a_channel_that_rests(outbox: Any) -> None:
    outbox.accept("desk", "wide")
    wait(outbox, MINUTE)

    assert outbox.claim() is None
    assert outbox.claim("wide") is not None
    assert due(outbox) == outbox.clock() + MINUTE

    outbox.clock.advance(MINUTE)

    assert outbox.claim() is not None


def test_a_wait_from_the_future_is_that_of_another_clock(outbox: Any) -> None:
    outbox.accept("desk")
    wait(outbox, MINUTE)
    outbox.clock.advance(-timedelta(hours=1))
    outbox.accept("desk")

    assert outbox.claim() is not None


def test_a_person_ends_a_wait(outbox: Any) -> None:
    outbox.accept("desk")
    wait(outbox, MINUTE)
    with outbox.store.begin() as connection:
        clear_waits(connection, "wide")

    assert outbox.claim() is None

    with outbox.store.begin() as connection:
        clear_waits(connection, None)

    assert outbox.claim() is not None


def test_all_nodes_share_a_rate(outbox: Any) -> None:
    for _ in range(5):
        outbox.accept("desk")

    def claim(owner: str) -> bool:
        with outbox.store.begin() as connection:
            lease = Lease(owner=owner, now=outbox.clock(), length=MINUTE)
            rate = Rate(count=2, per=MINUTE)
            rows = claim_next(connection, "desk", lease, rate=rate)
        return bool(rows) and outbox.sent(rows[0])

    assert [claim("one"), claim("two"), claim("one"), claim("two")] == [
        True,
        True,
        False,
        False,
    ]
    outbox.clock.advance(30 * SECOND)
    assert [claim("one"), claim("two")] == [True, False]
    with outbox.store.begin() as connection:
        assert load_lane(connection, "desk", now=outbox.clock()).not_before is not None
