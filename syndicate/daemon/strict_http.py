"""
HTTP/1.1 as uvicorn speaks it, for strangers: a head has a size, a deadline and a host.

uvicorn asks for none of them. A header of 100 MB was swallowed whole, and 300 half-sent
heads stayed open for as long as their senders liked.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

END = b"\r\n\r\n"
LARGEST_HEAD = 64 << 10  # bytes, request line included
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)
"""Source: RFC 6585 section 5."""


class StrictProtocol(HttpToolsProtocol):
    """One connection of a reader."""

    head_within = 10.0  # seconds from the connection, or from a request's first byte
    _timer: asyncio.TimerHandle | None = None  # runs while a head is awaited
    _received = 0  # bytes of that head

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, piece: bytes) -> None:
        """Take what came, unless the head has grown too large."""
        if self._timer is not None:
            end = piece.find(END)
            self._received += len(piece) if end < 0 else end
            if self._received > LARGEST_HEAD:
                self.transport.write(TOO_LARGE)
                self.transport.close()
                return
        super().data_received(piece)

    def on_message_begin(self) -> None:
        """Begin to wait for the rest of a head, if this connection had one before."""
        super().on_message_begin()
        if self._timer is None:
            self._await_head()

    def on_headers_complete(self) -> None:
        """
        Go on without a deadline: answers are short, and bodies are not read.

        Raises:
            ValueError: Of HTTP/1.1 without a host, or with two, which uvicorn answers
                with 400 (RFC 9112 section 3.2).
        """
        self._stop()
        hosts = [name for name, _ in self.headers if name == b"host"]
        if self.parser.get_http_version() == "1.1" and len(hosts) != 1:
            raise ValueError("one host is wanted")
        super().on_headers_complete()

    def _await_head(self) -> None:
        self._received = 0
        loop: Any = self.loop
        self._timer = loop.call_later(self.head_within, self._give_up)

    def _give_up(self) -> None:
        self._timer = None
        self.transport.close()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
