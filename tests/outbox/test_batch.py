"""Deliveries that are taken together: how many, and who may give them up."""

import time
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import Limits, Memory, Receipt
from syndicate.outbox.attempt import Flight
from syndicate.outbox.batch import MOST, Batch, Pace, most_of
from syndicate.outbox.settle import Outcome

MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)
SENT = Receipt(remote_id="7")
LOST = InDoubtError("no verdict")


@pytest.mark.parametrize(
    ("memory", "keeps", "most"),
    [
        (Memory.KEYED, HOUR, MOST),
        (Memory.KEYED, timedelta(minutes=5), 1),
        (Memory.HARMLESS, timedelta(0), MOST),
        (Memory.READ_BACK, timedelta(0), 1),
        (Memory.SEMI, timedelta(0), 1),
        (Memory.BLIND, timedelta(0), 1),
    ],
)
def test_only_what_may_be_sent_twice_is_taken_together(
    memory: Memory, keeps: timedelta, most: int
) -> None:
    assert most_of(Limits(text=1, memory=memory, remembers_key_for=keeps)) == most


def test_a_quick_channel_is_handed_more_and_more() -> None:
    pace = Pace(limit=100)
    taken = []
    for _ in range(9):
        taken.append(pace.most)
        pace.note([SENT] * pace.most, 10 * MS)

    assert taken == [1, 2, 4, 8, 16, 32, 64, 100, 100]


@pytest.mark.parametrize(
    ("outcomes", "took", "most"),
    [
        ([SENT] * 8, 70 * MS, 8),
        ([SENT] * 8, 200 * MS, 4),
        ([SENT] * 3, 10 * MS, 8),
        ([SENT, NotSentError("refused")], 10 * MS, 1),
    ],
)
def test_the_pace_follows_the_channel(
    outcomes: list[Outcome], took: timedelta, most: int
) -> None:
    pace = Pace(limit=100, most=8)
    pace.note(outcomes, took)

    assert pace.most == most


def test_a_slow_channel_is_handed_one() -> None:
    pace = Pace(limit=100)
    pace.note([SENT], 200 * MS)

    assert pace.most == 1


def batch_of(outbox: Any, *, deadline: timedelta = HOUR) -> Batch:
    outbox.accept("desk")
    row = outbox.claimed()
    rows = [row, replace(row, id=row.id + 1)]
    return Batch([Flight(each, monotonic(), deadline) for each in rows])


def test_what_was_not_begun_has_no_verdict(sqlite_outbox: Any) -> None:
    batch = batch_of(sqlite_outbox)
    batch.begin()
    is_mine = batch.end(SENT)

    assert is_mine
    assert [outcome for _, outcome in batch.verdicts()] == [SENT, None]


def test_a_send_that_hangs_is_given_up_and_its_late_verdict_is_not_counted(
    sqlite_outbox: Any,
) -> None:
    batch = batch_of(sqlite_outbox, deadline=5 * MS)
    batch.begin()
    time.sleep(0.01)
    was_overdue = batch.is_overdue()
    was_given_up = batch.give_up(LOST)

    assert was_overdue
    assert was_given_up
    assert not batch.end(SENT)
    assert [outcome for _, outcome in batch.verdicts()] == [LOST, None]
    assert not batch.is_overdue()
    assert not batch.give_up(LOST)


def test_nothing_is_given_up_between_two_sends(sqlite_outbox: Any) -> None:
    batch = batch_of(sqlite_outbox, deadline=5 * MS)
    batch.begin()
    batch.end(SENT)
    time.sleep(0.01)

    assert not batch.is_overdue()
    assert not batch.give_up(LOST)
