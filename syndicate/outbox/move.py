"""
The one way a delivery changes state: guarded, and with its audit row.

Every function here works inside its caller's transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from syndicate.model import Act, DeliveryState
from syndicate.outbox import following
from syndicate.outbox.following import Follower
from syndicate.outbox.settle import Settlement
from syndicate.outbox.states import FOLLOWS, withdrawn
from syndicate.store import attempts, audit, deliveries
from syndicate.store.changes import tell
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.notes import Note
from syndicate.store.threads import is_called_off

CALLED_OFF = "called off while it was being sent"
WHO = "outbox"
LETS_GO: Mapping[str, Any] = {"owner": None, "lease_until": None}


def move(
    connection: Connection,
    row: DeliveryRow,
    after: DeliveryState,
    *,
    who: str,
    now: datetime,
    note: str = "",
    values: Mapping[str, Any] = LETS_GO,
) -> bool:
    """
    Take a delivery to another state, if it still is as ``row`` says.

    Args:
        connection: A transaction that writes.
        row: The delivery as it was read; its state and fence must still hold.
        after: The new state.
        who: Who did it.
        now: When.
        note: Why, for the audit log.
        values: Further columns to write.

    Returns:
        Whether it happened. If not, nothing was written.

    Raises:
        ValueError: No delivery ever goes from the one state to the other.
    """
    if after not in FOLLOWS[row.state]:
        raise ValueError(f"a delivery never goes from {row.state} to {after}")
    written = {"state": after, "changed_at": now, **values}
    if not deliveries.change(connection, row, written):
        return False
    if after is DeliveryState.QUEUED and row.state is not DeliveryState.SENDING:
        tell(connection)
    # Before the log is: on PostgreSQL nothing is locked after it.
    led = following.find(connection, row) if after in following.LEADS else ()
    audit.append(connection, transition(row, after, who=who, now=now, note=note))
    is_known = bool(written.get("remote_id") or row.remote_id)
    for each in led:
        _lead(connection, each, after, is_known=is_known, now=now)
    return True


def transition(
    row: DeliveryRow, after: DeliveryState, *, who: str, now: datetime, note: str
) -> Note:
    """Give the audit log's row about a delivery that goes to another state."""
    return Note(
        at=now,
        who=who,
        what=after.value,
        subject=f"delivery {row.id}",
        before=row.state.value,
        after=after.value,
        note=note,
    )


def _lead(
    connection: Connection,
    follower: Follower,
    after: DeliveryState,
    *,
    is_known: bool,
    now: datetime,
) -> None:
    """Do to an act that waits what the end of its message makes of it."""
    way, row = following.after(follower, after, is_known=is_known), follower.row
    if way is None:
        return
    if way.act:
        deliveries.change(connection, row, {"act": way.act})
        subject = f"delivery {row.id}"
        note = Note(
            at=now, who=WHO, what=way.act.value, subject=subject, note=way.reason
        )
        audit.append(connection, note)
    else:
        values = {"last_error": way.reason}
        cancelled = DeliveryState.CANCELLED
        move(
            connection, row, cancelled, who=WHO, now=now, note=way.reason, values=values
        )


def settle(
    connection: Connection, row: DeliveryRow, made: Settlement, *, now: datetime
) -> bool:
    """
    Write down what a try came to.

    A delivery that is no longer ``row``'s owner's stays as it is: the attempt alone
    gets the verdict, as evidence for whoever settles the doubt.

    Returns:
        Whether the delivery was still its owner's.
    """
    attempts.close_attempt(
        connection, row, verdict=made.verdict.value, detail=made.detail, now=now
    )
    target = following.target_of(connection, row)
    if made.state is DeliveryState.QUEUED:
        made = _unless_called_off(connection, row, made)
    values = {
        **LETS_GO,
        "due_at": made.due_at or row.due_at,
        "ambiguous": made.ambiguous,
        "key_until": made.key_until,
        "last_error": made.reason,
    }
    if made.receipt:
        values["remote_id"] = made.detail
        kept = row.remote_url if row.act is Act.EDIT else None
        values["remote_url"] = made.receipt.url or kept
    who, note = row.owner or "", f"attempt {row.attempts}: {made.detail}"
    settled = move(
        connection, row, made.state, who=who, now=now, note=note, values=values
    )
    if settled and target and target.state is DeliveryState.RETRACTING:
        _settle_target(connection, row, target=target, made=made, now=now)
    return settled


def _unless_called_off(
    connection: Connection, row: DeliveryRow, made: Settlement
) -> Settlement:
    """Try nothing again that a correction or a retraction has been filed for."""
    deliveries.find_delivery(connection, row.id)  # locks it, as whoever files one does
    if not is_called_off(connection, row.id):
        return made
    state = withdrawn(ambiguous=made.ambiguous)
    return replace(made, state=state, reason=f"{CALLED_OFF}; {made.reason}")


def _settle_target(
    connection: Connection,
    row: DeliveryRow,
    *,
    target: DeliveryRow,
    made: Settlement,
    now: datetime,
) -> None:
    """Note with a message what came of the act that was to change it."""
    if made.state is DeliveryState.SENT:
        note = f"{row.act} by delivery {row.id}"
        retracted = DeliveryState.RETRACTED
        move(connection, target, retracted, who=row.owner or "", now=now, note=note)
    else:
        values = {"last_error": made.reason, "due_at": made.due_at or target.due_at}
        deliveries.change(connection, target, values)
