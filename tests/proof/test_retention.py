"""
Two daemons on one PostgreSQL that send, and forget what is old meanwhile.

What is settled and old goes with its lines of the log; what is old and still due, or
waits for a person, is neither lost nor told twice; and log and ledger still agree.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.outbox.move import move
from syndicate.store import audit
from syndicate.store.agreeing import find_mismatch
from syndicate.store.deliveries import find_delivery
from syndicate.store.engine import Store, open_store
from syndicate.store.tables import audit as audit_table
from syndicate.store.tables import deliveries
from tests.proof.daemons import Daemons
from tests.proof.far_end import FarEnd
from tests.proof.lives import CHANNELS

pytestmark = pytest.mark.full
SETTLED, WAITING, NEW = 600, 20, 300
LONG_AGO = datetime.now(UTC) - timedelta(days=400)  # store.keep is 365 days
DUE_IN = timedelta(seconds=6)  # by then all that is old has been forgotten
LONGEST = 240.0  # seconds for all of it


def file(
    store: Store,
    word: str,
    *,
    at: datetime,
    held: str | None = None,
    due_at: datetime | None = None,
) -> int:
    """Accept an alert for the webhook, and give the number of its delivery."""
    alert = Alert(title=word, link=None, language="ko", held=held)
    part = Outgoing(
        channel="webhook",
        kind="webhook",
        body=f'{{"text":"{word}"}}',
        text=word,
        count=len(word),
        limit=500,
        unit="code points",
        due_at=due_at,
    )
    with store.begin() as connection:
        number = accept(connection, alert, [part], now=at)
        mine = select(deliveries.c.id).where(deliveries.c.alert_id == number)
        delivery: int = connection.scalars(mine).one()
    return delivery


def settle(store: Store, delivery: int) -> None:
    with store.begin() as connection:
        row = find_delivery(connection, delivery)
        assert row
        move(connection, row, DeliveryState.CANCELLED, who="김", now=LONG_AGO)


def count(store: Store, state: DeliveryState) -> int:
    with store.read() as connection:
        counted = select(func.count()).select_from(deliveries)
        return connection.scalar(counted.where(deliveries.c.state == state)) or 0


def old_lines(store: Store) -> int:
    old = audit_table.c.at < LONG_AGO + timedelta(days=1)
    with store.read() as connection:
        counted = select(func.count()).select_from(audit_table).where(old)
        return connection.scalar(counted) or 0


@pytest.fixture
def case(far_end: FarEnd) -> str:
    return far_end.new_case()


@pytest.fixture
def daemons(room: Path, far_end: FarEnd, schema: str, case: str) -> Iterator[Daemons]:
    two = Daemons(room, count=2, freeze_for=0)
    webhook = CHANNELS["webhook"].format(url=far_end.url(case))
    two.lay_out(tables=webhook, database=schema)
    yield two
    two.close()


def test_two_that_send_forget_what_is_old_and_nothing_that_is_due(
    daemons: Daemons, far_end: FarEnd, case: str, schema: str
) -> None:
    with closing(open_store(schema, daemons.folder)) as store:
        send_and_forget(daemons, store, far_end, case)


def send_and_forget(daemons: Daemons, store: Store, far_end: FarEnd, case: str) -> None:
    for number in range(SETTLED):
        settle(store, file(store, f"옛 소식 {number}", at=LONG_AGO))
    for number in range(WAITING):
        due_at = datetime.now(UTC) + DUE_IN
        file(store, f"늦은 속보 {number}", at=LONG_AGO, due_at=due_at)
        file(store, f"보류 {number}", at=LONG_AGO, held="a storm")
    daemons.start(0, 1)
    for number in range(NEW):
        file(store, f"속보 {number}", at=datetime.now(UTC))
    end = time.monotonic() + LONGEST
    while count(store, DeliveryState.SENT) < NEW + WAITING or old_lines(store) > 100:
        assert time.monotonic() < end, (
            count(store, DeliveryState.SENT),
            old_lines(store),
        )
        time.sleep(0.1)
    seen = far_end.seen(case)
    with store.read() as connection:
        chain, odd = audit.verify(connection), find_mismatch(connection)
    gone = count(store, DeliveryState.CANCELLED)
    held = count(store, DeliveryState.HELD)

    assert gone == 0
    assert held == WAITING
    assert (len(seen), max(seen.values())) == (NEW + WAITING, 1)
    assert chain.broken is None
    assert odd is None
