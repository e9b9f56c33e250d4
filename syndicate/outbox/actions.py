"""
What a person may do to an alert in the outbox. Each act is the caller's one transaction.

A person never makes a delivery that may have arrived look as if it had not: withdrawn
while it waits for a second try, it is in doubt.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from syndicate.errors import UsageError
from syndicate.model import DeliveryState
from syndicate.outbox.move import move
from syndicate.outbox.states import withdrawn
from syndicate.store import alerts, deliveries
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.threads import is_called_off
from syndicate.words import Said

LOOKS = 2
"""How often a channel is asked in vain before what it was asked for counts as absent."""


class Word(StrEnum):
    """What a person says about a delivery in doubt."""

    SENT = "sent"  # "I have seen it"
    RESEND = "resend"  # "it is not there: send it again"
    CANCEL = "cancel"  # "leave it": whether it arrived stays unknown


AFTER = {
    Word.SENT: DeliveryState.SENT,
    Word.RESEND: DeliveryState.QUEUED,
    Word.CANCEL: DeliveryState.CANCELLED,
}


def approve(connection: Connection, alert_id: int, *, who: str, now: datetime) -> int:
    """
    Let a held alert go.

    Returns:
        How many deliveries were waiting for it.

    Raises:
        UsageError: There is no such alert, or ``who`` asked for it: a second person is
            needed.
    """
    author = _author(connection, alert_id)
    if who == author:
        raise UsageError(
            "alert {number} is {author}'s own; a second person is needed",
            number=str(alert_id),
            author=author,
        )
    held = _in_state(connection, alert_id, DeliveryState.HELD)
    for row in held:
        move(
            connection,
            row,
            DeliveryState.QUEUED,
            who=who,
            now=now,
            note="approved",
            values={"due_at": now, "last_error": None},
        )
    return len(held)


def approve_all(
    connection: Connection, *, who: str, now: datetime, rule: str | None = None
) -> dict[int, int]:
    """
    Let every held alert go, or those of one rule, but for those ``who`` asked for.

    Returns:
        The number of each alert, and how many deliveries were waiting for it.
    """
    return {
        number: approve(connection, number, who=who, now=now)
        for number in alerts.find_held(connection, rule=rule)
        if _author(connection, number) != who
    }


def reject_all(
    connection: Connection,
    *,
    who: str,
    now: datetime,
    rule: str | None = None,
    reason: str = "",
) -> dict[int, int]:
    """Turn every held alert down, or those of one rule; gives what ``approve_all`` does."""
    return {
        number: cancel(connection, number, who=who, now=now, reason=reason)
        for number in alerts.find_held(connection, rule=rule)
    }


def cancel(
    connection: Connection, alert_id: int, *, who: str, now: datetime, reason: str = ""
) -> int:
    """
    Withdraw what has not left yet. Turning a held alert down is the same act.

    What is being sent at this moment, and what was sent, stays.

    Returns:
        How many deliveries were withdrawn.

    Raises:
        UsageError: There is no such alert.
    """
    _author(connection, alert_id)
    waiting = _in_state(connection, alert_id, DeliveryState.HELD, DeliveryState.QUEUED)
    words = f"withdrawn by {who}: {reason}" if reason else f"withdrawn by {who}"
    for row in waiting:
        move(
            connection,
            row,
            withdrawn(ambiguous=row.ambiguous),
            who=who,
            now=now,
            note=words,
            # Where it may have arrived, nobody else is asked: it could go out again.
            values={"last_error": words, "looks": LOOKS},
        )
    return len(waiting)


def resolve(
    connection: Connection,
    delivery_id: int,
    word: Word,
    *,
    who: str,
    now: datetime,
    not_after: datetime | None = None,
    reason: str = "",
) -> None:
    """
    Settle a delivery in doubt by a named person's word.

    Args:
        connection: A transaction that writes.
        delivery_id: The delivery's number.
        word: What the person says.
        who: Who says it.
        now: The time, UTC.
        not_after: Until when a resend is still news; ``None``: no limit.
        reason: Why, for the audit log.

    Raises:
        UsageError: There is no such delivery, or it is not in doubt.
    """
    row = _in_doubt(connection, delivery_id)
    if word is Word.RESEND and is_called_off(connection, row.id):
        raise UsageError(
            "delivery {number} has been corrected or withdrawn since; it is not sent again",
            number=str(delivery_id),
        )
    resent = {"due_at": now, "not_after": not_after, "key_until": None}
    move(
        connection,
        row,
        AFTER[word],
        who=who,
        now=now,
        note=f"{word}: {reason}" if reason else word.value,
        values=resent if word is Word.RESEND else {},
    )


def _in_doubt(connection: Connection, delivery_id: int) -> DeliveryRow:
    row = deliveries.find_delivery(connection, delivery_id)
    if row is None:
        raise UsageError("there is no delivery {number}", number=str(delivery_id))
    if row.state is not DeliveryState.IN_DOUBT:
        raise UsageError(
            "delivery {number} is {state}, not in doubt",
            number=str(delivery_id),
            state=Said(row.state),
        )
    return row


def _author(connection: Connection, alert_id: int) -> str:
    alert = alerts.load_alert(connection, alert_id)
    if alert is None:
        raise UsageError(
            "there is no alert {number}; `syndicate alerts` lists them",
            number=str(alert_id),
        )
    return alert.who


def _in_state(
    connection: Connection, alert_id: int, *states: DeliveryState
) -> Sequence[DeliveryRow]:
    rows = deliveries.find_of_alert(connection, alert_id)
    return [row for row in rows if row.state in states]
