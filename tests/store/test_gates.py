from datetime import UTC, datetime, timedelta

from syndicate.model import Alert
from syndicate.outbox.enqueue import accept
from syndicate.store.engine import Store
from syndicate.store.gates import GateRow, add_gate, note_answer, shut_gates

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
ALERT = Alert(title="지진", link="https://news.example/a", language="ko")


def put(store: Store, *, after: timedelta) -> GateRow:
    with store.begin() as connection:
        number = accept(connection, ALERT, [], now=NOON)
        gate = GateRow(
            alert_id=number,
            url="https://news.example/a",
            until=NOON + after,
            goes_anyway=True,
        )
        add_gate(connection, gate)
    return gate


def shut(store: Store) -> list[GateRow]:
    with store.read() as connection:
        return shut_gates(connection)


def test_gates_come_in_the_order_of_their_ends(store: Store) -> None:
    later = put(store, after=timedelta(minutes=2))
    sooner = put(store, after=timedelta(minutes=1))

    assert shut(store) == [sooner, later]


def test_a_gate_that_is_settled_stays_so(store: Store) -> None:
    gate = put(store, after=timedelta(minutes=1))
    with store.begin() as connection:
        noted = note_answer(connection, gate, "HTTP 404", settled_at=None)
    waiting = [each.answer for each in shut(store)]
    with store.begin() as connection:
        first = note_answer(connection, gate, "", settled_at=NOON)
        second = note_answer(connection, gate, "HTTP 503", settled_at=None)

    assert (noted, waiting) == (True, ["HTTP 404"])
    assert (first, second) == (True, False)
    assert shut(store) == []
