"""Decisions to tell people."""

from datetime import datetime
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import Connection, select

from syndicate.model import Alert
from syndicate.store.tables import alerts
from syndicate.store.upsert import insert_into


def add_alert(
    connection: Connection, alert: Alert, *, request_id: str | None, now: datetime
) -> int | None:
    """
    File an alert.

    Returns:
        Its number; ``None`` where an alert was filed under ``request_id`` before.
    """
    insert = insert_into(connection, alerts).values(
        request_id=request_id,
        created_at=now,
        identity=alert.identity,
        title=alert.title,
        link=alert.link,
        severity=alert.severity.value,
        rule=alert.rule,
        who=alert.who,
        not_after=alert.not_after,
        held=alert.held,
        is_ping=alert.is_ping,
        record=_adapter().dump_json(alert).decode(),
    )
    once = insert.on_conflict_do_nothing(index_elements=["request_id"])
    return connection.execute(once.returning(alerts.c.id)).scalar()


def find_request(connection: Connection, request_id: str | None) -> int | None:
    """Give the number of the alert that was filed under a request's name, if any."""
    found = select(alerts.c.id).where(alerts.c.request_id == request_id)
    number: int | None = connection.scalar(found)
    return number


def load_alert(connection: Connection, number: int) -> Alert | None:
    """Give an alert as it was decided; ``None``: there is none of that number."""
    record = connection.scalar(select(alerts.c.record).where(alerts.c.id == number))
    return None if record is None else _adapter().validate_json(record)


@cache
def _adapter() -> TypeAdapter[Alert]:
    return TypeAdapter(Alert)
