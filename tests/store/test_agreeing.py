from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.outbox.move import move
from syndicate.store.agreeing import Mismatch, find_mismatch
from syndicate.store.deliveries import find_delivery
from syndicate.store.engine import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = Outgoing(
    channel="desk", kind="log", body="{}", text="a", count=1, limit=9, unit="x"
)


def file_two(store: Store) -> None:
    """File two deliveries, and cancel the first."""
    alert = Alert(title="지진", link=None, language="ko")
    with store.begin() as connection:
        for _ in range(2):
            accept(connection, alert, [WORDS], now=NOON)
        row = find_delivery(connection, 1)
        assert row
        move(connection, row, DeliveryState.CANCELLED, who="김", now=NOON)


def after(store: Store, *statements: str) -> Mismatch | None:
    with store.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
        return find_mismatch(connection)


def test_what_went_by_the_log_agrees_with_it(store: Store) -> None:
    assert after(store) is None, "nothing there"
    file_two(store)

    assert after(store) is None


@pytest.mark.parametrize(
    ("statement", "delivery", "state", "logged"),
    [
        ("UPDATE deliveries SET state = 'sent' WHERE id = 1", 1, "sent", "cancelled"),
        ("UPDATE deliveries SET state = 'sent' WHERE id = 2", 2, "sent", "queued"),
        ("DELETE FROM audit WHERE number = 5", 1, "cancelled", "queued"),
        ("DELETE FROM audit WHERE number > 3", 1, "cancelled", "queued"),
        ("DELETE FROM audit WHERE number > 1", 1, "cancelled", None),
        ("DELETE FROM audit WHERE subject = 'delivery 2'", 2, "queued", None),
    ],
)
def test_a_side_that_was_changed_alone_shows(
    store: Store, statement: str, delivery: int, state: str, logged: str | None
) -> None:
    file_two(store)

    assert after(store, statement) == Mismatch(
        delivery=delivery, state=state, logged=logged
    )


def test_what_retention_took_from_either_side_is_not_missed(store: Store) -> None:
    file_two(store)

    assert after(store, "DELETE FROM audit WHERE number < 5") is None
    assert after(store, "DELETE FROM deliveries WHERE id = 1") is None
