from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from syndicate.errors import StoreError
from syndicate.model import DeliveryState, Severity
from syndicate.outbox.enqueue import accept
from syndicate.store.filing import MOST
from tests.outbox.conftest import ALERT, outgoing

MINUTE = timedelta(minutes=1)


def test_an_alert_waits_once_for_each_channel(outbox: Any) -> None:
    number = outbox.accept("desk", "wide")
    alert = outbox.alert(number)

    assert [each.channel for each in alert.deliveries] == ["desk", "wide"]
    assert outbox.states() == [DeliveryState.QUEUED, DeliveryState.QUEUED]
    assert alert.created_at == outbox.clock()
    assert not alert.is_settled


def test_the_bytes_and_the_key_are_fixed_from_the_start(outbox: Any) -> None:
    outbox.accept("desk", "wide")
    rows = [outbox.claimed("desk"), outbox.claimed("wide")]

    assert [row.body for row in rows] == [
        '{"text":"desk 지진"}',
        '{"text":"wide 지진"}',
    ]
    for row in rows:
        assert row.body_hash == sha256(row.body.encode()).hexdigest()
        assert len(bytes.fromhex(row.key)) == 32
    assert rows[0].key != rows[1].key


def test_each_delivery_and_the_alert_stand_in_the_audit_log(outbox: Any) -> None:
    outbox.accept("desk", "wide", who="kim")
    with outbox.store.read() as connection:
        rows = connection.execute(text("SELECT * FROM audit ORDER BY number")).all()

    assert outbox.chain().rows == 3
    assert [(row.who, row.what, row.subject) for row in rows] == [
        ("kim", "accepted", "alert 1"),
        ("kim", "queued", "delivery 1"),
        ("kim", "queued", "delivery 2"),
    ]
    assert outbox.claimed().body_hash in rows[1].note


def test_a_held_alert_waits_for_a_person(outbox: Any) -> None:
    outbox.accept("desk", held="too many alerts")

    assert outbox.states() == [DeliveryState.HELD]
    assert outbox.delivery().last_error == "too many alerts"
    assert outbox.claim() is None


def test_an_alert_that_comes_too_late_is_filed_to_be_seen(outbox: Any) -> None:
    outbox.accept("desk", not_after=outbox.clock() - MINUTE, held="also held")

    assert outbox.states() == [DeliveryState.EXPIRED]
    assert outbox.delivery().last_error == "it came after its not-after"
    assert outbox.alert().is_settled


def test_an_alert_in_time_to_the_instant_is_in_time(outbox: Any) -> None:
    outbox.accept("desk", not_after=outbox.clock())

    assert outbox.claim() is not None


def test_an_alert_may_be_kept_for_later(outbox: Any) -> None:
    outbox.accept("desk", due_at=outbox.clock() + MINUTE)

    assert outbox.claim() is None

    outbox.clock.advance(MINUTE)

    assert outbox.claim() is not None


def test_the_same_request_gives_the_same_alert(outbox: Any) -> None:
    first = outbox.accept("desk", request_id="r1")
    again = outbox.accept("desk", "wide", request_id="r1")
    other = outbox.accept("desk", request_id="r2")

    assert first == again != other
    assert len(outbox.states()) == 2
    assert outbox.chain().rows == 4


def test_an_alert_for_no_channel_is_still_an_alert(outbox: Any) -> None:
    number = outbox.accept()

    assert outbox.alert(number).deliveries == ()
    assert outbox.alert(number).is_settled


def test_what_is_not_committed_was_never_accepted(outbox: Any) -> None:
    with pytest.raises(StoreError):
        outbox.accept("desk", "desk")

    assert outbox.states() == []
    assert outbox.chain().rows == 0


def test_a_request_that_failed_can_be_made_again(outbox: Any) -> None:
    with pytest.raises(StoreError):
        outbox.accept("desk", "desk", request_id="r")

    assert outbox.accept("desk", request_id="r") > 0
    assert len(outbox.states()) == 1


def test_the_most_urgent_goes_first_then_the_longest_due_then_the_oldest(
    outbox: Any,
) -> None:
    now = outbox.clock()
    outbox.accept("desk", severity=Severity.NORMAL, due_at=now - MINUTE)
    outbox.accept("desk", severity=Severity.BREAKING)
    outbox.accept("desk", severity=Severity.BREAKING)
    outbox.accept("desk", severity=Severity.BREAKING, due_at=now - MINUTE)
    outbox.accept("desk", severity=Severity.URGENT)
    order = []
    for _ in range(5):
        row = outbox.claimed()
        order.append(row.alert_id)
        outbox.sent(row)

    assert order == [4, 2, 3, 5, 1]


MANY = [f"c{number}" for number in range(MOST + 1)]


@pytest.mark.parametrize("channels", [["desk"], ["wide", "desk"], MANY, []])
def test_an_alert_filed_alone_is_filed_whole(outbox: Any, channels: list[str]) -> None:
    number = outbox.accept(*channels, alone=True, request_id="r")
    again = outbox.accept(*channels, alone=True, request_id="r")
    with outbox.store.read() as connection:
        said = connection.execute(text("SELECT subject, note FROM audit")).all()

    assert number == again == 1
    assert [each.channel for each in outbox.alert().deliveries] == channels
    assert outbox.chain().rows == 1 + len(channels)
    assert outbox.chain().is_whole
    assert [each.subject for each in said[1:]] == [
        f"delivery {place}" for place in range(1, 1 + len(channels))
    ]
    assert [each.note.split(",")[0] for each in said[1:]] == channels


@pytest.mark.parametrize("channels", [["desk"], MANY])
@pytest.mark.parametrize("alone", [True, False])
def test_what_failed_left_nothing(
    outbox: Any, channels: list[str], *, alone: bool
) -> None:
    with pytest.raises(StoreError):
        outbox.accept(*channels, channels[0], alone=alone)

    assert outbox.states() == []
    assert outbox.chain().rows == 0
    assert outbox.accept(*channels, alone=alone) > 0
    assert len(outbox.states()) == len(channels)


def test_each_channel_may_have_its_own_time(outbox: Any) -> None:
    now = outbox.clock()
    parts = [outgoing("desk"), replace(outgoing("wide"), due_at=now + MINUTE)]
    with outbox.store.begin() as connection:
        accept(connection, ALERT, parts, now=now)

    assert outbox.claimed("desk").due_at == now
    assert outbox.claim("wide") is None


def test_alerts_filed_at_once_stand_in_one_chain(outbox: Any) -> None:
    def file(number: int) -> int:
        found = outbox.accept(
            "desk", "wide", alone=number % 3 > 0, request_id=str(number // 2)
        )
        return int(found)

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(file, range(24)))

    assert numbers[::2] == numbers[1::2]
    assert len(set(numbers)) == 12
    assert outbox.chain().rows == 12 * 3
    assert outbox.chain().is_whole
