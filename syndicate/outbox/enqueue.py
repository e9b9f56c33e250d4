"""Taking an alert into the outbox: the one door, for rules, people and hub pings."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from syndicate.channels.wire.key import new_key
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.store import alerts, filing
from syndicate.store.notes import Note

AMENDS = 30
"""Priority of what puts words right or takes them back: before any other."""


def accept(
    connection: Connection,
    alert: Alert,
    outgoing: Sequence[Outgoing],
    *,
    now: datetime,
    due_at: datetime | None = None,
    request_id: str | None = None,
    thread: int | None = None,
) -> int:
    """
    File an alert and one delivery for each channel, in the caller's transaction.

    Once that is committed nothing of it can be lost. A held alert waits for a person;
    one that is already past its not-after is filed as expired, to be seen.

    Args:
        connection: A transaction that writes, or ``Store.alone`` if there is nothing else to
            write in it.
        alert: What to tell.
        outgoing: What each channel will be handed, to the byte. No channel twice, but
            in a thread: there they are revisions.
        now: The time, UTC.
        due_at: When it is to leave; ``None``: at once.
        request_id: A name whoever asks has chosen for this request. Asking again under
            the same name files nothing and gives the same alert.
        thread: Number of the alert it goes back to, where it corrects or retracts.

    Returns:
        The alert's number.

    Raises:
        StoreError: The database failed; the caller's transaction is lost.
    """
    filed = alerts.alert_values(alert, request_id=request_id, now=now, thread=thread)
    rows = [
        _delivery(alert, part, now=now, due_at=due_at) | {"recipient": recipient}
        for part in outgoing
        for recipient in part.recipients or (None,)
    ]
    if thread is not None or any(part.recipients for part in outgoing):
        _number(rows)
    who = alert.who
    notes = [
        Note(at=now, who=who, what="accepted", subject="alert "),
        *(_born(row, who=who, now=now) for row in rows),
    ]
    number = filing.file_alert(connection, filed, rows=rows, notes=notes)
    if number is None:
        number = alerts.find_request(connection, request_id)
        assert number is not None  # it is why nothing was filed
    return number


def _number(rows: Sequence[dict[str, Any]]) -> None:
    """Count what goes to one channel: acts on its messages, and its recipients."""
    revisions: Counter[str] = Counter()
    for row in rows:
        revisions[row["channel"]] += 1
        row["revision"] = revisions[row["channel"]]


def _delivery(
    alert: Alert, part: Outgoing, *, now: datetime, due_at: datetime | None
) -> dict[str, Any]:
    not_after = part.not_after or alert.not_after
    late = not_after is not None and not_after < now
    is_amends = alert.corrects is not None or alert.retracts is not None
    held = DeliveryState.HELD if alert.held else DeliveryState.QUEUED
    return {
        "channel": part.channel,
        "kind": part.kind,
        "revision": 1,
        "state": (DeliveryState.EXPIRED if late else held).value,
        "priority": AMENDS if is_amends else alert.severity.priority,
        "not_after": not_after,
        "due_at": part.due_at or due_at,
        "act": part.act.value,
        "target_id": part.target,
        "key": new_key(now),
        "body": part.body,
        "body_hash": sha256(part.body.encode()).hexdigest(),
        "text": part.text,
        "last_error": "it came after its not-after" if late else alert.held,
    }


def _born(row: dict[str, Any], *, who: str, now: datetime) -> Note:
    target = row["target_id"]
    about = f"{row['act']} of delivery {target}, " if target else ""
    return Note(
        at=now,
        who=who,
        what=row["state"],
        subject="delivery ",
        after=row["state"],
        note=f"{row['channel']}, {about}body {row['body_hash']}",
    )
