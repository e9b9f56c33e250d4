"""
The link gate: an alert that leaves once its post's page can be read.

    filed, due at the gate's end  -> page answers 200 -> due now
                                  -> it never does    -> goes at the end
    filed as held                 -> page answers 200 -> queued
                                  -> it never does    -> a person decides

``porter`` asks. What a rule chose for the end holds without it: an alert that goes anyway
has its time in its row, and one that does not is held. A process that dies and a page
that hangs cost no more than the gate's own time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from syndicate.config import LinkGate
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.outbox.move import move
from syndicate.store import audit, deliveries
from syndicate.store.deliveries import DeliveryRow
from syndicate.store.gates import GateRow, add_gate, note_answer
from syndicate.store.notes import Note

WHO = "link gate"
WAITS = "its page cannot be read yet"
"""What the ledger says of all that waits at a gate; why, comes behind it."""


def accept_at_gate(
    connection: Connection,
    alert: Alert,
    outgoing: Sequence[Outgoing],
    *,
    gate: LinkGate | None,
    now: datetime,
) -> int:
    """
    Take an alert into the outbox as ``accept`` does, behind a gate if there is one.

    An alert that waits for a person anyway, or has no address, needs no gate.

    Returns:
        The alert's number.

    Raises:
        StoreError: The database failed; the caller's transaction is lost.
    """
    if gate is None or alert.link is None or alert.held:
        return accept(connection, alert, outgoing, now=now)
    until = now + gate.within
    anyway = gate.then == "go"
    shut = alert if anyway else replace(alert, held=WAITS)
    due_at = until if anyway else None
    number = accept(connection, shut, outgoing, now=now, due_at=due_at)
    for row in deliveries.find_of_alert(connection, number):
        if row.state is DeliveryState.QUEUED:
            deliveries.change(connection, row, {"last_error": WAITS})
    add_gate(
        connection,
        GateRow(alert_id=number, url=alert.link, until=until, goes_anyway=anyway),
    )
    return number


def settle(
    connection: Connection, gate: GateRow, answer: str, *, now: datetime
) -> None:
    """
    Do what an answer at a gate asks for: open it, end it, or note why it is shut.

    Args:
        connection: A transaction that writes.
        gate: As it was read; if another process has settled it since, nothing happens.
        answer: Why the page cannot be read; empty: it can.
        now: The time, UTC.
    """
    is_over = not answer or gate.until <= now
    if note_answer(connection, gate, answer, settled_at=now if is_over else None):
        for row in _waiting(connection, gate):
            if not answer:
                _open(connection, row, now=now)
            else:
                reason = _shut(gate, answer, is_over=is_over)
                deliveries.change(connection, row, {"last_error": reason})


def _waiting(connection: Connection, gate: GateRow) -> list[DeliveryRow]:
    """Give what waits at this gate still: a person may have let it go, or withdrawn it."""
    return [
        row
        for row in deliveries.find_of_alert(connection, gate.alert_id)
        if row.state in deliveries.OPEN and (row.last_error or "").startswith(WAITS)
    ]


def _open(connection: Connection, row: DeliveryRow, *, now: datetime) -> None:
    values = {"due_at": now, "last_error": None}
    note = "the page can be read"
    queued = DeliveryState.QUEUED
    if row.state is not queued:
        move(connection, row, queued, who=WHO, now=now, note=note, values=values)
        return
    deliveries.change(connection, row, values)
    subject = f"delivery {row.id}"
    told = Note(at=now, who=WHO, what="due", subject=subject, note=note)
    audit.append(connection, told)


def _shut(gate: GateRow, answer: str, *, is_over: bool) -> str:
    reason = f"{WAITS}: {answer}"
    if not is_over:
        return reason
    return (
        f"{reason}; {'it goes anyway' if gate.goes_anyway else 'approve or cancel it'}"
    )
