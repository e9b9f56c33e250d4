from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from syndicate.model import Alert
from syndicate.store.alerts import alert_values
from syndicate.store.audit import verify
from syndicate.store.engine import Store
from syndicate.store.filing import MOST, file_alert
from syndicate.store.notes import Note
from syndicate.store.tables import alerts, deliveries

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALERT = Alert(title="지진", link=None, language="ko")


def delivery(place: int, **more: Any) -> dict[str, Any]:
    return {
        "channel": f"c{place:02}",
        "kind": "log",
        "revision": 1,
        "state": "queued",
        "priority": 0,
        "act": "send",
        "key": f"{place:064}",
        "body": "{}",
        "body_hash": "0" * 64,
        "text": "규모 5.8",
        **more,
    }


def notes(count: int, *, what: str = "queued") -> list[Note]:
    filed = Note(at=NOON, who="김", what="accepted", subject="alert ")
    each = Note(at=NOON, who="김", what=what, subject="delivery ", after="queued")
    return [filed, *[each] * count]


def file(store: Store, rows: Sequence[dict[str, Any]], **more: Any) -> int | None:
    alert = alert_values(ALERT, request_id="r", now=NOON, thread=None)
    with store.alone() as connection:
        return file_alert(connection, alert, rows=rows, notes=notes(len(rows), **more))


def kept(store: Store) -> list[Any]:
    ordered = select(deliveries).order_by(deliveries.c.id)
    with store.read() as connection:
        return list(connection.execute(ordered).all())


@pytest.mark.parametrize("count", [1, 2, MOST, MOST + 1])
def test_deliveries_stand_in_the_order_they_were_given_in(
    store: Store, count: int
) -> None:
    number = file(store, [delivery(place) for place in range(count)])
    rows = kept(store)

    assert number == 1
    assert [row.channel for row in rows] == [f"c{place:02}" for place in range(count)]
    assert {(row.alert_id, row.attempts, row.fence, row.ambiguous) for row in rows} == {
        (1, 0, 0, False)
    }
    assert {(row.changed_at, row.due_at) for row in rows} == {(NOON, NOON)}


@pytest.mark.parametrize("count", [2, MOST + 1])
def test_only_what_has_a_time_of_its_own_is_due_then(store: Store, count: int) -> None:
    later = NOON + timedelta(hours=1)
    others = [delivery(place, due_at=None) for place in range(1, count)]
    file(store, [delivery(0, due_at=later), *others])

    assert [row.due_at for row in kept(store)] == [later, *[NOON] * (count - 1)]


@pytest.mark.parametrize("count", [2, MOST + 1])
def test_the_log_names_each_number_and_holds(store: Store, count: int) -> None:
    file(store, [delivery(place) for place in range(count)])
    with store.read() as connection:
        said = connection.scalars(text("SELECT subject FROM audit ORDER BY number"))

        assert list(said) == ["alert 1", *(f"delivery {n + 1}" for n in range(count))]
        assert verify(connection).is_whole


def test_a_request_is_filed_once(store: Store) -> None:
    file(store, [delivery(0)])

    assert file(store, [delivery(1)]) is None
    with store.read() as connection:
        assert len(connection.execute(select(alerts)).all()) == 1
        assert verify(connection).rows == 2
    assert len(kept(store)) == 1


@pytest.mark.parametrize("count", [1, MOST + 1])
def test_what_no_engine_keeps_does_not_stop_an_alert(store: Store, count: int) -> None:
    rows = [delivery(place) for place in range(count)]

    assert file(store, rows, what="half \ud800, nothing \0") == 1
    with store.read() as connection:
        said = connection.scalars(text("SELECT what FROM audit WHERE number = 2"))

        assert list(said) == ["half \ufffd, nothing \ufffd"]
        assert verify(connection).is_whole
