"""What counts as late, on both engines."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, update

from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.store.engine import Store
from syndicate.store.lateness import Lateness, find_lateness
from syndicate.store.rows import Switch
from syndicate.store.switches import flip, pause_of
from syndicate.store.tables import deliveries
from syndicate.testing import StoppedClock

BEYOND = timedelta(seconds=30)
NOW = StoppedClock()()


def file(connection: Connection, *, ago: float, is_ping: bool = False) -> None:
    alert = Alert(title="지진", link=None, language="ko", is_ping=is_ping)
    part = Outgoing(
        channel="desk", kind="log", body="{}", text="지진", count=2, limit=9, unit="x"
    )
    due_at = NOW - timedelta(seconds=ago)
    accept(connection, alert, [part], now=NOW, due_at=due_at)


def late(connection: Connection) -> list[Lateness]:
    return find_lateness(connection, now=NOW, beyond=BEYOND)


def since(ago: float, number: int = 1) -> list[Lateness]:
    first = NOW - timedelta(seconds=ago)
    return [Lateness(channel="desk", deliveries=number, since=first)]


def test_only_what_is_later_than_that_is_late(store: Store) -> None:
    with store.begin() as connection:
        file(connection, ago=29)
        assert late(connection) == []

        file(connection, ago=31)
        file(connection, ago=45)
        file(connection, ago=-60)
        assert late(connection) == since(45, 2)


def test_hubs_are_never_late(store: Store) -> None:
    with store.begin() as connection:
        file(connection, ago=90, is_ping=True)

        assert late(connection) == []


@pytest.mark.parametrize("channel", ["desk", None])
def test_what_is_paused_is_not_late(store: Store, channel: str | None) -> None:
    name = pause_of(channel) if channel else "pause"
    paused = Switch(name=name, is_on=True, changed_at=NOW, who="kim", reason="")
    with store.begin() as connection:
        file(connection, ago=90)
        flip(connection, paused)

        assert late(connection) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"state": DeliveryState.SENDING}, since(40)),
        ({"state": DeliveryState.RETRACTING, "attempts": 2}, since(40)),
        ({"state": DeliveryState.SENT}, []),
        ({"state": DeliveryState.HELD}, []),
        ({"state": DeliveryState.IN_DOUBT}, []),
    ],
)
def test_what_somebody_must_still_send_is_late(
    store: Store, values: dict[str, Any], expected: list[Lateness]
) -> None:
    with store.begin() as connection:
        file(connection, ago=40)
        connection.execute(update(deliveries).values(values))

        assert late(connection) == expected


def test_a_try_in_vain_puts_nothing_off(store: Store) -> None:
    first: datetime = NOW - timedelta(seconds=50)
    with store.begin() as connection:
        file(connection, ago=-20)
        tried = update(deliveries).values(first_attempt_at=first)
        connection.execute(tried.values(attempts=1))
        assert late(connection) == [], "a person may have put it back"

        connection.execute(tried.values(attempts=2))
        assert late(connection) == since(50)
