"""
One POST and the head of its answer, beside hundreds of others on one thread.

What ``exchange`` is to a lane, this is to a wide one: a connection of its own, one deadline
for everything, no redirect, no cookie, no proxy. The body of an answer is not waited for.
"""

import asyncio
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from urllib.parse import SplitResult, urlsplit

import h11
import httpx

from syndicate.channels.base import Request
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.exchange import OWN_HEADERS, tls
from syndicate.channels.wire.redact import redact, redact_bytes
from syndicate.channels.wire.resolve import Address
from syndicate.channels.wire.trouble import trouble
from syndicate.errors import InDoubtError, NotSentError

Addresses = Callable[[str, int, Deadline], Sequence[Address]]
"""Gives what a host may be connected at, checked; raises ``OSError`` where it may not."""

PIECE = 1 << 14  # bytes read at once
LARGEST_HEAD = 1 << 16  # bytes


class Abreast:
    """Sends requests on the event loop it is used from."""

    def __init__(self, addresses: Addresses, *, lookups: Executor) -> None:
        """
        Prepare.

        Args:
            addresses: Which hosts may be connected to, and where.
            lookups: Threads in which names are looked up.
        """
        self._addresses = addresses
        self._lookups = lookups

    async def post(self, request: Request, *, allowed: timedelta) -> httpx.Response:
        """
        Make a request, and give its answer's status, headers and first bytes.

        Args:
            request: What to send.
            allowed: Longest time all of it may take.

        Raises:
            NotSentError: No byte of the request left.
            InDoubtError: One did, and no answer came back.
        """
        attempt = _Attempt(request, Deadline(allowed))
        try:
            async with asyncio.timeout(allowed.total_seconds()):
                return await attempt.run(self._addresses, self._lookups)
        except (OSError, h11.RemoteProtocolError) as error:
            outcome = InDoubtError if attempt.has_sent else NotSentError
            said = redact(trouble(error), request.secrets)
            # Not chained: the cause may name an address, and with it a token.
            raise outcome(said) from None


class _Attempt:
    """One request."""

    def __init__(self, request: Request, deadline: Deadline) -> None:
        self._request = request
        self._deadline = deadline
        self._url = urlsplit(request.url)
        self.has_sent = False

    async def run(self, addresses: Addresses, lookups: Executor) -> httpx.Response:
        loop = asyncio.get_running_loop()
        host, port = self._url.hostname or "", _port(self._url)
        found = await loop.run_in_executor(
            lookups, addresses, host, port, self._deadline
        )
        reader, writer = await self._connect(found, host)
        try:
            return await self._talk(reader, writer)
        finally:
            writer.transport.abort()

    async def _connect(
        self, found: Sequence[Address], host: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the first address that answers."""
        is_secure = self._url.scheme == "https"
        trouble = OSError(f"no address of {host}")
        for family, _, _, _, address in found:
            try:
                return await asyncio.open_connection(
                    address[0],
                    address[1],
                    family=family,
                    flags=socket.AI_NUMERICHOST,
                    limit=LARGEST_HEAD,
                    ssl=tls() if is_secure else None,
                    server_hostname=host if is_secure else None,
                )
            except OSError as error:
                trouble = error
        raise trouble

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> httpx.Response:
        talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
        headers = {**OWN_HEADERS, **self._request.headers, "Host": self._url.netloc}
        headers["Content-Length"] = str(len(self._request.content))
        target = f"{self._url.path or '/'}" + (
            f"?{self._url.query}" if self._url.query else ""
        )
        head = h11.Request(
            method="POST",
            target=target,
            headers=list(headers.items()),
        )
        content = h11.Data(data=self._request.content)
        parts = (talk.send(each) for each in (head, content, h11.EndOfMessage()))
        wire = b"".join(part or b"" for part in parts)
        self.has_sent = True
        writer.write(wire)
        await writer.drain()
        return await self._hear(talk, reader)

    async def _hear(
        self, talk: h11.Connection, reader: asyncio.StreamReader
    ) -> httpx.Response:
        """Read until the head of the answer is there; what follows it does not matter."""
        while True:
            event = talk.next_event()
            if event is h11.NEED_DATA:
                talk.receive_data(await reader.read(PIECE))
            elif isinstance(event, h11.Response):
                break
        body = talk.trailing_data[0][:PIECE]
        return httpx.Response(
            status_code=event.status_code,
            headers=[
                each for each in event.headers.raw_items() if each[0].lower() in _KEPT
            ],
            content=redact_bytes(body, self._request.secrets),
        )


_KEPT = frozenset({b"retry-after", b"date"})


def _port(url: SplitResult) -> int:
    return url.port or (443 if url.scheme == "https" else 80)
