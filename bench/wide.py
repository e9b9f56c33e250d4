"""
One alert to thousands of webhook recipients: the wide lane, from accepted to settled.

A receiver of its own process, which may take its time, counts every key it is shown.

    python bench/wide.py [--recipients 5000] [--store ADDRESS] [--answers-after-ms 0]
                         [--dead 0]

Of each thousand ``--dead`` take the connection and never answer; the time shown is that of
the others. Exit status 1: one was not told, or not once.
"""

import argparse
import asyncio
import base64
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import h11

from syndicate.channels.webhook import Webhook, WebhookConfig
from syndicate.model import Alert, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.outbox.lanes import Lanes
from syndicate.store.engine import Store, open_store

SECRET = "whsec_" + base64.b64encode(b"k" * 24).decode()
ANSWER = b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def receive(tell: Connection, after_seconds: float) -> None:
    """Answer requests until told to stop, then say which keys came how often."""
    seen: dict[str, int] = {}

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = h11.Connection(h11.SERVER)
        while not isinstance(event := talk.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA:
                talk.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                target = event.target
                key = dict(event.headers)[b"webhook-id"].decode()
        seen[key] = seen.get(key, 0) + 1
        if target.startswith(b"/dead"):
            await asyncio.sleep(60)
        await asyncio.sleep(after_seconds)
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(hear, "127.0.0.1", 0, backlog=4096)
        tell.send(server.sockets[0].getsockname()[1])
        await asyncio.to_thread(tell.recv)
        tell.send(list(seen.values()))

    asyncio.run(serve())


@contextmanager
def receiver(after_seconds: float) -> Iterator[tuple[int, Connection]]:
    ours, its = multiprocessing.Pipe()
    process = multiprocessing.Process(target=receive, args=(its, after_seconds))
    process.start()
    its.close()
    yield ours.recv(), ours
    process.kill()
    process.join()


def count(store: Store, state: str) -> int:
    query = f"SELECT count(*) FROM deliveries WHERE state = '{state}'"
    with store.read() as connection:
        return int(connection.exec_driver_sql(query).scalar() or 0)


def main() -> None:
    options = argparse.ArgumentParser(description="One alert to many recipients.")
    options.add_argument("--recipients", type=int, default=5000)
    options.add_argument("--store", default="sqlite:///a.db")
    options.add_argument("--answers-after-ms", type=float, default=0)
    options.add_argument("--dead", type=int, default=0)
    asked = options.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        receiver(asked.answers_after_ms / 1000) as (port, tell),
    ):
        file = Path(folder) / "recipients.txt"
        ways = [
            "dead" if number % 1000 < asked.dead else "alive"
            for number in range(asked.recipients)
        ]
        file.write_text(
            "".join(
                f"r{number} http://127.0.0.1:{port}/{way} {SECRET}\n"
                for number, way in enumerate(ways)
            )
        )
        os.utime(file, (0, 0))  # it lies still
        config = WebhookConfig(
            url=f"http://127.0.0.1:{port}/alive",
            secret=SECRET,
            recipients=file,
            allow=(f"127.0.0.1:{port}",),
        )
        run(asked, Path(folder), Webhook(config), alive=ways.count("alive") + 1)
        tell.send("stop")
        times = tell.recv()
        print(f"{len(times)} keys seen, {sum(times)} requests")
        if len(times) != asked.recipients + 1:
            sys.exit("somebody was not told")


def run(
    asked: argparse.Namespace, folder: Path, channel: Webhook, *, alive: int
) -> None:
    store = open_store(asked.store, folder)
    part = Outgoing(
        channel="apps",
        kind="webhook",
        body='{"type":"alert.created","data":{"text":"' + "가" * 300 + '"}}',
        text="a",
        count=1,
        limit=1,
        unit="bytes",
        recipients=channel.recipients(),
    )
    lanes = Lanes(store, {"apps": channel})
    lanes.start()
    while not lanes.is_sending:
        time.sleep(0.01)
    alert = Alert(title="a", link=None, language="en")
    began, cpu = time.perf_counter(), time.process_time()
    with store.begin() as connection:
        accept(connection, alert, [part], now=datetime.now(UTC))
    accepted = time.perf_counter()
    lanes.wake()
    while count(store, "sent") < alive and time.perf_counter() - began < 120:
        time.sleep(0.2)
    ended = time.perf_counter()
    print(
        f"{alive} of {asked.recipients + 1} told in {ended - began:.1f} s"
        f" (accepted after {accepted - began:.2f} s; {time.process_time() - cpu:.1f} s of"
        f" processor time, load {os.getloadavg()[0]:.0f})"
    )
    lanes.stop()
    store.close()


if __name__ == "__main__":
    main()
