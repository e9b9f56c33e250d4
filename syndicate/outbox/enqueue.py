"""Taking an alert into the outbox: the one door, for rules, people and hub pings."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from syndicate.channels.wire.key import new_key
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.store import alerts, audit, deliveries
from syndicate.store.changes import tell

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
        connection: A transaction that writes.
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
    number = alerts.add_alert(
        connection, alert, request_id=request_id, now=now, thread=thread
    )
    if number is None:
        before = alerts.find_request(connection, request_id)
        assert before is not None  # it is why nothing was added
        return before
    born = {"alert_id": number, "changed_at": now, "due_at": due_at or now}
    rows = [
        born | _delivery(alert, part, now) | {"recipient": recipient}
        for part in outgoing
        for recipient in part.recipients or (None,)
    ]
    if thread is not None or any(part.recipients for part in outgoing):
        _number(rows)
    numbers = deliveries.add_deliveries(connection, rows) if rows else ()
    tell(connection)
    audit.append(
        connection,
        audit.Note(at=now, who=alert.who, what="accepted", subject=f"alert {number}"),
        *(
            _born(delivery, row, who=alert.who)
            for delivery, row in zip(numbers, rows, strict=True)
        ),
    )
    return number


def _number(rows: Sequence[dict[str, Any]]) -> None:
    """Count what goes to one channel: acts on its messages, and its recipients."""
    revisions: Counter[str] = Counter()
    for row in rows:
        revisions[row["channel"]] += 1
        row["revision"] = revisions[row["channel"]]


def _delivery(alert: Alert, part: Outgoing, now: datetime) -> dict[str, Any]:
    not_after = part.not_after or alert.not_after
    late = not_after is not None and not_after < now
    is_amends = alert.corrects is not None or alert.retracts is not None
    held = DeliveryState.HELD if alert.held else DeliveryState.QUEUED
    return {
        "channel": part.channel,
        "kind": part.kind,
        "revision": 1,
        "state": DeliveryState.EXPIRED if late else held,
        "priority": AMENDS if is_amends else alert.severity.priority,
        "not_after": not_after,
        **({"due_at": part.due_at} if part.due_at else {}),
        "act": part.act,
        "target_id": part.target,
        "key": new_key(now),
        "body": part.body,
        "body_hash": sha256(part.body.encode()).hexdigest(),
        "text": part.text,
        "fence": 0,
        "attempts": 0,
        "ambiguous": False,
        "last_error": "it came after its not-after" if late else alert.held,
    }


def _born(delivery: int, row: dict[str, Any], *, who: str) -> audit.Note:
    target = row["target_id"]
    about = f"{row['act']} of delivery {target}, " if target else ""
    return audit.Note(
        at=row["changed_at"],
        who=who,
        what=row["state"].value,
        subject=f"delivery {delivery}",
        after=row["state"].value,
        note=f"{row['channel']}, {about}body {row['body_hash']}",
    )
