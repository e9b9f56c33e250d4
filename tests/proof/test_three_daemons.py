"""
Three daemons on one PostgreSQL; every two seconds one is killed, or frozen past its
lease and thawed. Nothing is lost, nothing keyed is doubled, nothing blind is repeated,
and whatever was in a dead daemon's hands is taken up within the lease and five seconds.

``SYNDICATE_PROOF_ALERTS`` has it done with more alerts, 10,000 for the whole promise.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from sqlalchemy import func, select

from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.store import audit
from syndicate.store.agreeing import find_mismatch
from syndicate.store.engine import Store, open_store
from syndicate.store.tables import audit as audit_table
from syndicate.store.tables import deliveries
from tests.proof.daemons import Daemons
from tests.proof.far_end import FarEnd
from tests.proof.lives import CHANNELS, Note

pytestmark = pytest.mark.full
ALERTS = int(os.environ.get("SYNDICATE_PROOF_ALERTS", "1000"))
SEED = int(os.environ.get("SYNDICATE_PROOF_SEED", "4"))
EVERY = 2.0  # seconds between two misfortunes
LEASE = timedelta(seconds=30)  # twice a channel's deadline
TAKE_OVER = LEASE + timedelta(seconds=5)
LONGEST = 900 + ALERTS  # seconds for all of it
PATIENCE = 10.0  # seconds a busy machine has to settle something between two of them
AT_ONCE = 50  # alerts in one transaction
LANES = 4  # channels of a kind: what is frozen with one does not stop the others


def tables(url: str) -> str:
    """Configure four keyed channels, and four blind ones; none is to be spared."""
    return "".join(
        CHANNELS[kind]
        .format(url=url)
        .replace(f'name = "{kind}"', f'name = "{kind}-{lane}"\nrate = "1000/s"')
        for kind in ("webhook", "telegram")
        for lane in range(LANES)
    )


def outgoing(kind: str, number: int) -> Outgoing:
    text = f"속보 {number}"
    body = {"webhook": {"text": text}, "telegram": {"chat_id": "@desk", "text": text}}
    return Outgoing(
        channel=f"{kind}-{number % LANES}",
        kind=kind,
        body=json.dumps(body[kind], ensure_ascii=False),
        text=text,
        count=len(text),
        limit=500,
        unit="code points",
    )


def fill(store: Store) -> None:
    """Accept every alert, each for a keyed channel and a blind one."""
    for begin in range(0, ALERTS, AT_ONCE):
        with store.begin() as connection:
            for number in range(begin, min(begin + AT_ONCE, ALERTS)):
                alert = Alert(title=f"속보 {number}", link=None, language="ko")
                parts = [outgoing(kind, number) for kind in ("webhook", "telegram")]
                accept(connection, alert, parts, now=datetime.now(UTC))


def states(store: Store) -> Counter[tuple[str, DeliveryState]]:
    columns = deliveries.c.kind, deliveries.c.state
    counted = select(*columns, func.count()).group_by(*columns)
    with store.read() as connection:
        rows = connection.execute(counted).all()
    return Counter({(kind, state): number for kind, state, number in rows})


def settled(store: Store) -> int:
    """Count the deliveries that have come to their end."""
    return sum(
        number for (_, state), number in states(store).items() if state.is_settled
    )


def senders(store: Store) -> set[int]:
    """Give the process ids of the daemons that hold something."""
    held = select(deliveries.c.owner).where(deliveries.c.state == DeliveryState.SENDING)
    with store.read() as connection:
        return {int(owner.split(":")[1]) for owner in connection.scalars(held)}


def claimed(store: Store) -> set[tuple[str, str]]:
    """Give kind and words of what is said to have been sent by a blind channel."""
    sent = select(deliveries.c.kind, deliveries.c.text).where(
        deliveries.c.state == DeliveryState.SENT, deliveries.c.kind == "telegram"
    )
    with store.read() as connection:
        return {(kind, text) for kind, text in connection.execute(sent)}


def longest_send(store: Store) -> timedelta:
    """Give the longest time from a claim to what came of it, by whomever."""
    log = select(audit_table.c.subject, audit_table.c.at, audit_table.c.after)
    with store.read() as connection:
        notes = connection.execute(log.order_by(audit_table.c.number)).all()
    claimed: dict[str, datetime] = {}
    longest = timedelta(0)
    for subject, at, after in notes:
        if subject in claimed:
            longest = max(longest, at - claimed.pop(subject))
        if after == DeliveryState.SENDING:
            claimed[subject] = at
    assert not claimed
    return longest


@pytest.fixture
def case(far_end: FarEnd) -> str:
    return far_end.new_case()


@pytest.fixture
def daemons(room: Path, far_end: FarEnd, schema: str, case: str) -> Iterator[Daemons]:
    three = Daemons(room, count=3, freeze_for=LEASE.total_seconds() + 1)
    three.lay_out(tables=tables(far_end.url(case)), database=schema)
    yield three
    three.thaw(whenever=True)
    three.close()


def run(three: Daemons, store: Store) -> Counter[str]:
    """Have them send it all while one after the other is harmed. Counts the harms."""
    chance, harms = Random(SEED), Counter[str]()
    filler = Thread(target=fill, args=(store,))
    three.start(0, 1, 2)
    filler.start()
    began = last = time.monotonic()
    before = 0
    while filler.is_alive() or any(not state.is_settled for _, state in states(store)):
        took = time.monotonic() - began
        assert took < LONGEST, f"seed {SEED}: {states(store)}"
        time.sleep(max(0.1, EVERY * (harms.total() + 1) - took))
        three.thaw()
        done, waited = settled(store), time.monotonic() - last
        if done > before or waited > PATIENCE:
            harms[three.harm(chance, busy=lambda: senders(store))] += 1
            before, last = done, time.monotonic()
    filler.join()
    return harms


def test_three_daemons_lose_and_double_nothing(
    daemons: Daemons, far_end: FarEnd, case: str, schema: str, record_property: Note
) -> None:
    with closing(open_store(schema, daemons.folder)) as store:
        harms = run(daemons, store)
        found, longest = states(store), longest_send(store)
        sent = claimed(store)
        with store.read() as connection:
            chain = audit.verify(connection)
            assert find_mismatch(connection) is None
    seen = far_end.seen(case)
    told = Counter(kind for kind, _ in seen.elements())
    tally = f"seed {SEED}: {dict(harms)}, {dict(found)}, {dict(told)}, {longest}"
    record_property("tally", tally)

    assert max(seen.values()) == 1, tally
    assert found["webhook", DeliveryState.SENT] == told["webhook"] == ALERTS, tally
    doubts = found["telegram", DeliveryState.IN_DOUBT]
    assert found["telegram", DeliveryState.SENT] + doubts == ALERTS, tally
    assert sent <= seen.keys(), tally
    assert doubts <= harms.total() * LANES, tally
    assert longest < TAKE_OVER, tally
    assert longest > LEASE, f"what was frozen held nothing: {tally}"
    assert chain.is_whole
