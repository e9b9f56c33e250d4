"""What a try's outcome makes of a delivery. Pure; ``move.py`` writes it down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import DeliveryState, Limits, Memory, Receipt
from syndicate.outbox.retry import Policy, Stop, Tried, after_failure
from syndicate.store.deliveries import DeliveryRow

Outcome = Receipt | DeliveryError

CHANGE = Limits(text=1, memory=Memory.HARMLESS)
"""Of what changes a message: a repeat changes no more, so no doubt needs a person."""

LONGEST = 500  # code points of what a channel said that are kept


class Verdict(StrEnum):
    """What one try has proved."""

    SENT = "sent"  # it arrived
    NOT_SENT = "not_sent"  # it did not arrive
    IN_DOUBT = "in_doubt"  # nothing
    REJECTED = "rejected"  # it did not arrive and never will


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Where a delivery goes after a try, and what is kept of the try."""

    state: DeliveryState
    verdict: Verdict
    detail: str  # what the channel said: the remote id, or the error
    reason: str | None = None  # why it is not sent, or not all of it, for operators
    due_at: datetime | None = None  # the next try, or the next look after a doubt
    ambiguous: bool = False  # some try may have arrived
    key_until: datetime | None = None
    receipt: Receipt | None = None


def settlement(
    outcome: Outcome,
    row: DeliveryRow,
    *,
    limits: Limits,
    policy: Policy,
    now: datetime,
    draw: float,
) -> Settlement:
    """
    Decide where a delivery goes that was claimed and tried.

    Args:
        outcome: The channel's receipt, or what it raised.
        row: As it was claimed.
        limits: The channel's.
        policy: The lane's.
        now: The time, UTC.
        draw: A random number, from 0 up to but not including 1.
    """
    if row.act.is_change:
        limits = CHANGE
    if isinstance(outcome, Receipt) or _is_there(outcome, row):
        return _arrival(outcome)
    verdict, detail = read(outcome)
    tried = _story(row, now)
    doubted = row.ambiguous or verdict is Verdict.IN_DOUBT
    ambiguous = doubted and limits.memory is not Memory.HARMLESS
    decision = after_failure(outcome, tried, limits=limits, policy=policy, draw=draw)
    if isinstance(decision, Stop):
        return Settlement(
            state=decision.state,
            verdict=verdict,
            detail=detail,
            reason=clean(decision.reason),
            due_at=_next_look(decision.state, limits, now),
            ambiguous=ambiguous,
        )
    return Settlement(
        state=DeliveryState.QUEUED,
        verdict=verdict,
        detail=detail,
        reason=detail,
        due_at=now + decision.after,
        ambiguous=ambiguous,
        key_until=decision.key_until,
    )


def _is_there(error: DeliveryError, row: DeliveryRow) -> bool:
    """Tell whether a refusal shows that an earlier try has arrived."""
    return isinstance(error, RejectedError) and error.repeat and row.ambiguous


def _arrival(outcome: Outcome) -> Settlement:
    """Settle what has arrived, by this try or by an earlier one."""
    _, detail = read(outcome)
    receipt = outcome if isinstance(outcome, Receipt) else None
    return Settlement(
        state=DeliveryState.SENT,
        verdict=Verdict.SENT,
        detail=detail if receipt else clean(f"the earlier try arrived: {detail}"),
        reason=(receipt and clean(receipt.warning)) or None,
        receipt=receipt,
    )


def _next_look(state: DeliveryState, limits: Limits, now: datetime) -> datetime | None:
    """Give the time at which the channel is asked whether it arrived."""
    if state is not DeliveryState.IN_DOUBT or limits.look_after is None:
        return None
    return now + limits.look_after


def _story(row: DeliveryRow, now: datetime) -> Tried:
    return Tried(
        attempt=row.attempts,
        now=now,
        first=row.first_attempt_at or now,
        began=row.changed_at,
        ambiguous=row.ambiguous,
        key_until=row.key_until,
        not_after=row.not_after,
    )


def read(outcome: Outcome) -> tuple[Verdict, str]:
    """Say what an outcome proves, and what the channel said."""
    match outcome:
        case Receipt(remote_id=remote_id):
            return Verdict.SENT, clean(remote_id)
        case NotSentError():
            return Verdict.NOT_SENT, clean(str(outcome))
        case RejectedError():
            return Verdict.REJECTED, clean(str(outcome))
        case _:
            return Verdict.IN_DOUBT, clean(str(outcome))


def clean(text: str) -> str:
    """Make a stranger's words fit for a table and a terminal: printable, and short."""
    return "".join(c if c.isprintable() else " " for c in text[:LONGEST])
