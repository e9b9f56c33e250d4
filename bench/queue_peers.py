"""
What ``outbox.py`` measures itself against: Procrastinate and pgqueuer, on PostgreSQL.

Each takes in jobs that do nothing, one by one and each in a transaction of its own, and
then runs them. Neither keeps attempts or an audit log.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Sequence

import pgqueuer
import procrastinate
import psycopg
from pgqueuer.adapters.persistence.queries import SyncQueries
from pgqueuer.db import SyncPsycopgDriver
from pgqueuer.types import QueueExecutionMode

WARMING = 20  # alerts or jobs taken in before the clock is looked at
WIDTH = 4  # Procrastinate's jobs at a time; pgqueuer takes ten, as it does by itself

logging.getLogger("procrastinate").setLevel(logging.ERROR)


def measure_procrastinate(address: str, alerts: int) -> dict[str, float]:
    """Give how many jobs a second it takes in and runs."""
    connector = procrastinate.SyncPsycopgConnector(conninfo=address)
    app = procrastinate.App(connector=connector)
    ran: list[int] = []

    @app.task(name="nothing")
    def nothing(number: int) -> None:
        ran.append(number)

    with app.open():
        app.schema_manager.apply_schema()
        for number in range(-WARMING, 0):
            nothing.defer(number=number)
        start = time.perf_counter()
        for number in range(alerts):
            nothing.defer(number=number)
        accepted = time.perf_counter()

    async def work() -> float:
        worker = app.with_connector(procrastinate.PsycopgConnector(conninfo=address))
        async with worker.open_async():
            began = time.perf_counter()
            await worker.run_worker_async(wait=False, concurrency=WIDTH)
            return time.perf_counter() - began

    took = asyncio.run(work())
    _check("Procrastinate", ran, alerts)
    with app.open():
        began = time.perf_counter()
        nothing.batch_defer(*({"number": number} for number in range(alerts)))
        bulk = time.perf_counter() - began
    return {
        "enqueue/s": alerts / (accepted - start),
        "bulk/s": alerts / bulk,
        "deliver/s": len(ran) / took,
    }


def measure_pgqueuer(address: str, alerts: int) -> dict[str, float]:
    """Give how many jobs a second it takes in and runs."""
    ran: list[int] = []

    async def install() -> None:
        async with await psycopg.AsyncConnection.connect(
            address, autocommit=True
        ) as connection:
            await pgqueuer.Queries.from_psycopg_connection(connection).install()

    async def work() -> float:
        async with await psycopg.AsyncConnection.connect(
            address, autocommit=True
        ) as connection:
            queue = pgqueuer.PgQueuer.from_psycopg_connection(connection)

            @queue.entrypoint("nothing")
            async def nothing(job: pgqueuer.Job) -> None:
                ran.append(int(job.payload or b""))

            began = time.perf_counter()
            await queue.qm.run(mode=QueueExecutionMode.drain)
            return time.perf_counter() - began

    asyncio.run(install())
    with psycopg.connect(address, autocommit=True) as connection:
        queries = SyncQueries(SyncPsycopgDriver(connection))
        for number in range(-WARMING, 0):
            queries.enqueue("nothing", str(number).encode())
        start = time.perf_counter()
        for number in range(alerts):
            queries.enqueue("nothing", str(number).encode())
        accepted = time.perf_counter()
    took = asyncio.run(work())
    _check("pgqueuer", ran, alerts)
    with psycopg.connect(address, autocommit=True) as connection:
        queries = SyncQueries(SyncPsycopgDriver(connection))
        payloads: list[bytes | None] = [str(n).encode() for n in range(alerts)]
        began = time.perf_counter()
        queries.enqueue(["nothing"] * alerts, payloads, [0] * alerts)
        bulk = time.perf_counter() - began
    return {
        "enqueue/s": alerts / (accepted - start),
        "bulk/s": alerts / bulk,
        "deliver/s": len(ran) / took,
    }


def _check(name: str, ran: Sequence[int], alerts: int) -> None:
    if sorted(ran) != list(range(-WARMING, alerts)):
        sys.exit(f"{name} did not run each job once")
