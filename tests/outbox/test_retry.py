"""The table of ``retry.py``, over its whole domain."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError
from syndicate.model import DeliveryState, Limits, Memory
from syndicate.outbox.retry import Policy, Retry, Stop, Tried, after_failure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOTHING = timedelta(0)

NEVER_LEFT = NotSentError("refused")
DOUBT = InDoubtError("timeout")
REFUSED = RejectedError("401")


def limits(memory: Memory = Memory.BLIND, **changes: Any) -> Limits:
    hour = HOUR if memory is Memory.KEYED else NOTHING
    return Limits(
        **{"text": 500, "memory": memory, "remembers_key_for": hour, **changes}
    )


def decide(
    error: DeliveryError,
    memory: Memory = Memory.BLIND,
    *,
    draw: float = 0.5,
    channel: Limits | None = None,
    **story: Any,
) -> Retry | Stop:
    """Decide after a first try that began now."""
    tried = Tried(**{"attempt": 1, "now": NOW, "first": NOW, "began": NOW, **story})
    return after_failure(
        error,
        tried,
        limits=channel or limits(memory),
        policy=Policy(),
        draw=draw,
    )


def state(decision: Retry | Stop) -> DeliveryState:
    return decision.state if isinstance(decision, Stop) else DeliveryState.QUEUED


@pytest.mark.parametrize("memory", Memory)
def test_a_message_that_never_left_is_tried_again(memory: Memory) -> None:
    assert decide(NEVER_LEFT, memory) == Retry(1 * SECOND)


@pytest.mark.parametrize("memory", Memory)
def test_a_refusal_is_final(memory: Memory) -> None:
    assert decide(REFUSED, memory) == Stop(DeliveryState.FAILED, "401")


@pytest.mark.parametrize("memory", [Memory.BLIND, Memory.SEMI, Memory.READ_BACK])
def test_a_doubt_waits_where_a_repeat_would_show(memory: Memory) -> None:
    assert decide(DOUBT, memory) == Stop(DeliveryState.IN_DOUBT, "timeout")


def test_a_doubt_is_tried_again_where_the_channel_knows_the_key() -> None:
    end = NOW + timedelta(minutes=55)

    assert decide(DOUBT, Memory.KEYED) == Retry(1 * SECOND, end)


def test_a_doubt_is_sent_once_more_where_a_refusal_would_tell() -> None:
    semi = limits(Memory.SEMI, resend_after=30 * SECOND)

    assert decide(DOUBT, channel=semi) == Retry(30 * SECOND)
    assert decide(DOUBT, channel=semi, ambiguous=True) == Stop(
        DeliveryState.IN_DOUBT, "timeout"
    )
    assert decide(NEVER_LEFT, channel=semi, ambiguous=True) == Retry(30 * SECOND)
    assert decide(NEVER_LEFT, channel=semi) == Retry(1 * SECOND)


def test_a_doubt_is_no_doubt_where_a_repeat_changes_nothing() -> None:
    day = timedelta(days=1)

    assert decide(DOUBT, Memory.HARMLESS) == Retry(1 * SECOND)
    assert decide(DOUBT, Memory.HARMLESS, first=NOW - day) == Stop(
        DeliveryState.FAILED, "timeout; gave up after 1 tries"
    )


def test_an_error_that_proves_nothing_is_a_doubt() -> None:
    assert state(decide(DeliveryError("?"))) is DeliveryState.IN_DOUBT


def test_a_doubt_ends_with_the_channels_memory() -> None:
    began = NOW - timedelta(minutes=54)
    early = decide(DOUBT, Memory.KEYED, first=began, began=began)
    late = decide(DOUBT, Memory.KEYED, first=began - MINUTE, began=began - MINUTE)

    assert state(early) is DeliveryState.QUEUED
    assert late == Stop(
        DeliveryState.IN_DOUBT, "timeout; the channel would no longer know the key"
    )


def test_the_memory_counts_from_the_first_doubt_and_not_from_the_last() -> None:
    until = NOW + 10 * SECOND
    decision = decide(DOUBT, Memory.KEYED, ambiguous=True, key_until=until)

    assert decision == Retry(1 * SECOND, until)


def test_a_try_that_never_left_does_not_lengthen_the_memory() -> None:
    until = NOW + 10 * SECOND
    again = decide(NEVER_LEFT, Memory.KEYED, ambiguous=True, key_until=until)
    late = decide(NEVER_LEFT, Memory.KEYED, ambiguous=True, key_until=until, now=until)

    assert again == Retry(1 * SECOND, until)
    assert state(late) is DeliveryState.IN_DOUBT


def test_a_key_is_left_alone_for_as_long_as_the_channel_asks() -> None:
    slow = limits(Memory.KEYED, resend_after=5 * SECOND)

    assert decide(DOUBT, channel=slow) == Retry(5 * SECOND, NOW + 55 * MINUTE)
    assert decide(NEVER_LEFT, channel=slow) == Retry(1 * SECOND)


def test_the_channel_may_ask_for_a_longer_wait_but_not_for_a_shorter_one() -> None:
    minute = NotSentError("429", retry_after=MINUTE)
    at_once = NotSentError("429", retry_after=NOTHING)
    before = NotSentError("429", retry_after=-MINUTE)

    assert decide(minute, draw=0) == Retry(MINUTE)
    assert decide(minute) == Retry(MINUTE + 1 * SECOND)
    assert decide(at_once) == Retry(1 * SECOND)
    assert decide(before) == Retry(1 * SECOND)


def test_too_late_is_said_at_once_where_the_channel_asks_for_a_longer_wait() -> None:
    error = NotSentError("429", retry_after=HOUR)
    decision = decide(error, not_after=NOW + 30 * MINUTE)

    assert decision == Stop(
        DeliveryState.EXPIRED, "429; the next try would come after its not-after"
    )


def test_the_last_tries_come_before_it_is_too_late() -> None:
    decision = decide(
        NEVER_LEFT, attempt=20, draw=0.999, not_after=NOW + MINUTE, first=NOW - HOUR
    )

    assert isinstance(decision, Retry)
    assert 59 * SECOND < decision.after < MINUTE


def test_tries_end_when_it_is_too_late() -> None:
    assert state(decide(NEVER_LEFT, not_after=NOW)) is DeliveryState.EXPIRED
    assert state(decide(NEVER_LEFT, not_after=NOW - HOUR)) is DeliveryState.EXPIRED


def test_what_may_have_arrived_never_expires() -> None:
    decision = decide(NEVER_LEFT, ambiguous=True, not_after=NOW)

    assert decision == Stop(
        DeliveryState.IN_DOUBT,
        "refused; the next try would come after its not-after; "
        "an earlier try may have arrived",
    )


def test_what_may_have_arrived_never_fails() -> None:
    decision = decide(REFUSED, Memory.KEYED, ambiguous=True)

    assert decision == Stop(
        DeliveryState.IN_DOUBT, "401; an earlier try may have arrived"
    )


def test_patience_ends_where_nothing_else_does() -> None:
    day = timedelta(days=1)
    early = decide(NEVER_LEFT, attempt=300, first=NOW - day + HOUR)
    late = decide(NEVER_LEFT, attempt=300, first=NOW - day)

    assert state(early) is DeliveryState.QUEUED
    assert late == Stop(DeliveryState.FAILED, "refused; gave up after 300 tries")


def test_waits_double_up_to_five_minutes() -> None:
    waits = [Policy().ceiling(attempt) / SECOND for attempt in (1, 2, 3, 8, 9, 10_000)]

    assert waits == [2, 4, 8, 256, 300, 300]


times = st.timedeltas(min_value=-2 * HOUR, max_value=2 * HOUR)
errors = st.one_of(
    st.just(DOUBT),
    st.just(REFUSED),
    st.just(NEVER_LEFT),
    times.map(lambda wait: NotSentError("429", retry_after=wait)),
)
stories = st.builds(
    Tried,
    attempt=st.integers(1, 10_000),
    now=st.just(NOW),
    first=times.map(lambda before: NOW - abs(before)),
    began=times.map(lambda before: NOW - abs(before) / 100),
    ambiguous=st.booleans(),
    key_until=st.none() | times.map(lambda after: NOW + after),
    not_after=st.none() | times.map(lambda after: NOW + after),
).filter(lambda tried: tried.ambiguous or tried.key_until is None)


@given(
    error=errors,
    tried=stories,
    memory=st.sampled_from(Memory),
    resend_after=st.sampled_from([NOTHING, 30 * SECOND]),
    draw=st.floats(0, 1, exclude_max=True),
)
def test_the_promises_hold_whatever_happens(
    error: DeliveryError,
    tried: Tried,
    memory: Memory,
    resend_after: timedelta,
    draw: float,
) -> None:
    channel = limits(memory, resend_after=resend_after)
    decision = after_failure(error, tried, limits=channel, policy=Policy(), draw=draw)
    doubted = isinstance(error, InDoubtError)
    harmless = memory is Memory.HARMLESS

    if isinstance(decision, Stop):
        assert (decision.state is DeliveryState.IN_DOUBT) == (
            not harmless and (doubted or tried.ambiguous)
        )
        assert decision.reason.startswith(str(error))
        return
    then = NOW + decision.after
    assert not isinstance(error, RejectedError)
    if doubted and not harmless:
        assert memory is Memory.KEYED or (memory is Memory.SEMI and resend_after)
        assert memory is Memory.KEYED or not tried.ambiguous
    if (doubted or tried.ambiguous) and not harmless:
        assert decision.after >= resend_after
    assert decision.after >= NOTHING
    assert tried.not_after is None or then <= tried.not_after
    assert decision.key_until is None or then < decision.key_until
    if doubted and memory is Memory.KEYED:
        assert then < tried.began + HOUR
    if isinstance(error, NotSentError) and error.retry_after:
        assert decision.after >= error.retry_after


def test_a_retry_is_never_later_than_its_ceiling() -> None:
    for attempt, draw in product((1, 5, 50), (0.0, 0.5, 0.999)):
        decision = decide(NEVER_LEFT, attempt=attempt, draw=draw)

        assert isinstance(decision, Retry)
        assert decision.after == Policy().ceiling(attempt) * draw
