import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from syndicate.errors import StoreError
from syndicate.outbox.lead import Lead
from syndicate.store.engine import Store, open_store

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
    "AND pid <> pg_backend_pid() AND database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture
def make(reopen: Callable[[], Store]) -> Iterator[Callable[..., Lead]]:
    """Give a function that makes leads for one store, each as a daemon would."""
    made: list[Lead] = []

    def make(**options: Any) -> Lead:
        made.append(Lead(reopen(), **options))
        return made[-1]

    yield make
    for lead in made:
        lead.release()


def test_one_leads_until_it_lets_go(make: Callable[..., Lead]) -> None:
    one, other = make(), make()

    assert one.keep()
    assert not other.keep()
    assert (one.held, other.held) == (True, False)

    one.release()

    assert not one.held
    assert other.keep()


def test_it_is_told_when_that_changes(make: Callable[..., Lead]) -> None:
    told: list[str] = []
    lead = make(told=lambda: told.append("changed"))
    lead.keep()
    lead.keep()

    assert told == ["changed"]


def test_who_cannot_lead_lets_another(make: Callable[..., Lead]) -> None:
    able = [True]
    one, other = make(wants=lambda: able[0]), make()
    one.keep()
    able.clear()
    able.append(False)

    assert not one.keep()
    assert other.keep()


def test_a_leader_whose_session_died_leads_no_more(schema: str) -> None:
    store = open_store(schema, Path())
    lead = Lead(store)
    lead.keep()
    with store.begin() as connection:
        connection.execute(text(OTHERS))

    with pytest.raises(StoreError):
        lead.keep()
    assert not lead.held
    assert lead.keep()

    lead.release()
    store.close()


@pytest.mark.full
def test_a_leader_that_is_silent_loses_to_another(schema: str) -> None:
    """As a frozen process is: its session is there, and it says nothing."""
    store, others = open_store(schema, Path()), open_store(schema, Path())
    frozen, next_one = Lead(store), Lead(others)
    frozen.keep()
    began = time.monotonic()
    while not next_one.keep():
        assert time.monotonic() - began < 35
        time.sleep(0.5)

    assert not frozen.held, "it knows by its own clock"

    for lead, each in ((next_one, others), (frozen, store)):
        lead.release()
        each.close()
