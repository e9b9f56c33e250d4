"""
The outbox against Procrastinate and pgqueuer, with a channel that does nothing.

    enqueue     alerts accepted one by one: a commit each, with its audit rows
    bulk        as many deliveries accepted in one transaction: an alert for many recipients
    deliver     claimed, sent and settled, four channels beside each other: an attempt is
                on disk before its first byte, a verdict after it
    latency     from before an alert is accepted to its first byte, in milliseconds

What the others do is in ``queue_peers.py``. The contestants take turns in one run, each
after some alerts to warm up; medians are shown.

    python bench/outbox.py --postgresql ADDRESS [--alerts 400] [--rounds 3]

Needs the ``bench`` extra and a PostgreSQL whose tables may be made and dropped. Exit
status 1: something was not delivered, or not once.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from uuid import uuid4

import psycopg
from queue_peers import WARMING, measure_pgqueuer, measure_procrastinate
from sqlalchemy import make_url

from syndicate.model import Alert, Outgoing, Receipt
from syndicate.outbox.enqueue import accept
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.lead import Lead
from syndicate.store.engine import Store, open_store
from syndicate.testing import KeyedFakeChannel, Remote

WIDTH = 4  # channels, and jobs at a time
SINGLE = 50  # alerts whose latency is measured


class Nowhere(KeyedFakeChannel):
    """Does nothing, and notes when it was asked to."""

    heard: dict[str, float]

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102, the channel says it
        self.heard.setdefault(body, time.perf_counter())
        return Receipt(remote_id=key[:8])


def push(store: Store, number: int) -> None:
    channel, now = f"c{number % WIDTH}", datetime.now(UTC)
    alert = Alert(title="a", link=None, language="en")
    part = Outgoing(
        channel=channel, kind="fake", body=str(number), text="a",
        count=1, limit=1, unit="code points",
    )  # fmt: skip
    with store.alone() as connection:
        accept(connection, alert, [part], now=now)


def push_many(store: Store, recipients: int) -> float:
    """Accept an alert for many recipients, and give how long it took, in seconds."""
    alert = Alert(title="a", link=None, language="en")
    part = Outgoing(
        channel="many", kind="fake", body="a", text="a", count=1, limit=1,
        unit="code points", recipients=tuple(str(n) for n in range(recipients)),
    )  # fmt: skip
    start = time.perf_counter()
    with store.alone() as connection:
        accept(connection, alert, [part], now=datetime.now(UTC))
    return time.perf_counter() - start


def ours(url: str, folder: Path, alerts: int) -> dict[str, float]:
    store = open_store(url, folder)
    for number in range(-WARMING, 0):
        push(store, number)
    start = time.perf_counter()
    for number in range(alerts):
        push(store, number)
    accepted = time.perf_counter()
    heard: dict[str, float] = {}
    channels = {f"c{n}": Nowhere.towards(Remote()) for n in range(WIDTH)}
    for channel in channels.values():
        channel.heard = heard
    lead = Lead(store)
    lead.keep()
    lanes = Lanes(store, channels, lead=lead)
    began = time.perf_counter()
    lanes.start()
    wait(store, alerts + WARMING)
    delivered = time.perf_counter()
    waits = []
    for number in range(alerts, alerts + SINGLE):
        asked = time.perf_counter()
        push(store, number)
        lanes.wake()
        wait(store, number + 1 + WARMING)
        waits.append((heard[str(number)] - asked) * 1000)
    lanes.stop()
    lead.release()
    bulk = push_many(store, alerts)
    store.close()
    if len(heard) != alerts + SINGLE + WARMING:
        sys.exit("not all of them were delivered")
    cuts = quantiles(waits, n=100)
    return {
        "enqueue/s": alerts / (accepted - start),
        "bulk/s": alerts / bulk,
        "deliver/s": (alerts + WARMING) / (delivered - began),
        "p50 ms": cuts[49],
        "p99 ms": cuts[98],
    }


def wait(store: Store, sent: int) -> None:
    query = "SELECT count(*) FROM deliveries WHERE state = 'sent'"
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with store.read() as connection:
            if connection.exec_driver_sql(query).scalar() == sent:
                return
        time.sleep(0.01)
    sys.exit("not all of them were delivered")


@contextmanager
def schema(address: str) -> Iterator[str]:
    """Give an address that leads into a schema of its own."""
    name = f"bench_{uuid4().hex[:8]}"
    url = make_url(address).set(drivername="postgresql")
    plain = url.render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
        own = url.update_query_dict({"options": f"-csearch_path={name}"})
        yield own.render_as_string(hide_password=False)
        connection.execute(f"DROP SCHEMA {name} CASCADE")


def one_round(address: str, alerts: int) -> dict[str, dict[str, float]]:
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        found["ours, SQLite"] = ours("sqlite:///a.db", Path(folder), alerts)
    with schema(address) as url:
        found["ours, PostgreSQL"] = ours(url, Path(), alerts)
    with schema(address) as url:
        found["Procrastinate"] = measure_procrastinate(url, alerts)
    with schema(address) as url:
        found["pgqueuer"] = measure_pgqueuer(url, alerts)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description="The outbox against its peers.")
    options.add_argument("--postgresql", required=True, metavar="ADDRESS")
    options.add_argument("--alerts", type=int, default=400)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    rounds = [one_round(asked.postgresql, asked.alerts) for _ in range(asked.rounds)]
    print(f"{asked.alerts} alerts, medians of {asked.rounds} rounds")
    for name, figures in rounds[0].items():
        medians = {f: median(each[name][f] for each in rounds) for f in figures}
        said = "   ".join(f"{f} {value:8.1f}" for f, value in medians.items())
        print(f"{name:18}{said}")


if __name__ == "__main__":
    main()
