"""
Sockets for httpcore that give every step only the time the attempt has left.

Whether a byte of the request has left is known here and nowhere else for certain: a
stream notes it just before it hands the first one to the system.
"""

import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import httpcore

from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.resolve import Address, resolve

PIECE = 1 << 16  # bytes handed to the system at once


class Backend(httpcore.NetworkBackend):
    """Opens the one connection of one attempt."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.has_sent = False  # whether a byte of a request has left

    def connect_tcp(  # noqa: D102
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
        local_address: str | None = None,  # noqa: ARG002 - never asked for
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - nor this
    ) -> httpcore.NetworkStream:
        with _as(httpcore.ConnectTimeout, httpcore.ConnectError):
            addresses = self.addresses(host, port)
            return Stream(connect(addresses, self.deadline), self)

    def addresses(self, host: str, port: int) -> Sequence[Address]:
        """Give the addresses to try, in order. One look-up: what it gave is connected to."""
        return resolve(host, port, self.deadline)


class Stream(httpcore.NetworkStream):
    """A connection, plain or TLS."""

    def __init__(self, connection: socket.socket, backend: Backend) -> None:
        self._connection = connection
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, D102
        with _as(httpcore.ReadTimeout, httpcore.ReadError):
            self._connection.settimeout(self._backend.deadline.left())
            return self._connection.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, D102
        with _as(httpcore.WriteTimeout, httpcore.WriteError):
            rest = memoryview(buffer)
            while rest:
                self._connection.settimeout(self._backend.deadline.left())
                self._backend.has_sent = True
                rest = rest[self._connection.send(rest[:PIECE]) :]

    def close(self) -> None:  # noqa: D102
        self._connection.close()

    def start_tls(  # noqa: D102
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
    ) -> httpcore.NetworkStream:
        with _as(httpcore.ConnectTimeout, httpcore.ConnectError):
            self._connection.settimeout(self._backend.deadline.left())
            try:
                # ``wrap_socket`` loses a socket that has been reset by now, unclosed.
                self._connection.getpeername()
                secured = ssl_context.wrap_socket(
                    self._connection, server_hostname=server_hostname
                )
            except BaseException:
                self.close()
                raise
            return Stream(secured, self._backend)


def connect(addresses: Sequence[Address], deadline: Deadline) -> socket.socket:
    """
    Connect to the first address that answers.

    An address that says nothing takes only its share of the time, so that a dead IPv6
    route does not use up what IPv4 needs.

    Raises:
        OSError: The last one's refusal.
    """
    for index, (family, kind, protocol, _, address) in enumerate(addresses):
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(deadline.left() / (len(addresses) - index))
            connection.connect(address)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            connection.close()
            refusal = error
        else:
            return connection
    raise refusal


@contextmanager
def _as(late: type[Exception], broken: type[Exception]) -> Iterator[None]:
    """Raise in httpcore's words; it acts on them, as when an answer comes early."""
    try:
        yield
    except TimeoutError as error:
        raise late(str(error)) from error
    except (OSError, UnicodeError) as error:  # the latter from an impossible host name
        raise broken(str(error)) from error
