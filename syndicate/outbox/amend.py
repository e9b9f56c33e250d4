"""
Putting right, or taking back, what was told: an alert like any other, by the same door.

One transaction calls off what has not left, marks what is to change, and files the acts.
It does so only while everything is as it was when the plan was shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from syndicate.errors import UsageError
from syndicate.model import Act, Alert, DeliveryState, Outgoing
from syndicate.outbox.acts import Choice
from syndicate.outbox.enqueue import accept
from syndicate.outbox.move import move
from syndicate.outbox.states import withdrawn
from syndicate.store import alerts, deliveries, threads
from syndicate.store.deliveries import DeliveryRow


class MovedOnError(UsageError):
    """A message has moved on since the plan was made: it must be looked at again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """An alert, what corrected and retracted it, and all their deliveries."""

    root: int  # number of the alert it began with
    rows: Sequence[DeliveryRow]  # in the order they were filed
    retracting: frozenset[int]  # numbers of the alerts that take it back
    echoes: frozenset[int] = frozenset()  # numbers of held alerts that say it once more


def load_thread(
    connection: Connection, number: int, *, echoes: Collection[int] = ()
) -> Thread:
    """
    Give what an alert belongs to, its deliveries locked where that can be.

    Args:
        connection: A transaction that writes.
        number: Of the alert.
        echoes: Numbers of alerts that are acted on with it: they say it once more.

    Raises:
        UsageError: There is no such alert.
    """
    root = threads.root_of(connection, number)
    if root is None:
        raise UsageError(
            "there is no alert {number}; `syndicate alerts` lists them",
            number=str(number),
        )
    numbers = [*threads.numbers_of(connection, root), *echoes]
    rows = deliveries.find_of_alerts(connection, numbers)
    return Thread(
        root=root,
        rows=tuple(reversed(rows)),
        retracting=frozenset(threads.retracting(connection, root)),
        echoes=frozenset(echoes),
    )


def amend(
    connection: Connection,
    alert: Alert,
    thread: Thread,
    *,
    choices: Sequence[Choice],
    outgoing: Sequence[Outgoing],
    now: datetime,
    request_id: str | None = None,
) -> int:
    """
    File a correction or a retraction, in the caller's transaction.

    Args:
        connection: A transaction that writes.
        alert: It ``corrects`` or ``retracts`` another.
        thread: What it is about, as it was when the choices were made.
        choices: What is done about each message.
        outgoing: The acts, with their targets.
        now: The time, UTC.
        request_id: As for ``accept``: what was filed under it is not filed again.

    Returns:
        The alert's number.

    Raises:
        MovedOnError: A message has moved on; nothing was written.
    """
    found = load_thread(connection, thread.root, echoes=thread.echoes)
    before = alerts.find_request(connection, request_id) if request_id else None
    if before is not None:
        return before
    if _marks(found) != _marks(thread):
        raise MovedOnError("something has moved on since; look again")
    number = accept(
        connection,
        alert,
        outgoing,
        now=now,
        request_id=request_id,
        thread=thread.root,
    )
    for choice in choices:
        _prepare(connection, choice, number, who=alert.who, now=now)
    return number


def _marks(thread: Thread) -> Sequence[tuple[object, ...]]:
    return [(row.id, row.state, row.fence, row.remote_id) for row in thread.rows]


def _prepare(
    connection: Connection, choice: Choice, number: int, *, who: str, now: datetime
) -> None:
    """Call a message off, or note that it is about to change."""
    row = choice.row
    if choice.is_called_off:
        state = withdrawn(ambiguous=row.ambiguous)
        note = f"called off by alert {number}"
        values: Mapping[str, Any] = {"last_error": note}
        move(connection, row, state, who=who, now=now, note=note, values=values)
    elif row.state is DeliveryState.SENT and {Act.EDIT, Act.DELETE} & {*choice.acts}:
        note = f"by alert {number}"
        retracting = DeliveryState.RETRACTING
        move(connection, row, retracting, who=who, now=now, note=note)
