"""
A peer on loopback that behaves as badly as it is told to.

Real sockets, a thread for each connection. It counts a request once it has read it
whole, before it answers: that is when a real platform would have shown the message.

    with Receiver(answer(200, b'{"id": "1"}')) as receiver: ...
    with Receiver(hang) as receiver: ...
"""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

STEP = 0.02  # seconds between two drops of a drip
LATE = 30  # seconds; a busy machine may make a second of a moment
HUGE = 3 << 20  # bytes; three times what an answer may have


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a sender sent."""

    method: str
    path: str
    headers: Mapping[str, str]  # names in small letters
    body: bytes


@dataclass(slots=True)
class Connection:
    """One connection, in the hands of a behaviour."""

    socket: socket.socket
    receiver: "Receiver"
    _left: bytes = field(default=b"")

    def read(self) -> Request:
        """Read a request whole, and count it."""
        while b"\r\n\r\n" not in self._left:
            self._more()
        head, _, body = self._left.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        while len(body) < int(headers.get("content-length", 0)):
            self._more()
            body = self._left.partition(b"\r\n\r\n")[2]
        method, path, _ = first.split(" ", 2)
        request = Request(method=method, path=path, headers=headers, body=body)
        self.receiver.requests.append(request)
        return request

    def _more(self) -> None:
        piece = self.socket.recv(1 << 16)
        if not piece:
            raise ConnectionError("the sender went away")
        self._left += piece

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def drip(self, content: bytes) -> None:
        """Send a byte now and then, for ever, until somebody has enough."""
        while content and not self.receiver.closing.wait(STEP):
            self.send(content[:1])
            content = content[1:] + content[:1]

    def drip_whole(self, content: bytes) -> None:
        """Send all of it now and then, until somebody has enough."""
        while not self.receiver.closing.wait(STEP):
            self.send(content)

    def reset(self) -> None:
        """Close with RST."""
        self.socket.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        self.socket.close()


Behaviour = Callable[[Connection], None]


class Receiver:
    """Listens until it is closed; every connection meets the same behaviour."""

    def __init__(self, behave: Behaviour) -> None:
        self.behave = behave
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connected, _ = self._server.accept()
                threading.Thread(
                    target=self._serve, args=(connected,), daemon=True
                ).start()

    def _serve(self, connected: socket.socket) -> None:
        # Whatever the sender does to us is the sender's business.
        with connected, suppress(OSError):
            self.behave(Connection(connected, self))

    def close(self) -> None:
        self.closing.set()
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


# Behaviours


def written(status: int, body: bytes, **headers: str) -> bytes:
    """Write an answer. ``_`` in a header's name stands for ``-``."""
    lines = [f"HTTP/1.1 {status} So", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Platform:
    """A behaviour that remembers: each request is answered in JSON, by ``answer``."""

    headers: ClassVar[Mapping[str, str]] = {}

    def __call__(self, connection: Connection) -> None:
        status, said = self.answer(connection.read())
        connection.send(written(status, json.dumps(said).encode(), **self.headers))

    def answer(self, request: Request) -> tuple[int, Any]:
        """Give a status and what is said."""
        raise NotImplementedError


def answer(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """Answer every request alike; headers as ``written`` has them."""
    whole = written(status, body, **headers)

    def behave(connection: Connection) -> None:
        connection.read()
        connection.send(whole)

    return behave


def reset_at_once(connection: Connection) -> None:
    connection.reset()


def reset_after(connection: Connection) -> None:
    connection.read()
    connection.reset()


def end_after(connection: Connection) -> None:
    connection.read()


def hang(connection: Connection) -> None:
    """Take the message, and say so only when nobody listens any more."""
    connection.read()
    connection.receiver.closing.wait()
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def never_read(connection: Connection) -> None:
    connection.receiver.closing.wait()


def drip_headers(connection: Connection) -> None:
    connection.read()
    connection.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    connection.drip(b"a")


def drip_body(connection: Connection) -> None:
    connection.read()
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    connection.drip(b" ")


def half_headers(connection: Connection) -> None:
    connection.read()
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Ty")


def short_body(connection: Connection) -> None:
    connection.read()
    connection.send(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":')


def huge_body(connection: Connection) -> None:
    connection.read()
    connection.send(b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * HUGE)


def interim_for_ever(connection: Connection) -> None:
    """Say again and again that the answer is on its way."""
    connection.read()
    connection.drip_whole(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")


def interim_flood(connection: Connection) -> None:
    """Say so as fast as can be."""
    connection.read()
    while not connection.receiver.closing.is_set():
        connection.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


def switch(connection: Connection) -> None:
    """Go on in a language nobody asked for."""
    connection.read()
    connection.send(
        b"HTTP/1.1 101 Switching Protocols\r\n"
        b"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n\x81\x02{}"
    )


def late(connection: Connection) -> None:
    """Answer well, after the deadline of those in a hurry."""
    connection.read()
    connection.receiver.closing.wait(LATE)
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + b'{"id": "7"}')


def garbage(connection: Connection) -> None:
    connection.read()
    connection.send(b"\x00\x01\x02 what?\r\n\r\n")


def no_tls(connection: Connection) -> None:
    """Answer the beginning of a TLS handshake with something else."""
    connection.send(b"HTTP/1.0 400 Bad Request\r\n\r\n")


@contextmanager
def closed_port() -> Iterator[str]:
    """Give an address where nobody listens. The port stays taken meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def free_port() -> Iterator[int]:
    """
    Give a port for a server in another process.

    It stays taken meanwhile, so that the system gives it to nobody else. Who listens
    there with ``SO_REUSEADDR``, as servers do, is let in all the same.
    """
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextmanager
def black_hole() -> Iterator[str]:
    """Give an address where connecting hangs: the queue for it is full."""
    with socket.socket() as server, socket.socket() as one, socket.socket() as two:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for filler in (one, two):
            filler.settimeout(0)
            filler.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
