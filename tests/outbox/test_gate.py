"""An alert at a gate, and a real page behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest

from syndicate.config import LinkGate
from syndicate.errors import NotSentError
from syndicate.fetch.ask import Asker
from syndicate.model import DeliveryState as State
from syndicate.outbox import actions
from syndicate.outbox.gate import accept_at_gate
from syndicate.outbox.porter import Porter
from syndicate.store import audit
from tests.outbox.conftest import ALERT, Outbox, outgoing
from tests.receiver import Receiver, answer

MINUTE = timedelta(minutes=1)


class Gate:
    """A site whose page is not there yet, and one who asks for it."""

    def __init__(self, outbox: Outbox, site: Receiver) -> None:
        self.outbox = outbox
        self.site = site
        self.url = site.url + "/a"
        self.asker = Asker(allow=[urlsplit(site.url).netloc])
        self.porter = Porter(store=outbox.store, asker=self.asker, clock=outbox.clock)

    def accept(self, then: Literal["go", "hold"] = "go", **changes: Any) -> int:
        alert = replace(ALERT, **{"link": self.url, **changes})
        with self.outbox.store.begin() as connection:
            return accept_at_gate(
                connection,
                alert,
                [outgoing("desk"), outgoing("x")],
                gate=LinkGate(within=MINUTE, then=then),
                now=self.outbox.clock(),
            )

    def page(self, status: int) -> None:
        self.site.behave = answer(status)

    def round(self) -> None:
        self.porter.round()

    def error(self) -> str:
        return self.outbox.delivery().last_error or ""


@pytest.fixture
def gate(outbox: Outbox) -> Iterator[Gate]:
    with Receiver(answer(404)) as site:
        yield Gate(outbox, site)


def test_an_alert_leaves_once_its_page_can_be_read(gate: Gate) -> None:
    gate.accept()
    gate.round()
    early = gate.outbox.claim()
    gate.page(200)
    gate.round()

    assert early is None
    assert gate.outbox.claim("desk")
    assert gate.outbox.claim("x")


def test_who_holds_is_let_go_by_the_page_too(gate: Gate) -> None:
    gate.accept("hold")
    before = gate.outbox.states()
    gate.page(200)
    gate.round()

    assert before == [State.HELD, State.HELD]
    assert gate.outbox.states() == [State.QUEUED, State.QUEUED]
    assert gate.error() == ""
    assert gate.outbox.claim()


def test_it_says_what_the_page_answered(gate: Gate) -> None:
    gate.accept()
    at_first = gate.error()
    gate.round()

    assert at_first == "its page cannot be read yet"
    assert gate.error() == f"{at_first}: HTTP 404"


def test_at_the_end_it_goes_anyway_even_if_nobody_asks_any_more(gate: Gate) -> None:
    gate.accept()
    gate.outbox.clock.advance(MINUTE)

    assert gate.outbox.claim()


def test_at_the_end_it_is_left_to_a_person_who_sees_why(gate: Gate) -> None:
    gate.accept("hold")
    gate.outbox.clock.advance(MINUTE)
    gate.round()

    assert gate.outbox.states() == [State.HELD, State.HELD]
    assert gate.error().endswith(": HTTP 404; approve or cancel it")


def test_at_the_end_it_is_said_that_it_goes_anyway(gate: Gate) -> None:
    gate.accept()
    gate.outbox.clock.advance(MINUTE)
    gate.round()

    assert gate.error().endswith(": HTTP 404; it goes anyway")


@pytest.mark.parametrize("then", ["go", "hold"])
def test_once_it_is_settled_nobody_asks_again(
    gate: Gate, then: Literal["go", "hold"]
) -> None:
    gate.accept(then)
    gate.outbox.clock.advance(MINUTE)
    gate.round()
    gate.page(200)
    gate.round()

    assert len(gate.site.requests) == 1
    assert gate.outbox.claim() is None or then == "go"


def test_the_same_answer_is_written_down_once(gate: Gate) -> None:
    gate.accept()
    gate.round()
    with gate.outbox.store.read() as connection:
        before = connection.exec_driver_sql("SELECT answer FROM gates").scalar()
    gate.round()
    gate.page(503)
    gate.round()

    assert before == "HTTP 404"
    assert "HTTP 503" in gate.error()


def test_a_person_who_approves_meets_no_gate(gate: Gate) -> None:
    number = gate.accept("hold")
    gate.outbox.do(actions.approve, number, who="이가온")
    row = gate.outbox.claimed()
    gate.page(200)
    gate.round()

    assert gate.outbox.sent(row)


def test_what_waits_for_a_second_try_by_now_is_not_hurried(gate: Gate) -> None:
    number = gate.accept("hold")
    gate.outbox.do(actions.approve, number, who="이가온")
    gate.outbox.failed(gate.outbox.claimed(), NotSentError("refused"))
    gate.page(200)
    gate.round()

    assert gate.outbox.claim() is None
    assert gate.error() == "refused"


def test_what_was_withdrawn_stays_withdrawn(gate: Gate) -> None:
    number = gate.accept()
    gate.outbox.do(actions.cancel, number, who="이가온")
    gate.page(200)
    gate.round()

    assert gate.outbox.states() == [State.CANCELLED, State.CANCELLED]


def test_what_waits_for_a_second_person_waits_for_that_alone(gate: Gate) -> None:
    gate.accept(held="waits for approval")
    gate.page(200)
    gate.round()

    assert gate.error() == "waits for approval"
    assert gate.site.requests == []


def test_words_without_an_address_have_no_gate(gate: Gate) -> None:
    gate.accept(link=None)

    assert gate.outbox.claim()


def test_what_comes_too_late_is_expired_at_a_gate_as_anywhere(gate: Gate) -> None:
    gate.accept(not_after=gate.outbox.clock() - MINUTE)
    gate.page(200)
    gate.round()

    assert gate.outbox.states() == [State.EXPIRED, State.EXPIRED]


def test_another_process_may_have_opened_it(gate: Gate) -> None:
    """Both have read that it is shut; the second to write finds it settled."""
    gate.accept()
    gate.page(200)
    other = Porter(store=gate.outbox.store, asker=gate.asker, clock=gate.outbox.clock)
    original = gate.site.behave

    def behave(connection: Any) -> None:
        gate.site.behave = original
        other.round()
        original(connection)

    gate.site.behave = behave
    gate.round()

    assert gate.outbox.claim()
    with gate.outbox.store.read() as connection:
        told = connection.exec_driver_sql("SELECT what FROM audit").scalars().all()
    assert told.count("due") == 2  # one for each channel, and no more


def test_every_step_stands_in_the_audit_log(gate: Gate) -> None:
    gate.accept()
    gate.accept("hold")
    gate.page(200)
    gate.round()

    with gate.outbox.store.read() as connection:
        assert audit.verify(connection).is_whole
        who = connection.exec_driver_sql("SELECT who FROM audit").scalars().all()
    assert who.count("link gate") == 4


def test_a_page_of_the_inside_is_not_asked_for(gate: Gate) -> None:
    stranger = Porter(
        store=gate.outbox.store, asker=Asker(), clock=gate.outbox.clock, expects=True
    )
    gate.accept()
    stranger.round()

    assert ": 127.0.0.1" in gate.error()
    assert gate.site.requests == []
