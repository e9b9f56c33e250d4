"""Decisions to tell people."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, bindparam, exists, select

from syndicate.model import Alert, DeliveryState
from syndicate.store.tables import alerts, deliveries

TO_NOBODY = (
    DeliveryState.CANCELLED,
    DeliveryState.EXPIRED,
    DeliveryState.FAILED,
    DeliveryState.RETRACTED,
)


def alert_values(
    alert: Alert, *, request_id: str | None, now: datetime, thread: int | None = None
) -> dict[str, Any]:
    """
    Give an alert's columns.

    Args:
        alert: What was decided.
        request_id: A name whoever asked has chosen, if any.
        now: The time, UTC.
        thread: Number of the alert that it goes back to, where it corrects or retracts.
    """
    return {
        "request_id": request_id,
        "created_at": now,
        "identity": alert.identity,
        "title": alert.title,
        "link": alert.link,
        "severity": alert.severity.value,
        "rule": alert.rule,
        "who": alert.who,
        "not_after": alert.not_after,
        "held": alert.held,
        "is_ping": alert.is_ping,
        "corrects": alert.corrects,
        "retracts": alert.retracts,
        "thread": thread,
        "record": _adapter().dump_json(alert).decode(),
    }


def find_request(connection: Connection, request_id: str | None) -> int | None:
    """Give the number of the alert that was filed under a request's name, if any."""
    found = select(alerts.c.id).where(alerts.c.request_id == request_id)
    number: int | None = connection.scalar(found)
    return number


def find_told(connection: Connection, *, since: datetime) -> Sequence[Row[Any]]:
    """
    Give the alerts for people that were filed since a time, oldest first.

    Returns:
        Rows of ``id``, ``created_at``, ``title``, ``link``, ``rule``, ``held``, without
        alerts of which nothing has reached or will reach anybody.
    """
    return connection.execute(_TOLD, {"since": since}).all()


_STANDING = exists().where(
    deliveries.c.alert_id == alerts.c.id, deliveries.c.state.not_in(TO_NOBODY)
)
_TOLD_OF = "id", "created_at", "title", "link", "rule", "held"
_TOLD = (
    select(*(alerts.c[name] for name in _TOLD_OF))
    .where(
        alerts.c.is_ping.is_(False),
        alerts.c.created_at > bindparam("since"),
        _STANDING,
    )
    .order_by(alerts.c.id)
)


def find_held(connection: Connection, *, rule: str | None = None) -> list[int]:
    """Give the numbers of alerts that wait for a person, oldest first."""
    waiting = exists().where(
        deliveries.c.alert_id == alerts.c.id,
        deliveries.c.state == DeliveryState.HELD,
    )
    held = select(alerts.c.id).where(alerts.c.held.is_not(None), waiting)
    if rule is not None:
        held = held.where(alerts.c.rule == rule)
    return list(connection.scalars(held.order_by(alerts.c.id)))


def find_waiting(connection: Connection) -> Sequence[Row[Any]]:
    """
    Give the alerts that wait for a person and go back to no other, oldest first.

    Returns:
        Rows of ``id``, ``identity``, ``title``, ``link``.
    """
    held = exists().where(
        deliveries.c.alert_id == alerts.c.id,
        deliveries.c.state == DeliveryState.HELD,
    )
    waiting = select(*(alerts.c[name] for name in ("id", "identity", "title", "link")))
    waiting = waiting.where(alerts.c.thread.is_(None), held)
    return connection.execute(waiting.order_by(alerts.c.id)).all()


def load_alert(connection: Connection, number: int) -> Alert | None:
    """Give an alert as it was decided; ``None``: there is none of that number."""
    record = connection.scalar(select(alerts.c.record).where(alerts.c.id == number))
    return None if record is None else _adapter().validate_json(record)


@cache
def _adapter() -> TypeAdapter[Alert]:
    return TypeAdapter(Alert)
