"""Claiming and settling: who may, and what is left in the tables."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Lock
from typing import Any

import pytest
from sqlalchemy import text

from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import DeliveryState, Limits, Memory, Receipt
from syndicate.outbox.move import move
from syndicate.store.engine import Store
from syndicate.store.rows import Switch
from syndicate.store.switches import flip, pause_of

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
KEYED = Limits(text=1, memory=Memory.KEYED, remembers_key_for=60 * MINUTE)


def test_a_claim_is_written_with_its_attempt(outbox: Any) -> None:
    outbox.accept("desk")
    row = outbox.claimed()
    [attempt] = outbox.attempts()

    assert outbox.states() == [DeliveryState.SENDING]
    assert (row.owner, row.fence, row.attempts) == ("lane", 1, 1)
    assert row.lease_until == outbox.clock() + 30 * SECOND
    assert row.first_attempt_at == outbox.clock()
    assert (attempt.number, attempt.fence, attempt.owner) == (1, 1, "lane")
    assert (attempt.key, attempt.body_hash) == (row.key, row.body_hash)
    assert attempt.ended_at is None


def test_what_is_being_sent_is_not_claimed_again(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.claimed()

    assert outbox.claim() is None


def test_a_lane_claims_for_its_own_channel_only(outbox: Any) -> None:
    outbox.accept("desk")

    assert outbox.claim("wide") is None


def test_a_receipt_makes_it_sent(outbox: Any) -> None:
    outbox.accept("desk")
    row = outbox.claimed()
    outbox.clock.advance(SECOND)

    assert outbox.sent(row)
    line = outbox.delivery()
    assert line.state is DeliveryState.SENT
    assert (line.remote_id, line.remote_url) == ("7", "https://x.example/7")
    assert line.changed_at == outbox.clock()
    [attempt] = outbox.attempts()
    assert (attempt.verdict, attempt.detail) == ("sent", "7")
    assert attempt.ended_at == outbox.clock()


def test_a_retry_has_the_same_key_and_the_same_bytes(outbox: Any) -> None:
    outbox.accept("desk")
    first = outbox.claimed()
    outbox.failed(first, NotSentError("refused"))

    assert outbox.delivery().state is DeliveryState.QUEUED
    assert outbox.delivery().due_at == outbox.clock() + 1 * SECOND
    assert outbox.delivery().last_error == "refused"
    assert outbox.claim() is None

    outbox.clock.advance(1 * SECOND)
    second = outbox.claimed()

    assert (second.key, second.body, second.body_hash) == (
        first.key,
        first.body,
        first.body_hash,
    )
    assert (second.fence, second.attempts) == (2, 2)
    assert second.first_attempt_at == first.first_attempt_at
    assert [each.verdict for each in outbox.attempts()] == ["not_sent", None]


def test_a_retry_that_succeeds_leaves_no_trace_of_the_error(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), NotSentError("refused"))
    outbox.clock.advance(MINUTE)
    outbox.sent(outbox.claimed())

    assert outbox.delivery().last_error is None


def test_a_refusal_fails_it(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), RejectedError("401"))

    assert outbox.delivery().state is DeliveryState.FAILED
    assert outbox.delivery().last_error == "401"
    assert not outbox.delivery().ambiguous


def test_a_doubt_stays_in_doubt_and_is_not_claimed_again(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("timeout"))
    outbox.clock.advance(60 * MINUTE)

    assert outbox.delivery().state is DeliveryState.IN_DOUBT
    assert outbox.delivery().ambiguous
    assert outbox.claim() is None


def test_a_keyed_doubt_is_queued_until_the_key_dies(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("timeout"), limits=KEYED)
    outbox.clock.advance(54 * MINUTE)
    late = outbox.claimed()
    outbox.failed(late, NotSentError("refused"), limits=KEYED)

    assert outbox.delivery().state is DeliveryState.QUEUED

    outbox.clock.advance(MINUTE)

    assert outbox.claim() is None


def test_a_settled_doubt_is_a_doubt_no_more(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), InDoubtError("timeout"), limits=KEYED)
    outbox.clock.advance(MINUTE)
    outbox.sent(outbox.claimed())

    assert outbox.delivery().state is DeliveryState.SENT
    assert not outbox.delivery().ambiguous


def test_a_stale_owner_settles_nothing_and_leaves_evidence(outbox: Any) -> None:
    outbox.accept("desk")
    stale = outbox.claimed()
    outbox.failed(stale, InDoubtError("no verdict"), limits=KEYED)
    outbox.clock.advance(MINUTE)
    outbox.claimed()
    rows = outbox.chain().rows

    assert not outbox.sent(stale)
    assert outbox.delivery().state is DeliveryState.SENDING
    assert outbox.chain().rows == rows
    first, second = outbox.attempts()
    assert (first.verdict, first.late) == ("in_doubt", "sent: 7")
    assert (second.verdict, second.late) == (None, None)


def test_a_stale_owner_does_not_even_win_in_the_same_state(outbox: Any) -> None:
    """Both hold it as ``sending``; only the fence tells them apart."""
    outbox.accept("desk")
    stale = outbox.claimed()
    outbox.failed(stale, NotSentError("refused"))
    outbox.clock.advance(MINUTE)
    fresh = outbox.claimed()

    assert not outbox.failed(stale, RejectedError("401"))
    assert outbox.sent(fresh)


def test_late_evidence_does_not_settle_a_doubt(outbox: Any) -> None:
    outbox.accept("desk")
    row = outbox.claimed()
    outbox.failed(row, InDoubtError("no verdict"))

    assert not outbox.sent(row)
    assert outbox.delivery().state is DeliveryState.IN_DOUBT
    assert outbox.attempts()[0].late == "sent: 7"


def test_a_move_that_never_happens_is_refused(outbox: Any) -> None:
    outbox.accept("desk")
    row = replace(outbox.claimed(), state=DeliveryState.FAILED)
    with (
        pytest.raises(ValueError, match="never goes from failed to sent"),
        outbox.store.begin() as connection,
    ):
        move(connection, row, DeliveryState.SENT, who="kim", now=outbox.clock())


def test_every_move_is_one_audit_row(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.failed(outbox.claimed(), NotSentError("refused"))
    outbox.clock.advance(MINUTE)
    outbox.sent(outbox.claimed())
    query = "SELECT before, after FROM audit WHERE subject = 'delivery 1' ORDER BY 1, 2"
    with outbox.store.read() as connection:
        moves = {tuple(row) for row in connection.execute(text(query))}

    assert moves == {
        (None, "queued"),
        ("queued", "sending"),
        ("sending", "queued"),
        ("sending", "sent"),
    }
    assert outbox.chain().is_whole


@pytest.mark.parametrize("name", ["pause", pause_of("desk")])
def test_a_pause_stops_claims_until_it_is_lifted(outbox: Any, name: str) -> None:
    outbox.accept("desk", "wide")
    pause = Switch(
        name=name, is_on=True, changed_at=outbox.clock(), who="kim", reason="drill"
    )
    with outbox.store.begin() as connection:
        flip(connection, pause)

    assert outbox.claim("desk") is None
    assert (outbox.claim("wide") is None) == (name == "pause")

    with outbox.store.begin() as connection:
        flip(connection, replace(pause, is_on=False))

    assert outbox.claim("desk") is not None


def test_a_strangers_words_are_kept_short_and_printable(outbox: Any) -> None:
    outbox.accept("desk")
    words = "a\x00b\n\x1b[31mc\ud800" + "x" * 1000
    outbox.failed(outbox.claimed(), RejectedError(words))

    kept = outbox.delivery().last_error
    assert kept.startswith("a b  [31mc x")
    assert len(kept) == 500


def test_a_receipt_without_an_address_is_a_receipt(outbox: Any) -> None:
    outbox.accept("desk")
    outbox.settle(outbox.claimed(), Receipt(remote_id="ok"))

    assert outbox.delivery().state is DeliveryState.SENT
    assert outbox.delivery().remote_url is None


def test_many_who_claim_at_once_never_get_the_same_and_send_one_by_one(
    own_outbox: Any, reopen: Callable[[], Store]
) -> None:
    for _ in range(12):
        own_outbox.accept("desk")
    outboxes = [type(own_outbox)(reopen()) for _ in range(4)]
    turn = Lock()

    def take_all(outbox: Any) -> list[int]:
        taken: list[int] = []
        while DeliveryState.QUEUED in outbox.states():
            if row := outbox.claim():
                assert turn.acquire(blocking=False), "two at once"
                taken.append(row.id)
                time.sleep(0.005)
                turn.release()
                outbox.sent(row)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [number for each in pool.map(take_all, outboxes) for number in each]

    assert sorted(taken) == list(range(1, 13))
