"""Outcomes, read and turned into rows. What ``retry`` decides is tested there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError
from syndicate.model import DeliveryState, Limits, Memory, Receipt
from syndicate.outbox.retry import Policy
from syndicate.outbox.settle import Outcome, Settlement, Verdict, read, settlement
from syndicate.store.deliveries import DeliveryRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYED = Limits(text=1, memory=Memory.KEYED, remembers_key_for=timedelta(hours=12))
ROW = DeliveryRow(
    id=1,
    alert_id=1,
    channel="desk",
    kind="fake",
    revision=1,
    state=DeliveryState.SENDING,
    changed_at=NOW,
    priority=20,
    due_at=NOW,
    not_after=None,
    key="k",
    body="b",
    body_hash="h",
    text="t",
    fence=1,
    owner="lane",
    lease_until=NOW,
    attempts=1,
    first_attempt_at=NOW,
    ambiguous=False,
    key_until=None,
    remote_id=None,
    remote_url=None,
    last_error=None,
)


def made(outcome: Outcome, row: DeliveryRow = ROW) -> Settlement:
    return settlement(outcome, row, limits=KEYED, policy=Policy(), now=NOW, draw=0.5)


@pytest.mark.parametrize(
    ("outcome", "verdict", "said"),
    [
        (Receipt(remote_id="7"), Verdict.SENT, "7"),
        (NotSentError("refused"), Verdict.NOT_SENT, "refused"),
        (RejectedError("401"), Verdict.REJECTED, "401"),
        (InDoubtError("timeout"), Verdict.IN_DOUBT, "timeout"),
        (DeliveryError("?"), Verdict.IN_DOUBT, "?"),
    ],
)
def test_an_outcome_proves_one_thing(
    outcome: Outcome, verdict: Verdict, said: str
) -> None:
    assert read(outcome) == (verdict, said)


def test_a_receipt_ends_every_doubt() -> None:
    receipt = Receipt(remote_id="7")
    doubted = replace(ROW, ambiguous=True, key_until=NOW)

    assert made(receipt, doubted) == Settlement(
        state=DeliveryState.SENT,
        verdict=Verdict.SENT,
        detail="7",
        receipt=receipt,
    )


def test_what_followers_do_not_see_of_it_is_kept() -> None:
    receipt = Receipt(remote_id="7", warning="the picture was left out: HTTP 413\n")

    assert made(receipt).state is DeliveryState.SENT
    assert made(receipt).reason == "the picture was left out: HTTP 413 "
    assert made(Receipt(remote_id="7")).reason is None


def test_a_retry_says_when_and_why() -> None:
    assert made(InDoubtError("timeout")) == Settlement(
        state=DeliveryState.QUEUED,
        verdict=Verdict.IN_DOUBT,
        detail="timeout",
        reason="timeout",
        due_at=NOW + timedelta(seconds=1),
        ambiguous=True,
        key_until=NOW + timedelta(hours=11),
    )


def test_an_end_says_why() -> None:
    assert made(RejectedError("401")) == Settlement(
        state=DeliveryState.FAILED,
        verdict=Verdict.REJECTED,
        detail="401",
        reason="401",
    )


def test_a_doubt_is_not_forgotten_by_a_later_try() -> None:
    doubted = replace(ROW, ambiguous=True)
    later = made(NotSentError("refused"), doubted)

    assert later.ambiguous
    assert later.verdict is Verdict.NOT_SENT


def test_a_delivery_without_a_first_try_counts_from_now() -> None:
    assert made(NotSentError("x"), replace(ROW, first_attempt_at=None)).due_at


SEMI = Limits(text=1, memory=Memory.SEMI, resend_after=timedelta(seconds=30))
REPEAT = RejectedError("403: duplicate", repeat=True)


def semi(outcome: Outcome, *, ambiguous: bool) -> Settlement:
    row = replace(ROW, ambiguous=ambiguous)
    return settlement(outcome, row, limits=SEMI, policy=Policy(), now=NOW, draw=0.5)


def test_a_doubt_is_repeated_and_the_refusal_of_the_repeat_shows_that_it_arrived() -> (
    None
):
    first = semi(InDoubtError("reset"), ambiguous=False)
    second = semi(REPEAT, ambiguous=True)

    assert (first.state, first.ambiguous) == (DeliveryState.QUEUED, True)
    assert first.due_at == NOW + timedelta(seconds=30)
    assert (second.state, second.verdict) == (DeliveryState.SENT, Verdict.SENT)
    assert second.detail == "the earlier try arrived: 403: duplicate"


def test_words_that_are_refused_as_a_repeat_at_first_sight_are_refused() -> None:
    assert semi(REPEAT, ambiguous=False).state is DeliveryState.FAILED


def test_a_second_doubt_is_a_persons() -> None:
    assert semi(InDoubtError("reset"), ambiguous=True).state is DeliveryState.IN_DOUBT


def test_a_doubt_has_the_time_of_its_first_look() -> None:
    asked = Limits(text=1, memory=Memory.READ_BACK, look_after=timedelta(seconds=20))
    doubted = settlement(
        InDoubtError("reset"), ROW, limits=asked, policy=Policy(), now=NOW, draw=0.5
    )

    assert doubted.due_at == NOW + timedelta(seconds=20)
