"""What several tries came to, written down in few transactions."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from syndicate.errors import NotSentError, RejectedError, StoreError
from syndicate.model import (
    Act,
    Alert,
    DeliveryState,
    Limits,
    Memory,
    Outgoing,
    Receipt,
)
from syndicate.outbox.attempt import Flight, Terms, take, take_abreast
from syndicate.outbox.batch import Tried
from syndicate.outbox.enqueue import accept
from syndicate.outbox.retry import Policy
from syndicate.outbox.writing import NOT_BEGUN, write_down
from syndicate.store.deliveries import change
from syndicate.store.lanes import load_rests
from syndicate.testing import KeyedFakeChannel, Remote

ALERT = Alert(title="a", link=None, language="en")
KEYED = Limits(text=500, memory=Memory.KEYED, remembers_key_for=timedelta(hours=1))
SENT, QUEUED, SENDING = (
    DeliveryState.SENT,
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
)


def terms_of(outbox: Any) -> Terms:
    return Terms(
        store=outbox.store,
        owner=outbox.owner,
        now=outbox.clock,
        draw=lambda: 0.5,
        policy=Policy(),
    )


def taken(outbox: Any, count: int) -> list[Flight]:
    for _ in range(count):
        outbox.accept("desk")
    channel = KeyedFakeChannel.towards(Remote())
    return take(terms_of(outbox), "desk", channel, most=count)


def receipt(flight: Flight) -> Receipt:
    return Receipt(
        remote_id=f"r{flight.row.id}", url=f"https://x.example/{flight.row.id}"
    )


def write(outbox: Any, verdicts: list[Tried]) -> None:
    write_down(terms_of(outbox), verdicts, limits=KEYED)


def all_of(outbox: Any) -> list[Any]:
    query = text("SELECT id, state, remote_id, owner FROM deliveries ORDER BY id")
    with outbox.store.read() as connection:
        return [tuple(row) for row in connection.execute(query)]


def part(channel: str, **more: Any) -> Outgoing:
    """Give what one channel is handed, where its words do not matter."""
    return Outgoing(
        channel=channel,
        kind="fake",
        body="{}",
        text="a",
        count=1,
        limit=500,
        unit="bytes",
        **more,
    )


def test_several_are_claimed_in_order_each_with_its_attempt(outbox: Any) -> None:
    flights = taken(outbox, 3)

    assert [each.row.id for each in flights] == [1, 2, 3]
    assert [each.row.fence for each in flights] == [1, 1, 1]
    assert {state for _, state, _, _ in all_of(outbox)} == {SENDING}
    assert [outbox.attempts(n)[0].fence for n in (1, 2, 3)] == [1, 1, 1]
    assert outbox.claim() is None


def test_what_arrived_is_settled_together_each_with_its_receipt(outbox: Any) -> None:
    flights = taken(outbox, 3)
    write(outbox, [(each, receipt(each)) for each in flights])

    assert all_of(outbox) == [(n, SENT, f"r{n}", None) for n in (1, 2, 3)]
    assert [outbox.attempts(n)[0].verdict for n in (1, 2, 3)] == ["sent"] * 3
    assert outbox.chain().is_whole
    assert outbox.chain().rows == 3 * 4, "accepted, queued, sending, sent"


def test_what_has_passed_to_another_owner_is_left_to_it(outbox: Any) -> None:
    """The fence, for several at once."""
    flights = taken(outbox, 3)
    with outbox.store.begin() as connection:
        change(connection, flights[1].row, {"fence": 2, "owner": "another"})
    write(outbox, [(each, receipt(each)) for each in flights])

    assert [state for _, state, _, _ in all_of(outbox)] == [SENT, SENDING, SENT]
    assert all_of(outbox)[1] == (2, SENDING, None, "another")
    assert outbox.attempts(2)[0].detail == "r2", "evidence, for whoever settles it"
    said = text("SELECT subject FROM audit WHERE what = 'sent' ORDER BY number")
    with outbox.store.read() as connection:
        subjects = connection.scalars(said).all()
    assert subjects == ["delivery 1", "delivery 3"], "what was not done is not logged"


def test_what_has_all_passed_to_another_owner_is_left_to_it(outbox: Any) -> None:
    flights = taken(outbox, 2)
    for flight in flights:
        with outbox.store.begin() as connection:
            change(connection, flight.row, {"fence": 2, "owner": "another"})
    write(outbox, [(each, receipt(each)) for each in flights])

    assert all_of(outbox) == [(n, SENDING, None, "another") for n in (1, 2)]
    assert outbox.attempts(2)[0].detail == "r2"


def test_what_was_not_begun_goes_back_as_it_was(outbox: Any) -> None:
    flights = taken(outbox, 3)
    write(
        outbox,
        [(flights[0], receipt(flights[0])), (flights[1], None), (flights[2], None)],
    )

    assert [state for _, state, _, _ in all_of(outbox)] == [SENT, QUEUED, QUEUED]
    assert outbox.attempts(2)[0].verdict == "not_sent"
    assert outbox.attempts(2)[0].detail == NOT_BEGUN
    row = outbox.claimed()
    assert (row.id, row.key, row.ambiguous) == (2, flights[1].row.key, False)


def test_a_failure_among_them_is_decided_by_itself(outbox: Any) -> None:
    flights = taken(outbox, 3)
    said: list[Tried] = [(each, receipt(each)) for each in flights[:2]]
    write(outbox, [*said, (flights[2], NotSentError("refused"))])

    assert [state for _, state, _, _ in all_of(outbox)] == [SENT, SENT, QUEUED]


def test_what_an_act_waits_for_is_settled_with_it(outbox: Any) -> None:
    flights = taken(outbox, 2)
    taking_back = part("desk", act=Act.DELETE, target=1)
    outbox.do(accept, replace(ALERT, corrects=1), [taking_back], thread=1)
    write(outbox, [(each, Receipt(remote_id="")) for each in flights])

    states = [state for _, state, _, _ in all_of(outbox)]
    assert states == [SENT, SENT, DeliveryState.CANCELLED], "nobody knows its number"


def test_after_a_failure_only_the_rest_is_written(
    own_outbox: Any,
) -> None:
    flights = taken(own_outbox, 2)
    verdicts: list[Tried] = [(each, receipt(each)) for each in flights]
    for before, after in (("audit", "away"), ("away", "audit")):
        with own_outbox.store.begin() as connection:
            connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))
        with suppress(StoreError):
            write(own_outbox, verdicts)

    assert verdicts == []
    assert [state for _, state, _, _ in all_of(own_outbox)] == [SENT, SENT]


def test_failures_of_recipients_are_written_down_together(own_outbox: Any) -> None:
    own_outbox.do(accept, ALERT, [part("apps", recipients=("a", "b", "c", "d"))])
    terms, channel = terms_of(own_outbox), KeyedFakeChannel.towards(Remote())
    flights = take_abreast(terms, "apps", channel, most=9)
    with own_outbox.store.begin() as connection:
        change(connection, flights[3].row, {"fence": 2, "owner": "another"})
    away, no = NotSentError("away"), RejectedError("no")
    verdicts: list[Tried] = list(zip(flights, [away, no, away, away], strict=True))
    with own_outbox.store.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO lost"))
    with pytest.raises(StoreError):
        write(own_outbox, verdicts)
    assert len(verdicts) == 4, "all of it is one transaction"
    assert {state for _, state, _, _ in all_of(own_outbox)} == {SENDING}
    with own_outbox.store.begin() as connection:
        connection.execute(text("ALTER TABLE lost RENAME TO audit"))
    write(own_outbox, verdicts)
    with own_outbox.store.read() as connection:
        rests = load_rests(connection)

    assert verdicts == []
    states = [state for _, state, _, _ in all_of(own_outbox)]
    assert states == [QUEUED, DeliveryState.FAILED, QUEUED, SENDING]
    assert own_outbox.attempts(4)[0].detail == "away", "evidence, and no more"
    assert rests["apps/a"].failures == rests["apps/c"].failures == 1
    assert "apps/b" not in rests
    assert own_outbox.chain().is_whole


def test_who_has_failed_is_taken_apart_from_the_others(own_outbox: Any) -> None:
    told = part("apps", recipients=("a", "b", "c"))
    own_outbox.do(accept, ALERT, [told])
    terms, channel = terms_of(own_outbox), KeyedFakeChannel.towards(Remote())
    flights = take_abreast(terms, "apps", channel, most=2)
    write(own_outbox, [(each, NotSentError("away")) for each in flights])
    own_outbox.do(accept, ALERT, [told])
    own_outbox.clock.advance(timedelta(minutes=1))
    first = take_abreast(terms, "apps", channel, most=9)
    again = take_abreast(terms, "apps", channel, most=0, again=1)
    rest = take_abreast(terms, "apps", channel, most=9, again=9)

    assert [(each.row.recipient, each.is_again) for each in first] == [("c", False)]
    assert [(each.row.recipient, each.is_again) for each in again] == [("a", True)]
    assert [(each.row.recipient, each.is_again) for each in rest] == [("b", True)]
