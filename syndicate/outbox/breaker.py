"""
When a channel is left alone, whatever waits for it. Pure.

    Retry-After    the whole account waits, not the one message
    breaker        five failures in a row: a pause that doubles with each further one
    rate           so many in a time, and then one by one (GCRA, a token bucket)

Nothing is posted to find out whether a channel is well again: the next message that is
due tells. Source of the algorithm: ITU-T I.371 annex A, virtual scheduling.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import Rate
from syndicate.outbox.settle import Outcome
from syndicate.store.lanes import LaneRow

FAILURES = 5
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=10)


def after_outcome(
    lane: LaneRow, outcome: Outcome, *, now: datetime, draw: float
) -> LaneRow:
    """
    Say how long a channel is left alone after a try.

    Args:
        lane: As it stood.
        outcome: What came of the try. A refusal shows that the channel is well.
        now: The time, UTC.
        draw: A random number, from 0 up to but not including 1.
    """
    if not isinstance(outcome, NotSentError | InDoubtError):
        return replace(lane, failures=0, changed_at=now)
    failures = lane.failures + 1
    wait = pause_after(failures) * (1 + draw) / 2
    if isinstance(outcome, NotSentError) and outcome.retry_after:
        wait = max(wait, outcome.retry_after)
    until = max(lane.not_before or now, now + wait) if wait else lane.not_before
    return replace(lane, failures=failures, not_before=until, changed_at=now)


def pause_after(failures: int) -> timedelta:
    """Give the pause after so many failures in a row: none before the fifth."""
    if failures < FAILURES:
        return timedelta(0)
    return min(LONGEST, FIRST * (1 << min(failures - FAILURES, 10)))


def after_claim(lane: LaneRow, rate: Rate, *, now: datetime) -> LaneRow:
    """
    Take one from a channel's rate, and say when the next may follow.

    Args:
        lane: As it stood; it may send now.
        rate: So many at once, and as many within its time.
        now: The time, UTC.
    """
    each = rate.per / rate.count
    # What was spent ahead of a clock since turned back is not owed.
    spent = min(lane.spent_until or now, now + rate.per)
    spent = max(spent, now) + each
    free = spent - rate.per + each  # when one more fits
    return replace(
        lane,
        spent_until=spent,
        not_before=free if free > now else lane.not_before,
        changed_at=now,
    )
