"""
smtplib, over sockets that give every step only the time the attempt has left.

Its own time-outs count anew with every byte: a server that drips could hold it for ever.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from syndicate.channels.wire.backend import connect
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.resolve import resolve

LARGEST = 1 << 20  # bytes a server may say in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that passes messages on, and how it is spoken to."""

    host: str
    port: int
    security: Literal["starttls", "tls", "plain"]
    user: str = ""
    password: str = field(default="", repr=False)
    context: ssl.SSLContext | None = None  # other than the usual one


@cache
def mail_tls() -> ssl.SSLContext:
    """Load the certificates, once, for sockets that know the deadline."""
    import httpx  # noqa: PLC0415 - a tenth of a second; only those who send pay for it

    return httpx.create_ssl_context()


class _Patient:
    """What a socket does here beside what sockets do."""

    deadline: Deadline
    heard = 0  # bytes

    def recv_into(self: Any, *where: Any) -> int:
        self.settimeout(self.deadline.left())
        count: int = super().recv_into(*where)  # type: ignore[misc] # of the socket it is mixed into
        self.heard += count
        if self.heard > LARGEST:
            raise OSError(f"the server says more than {LARGEST} bytes")
        return count

    def send(self: Any, content: Any, flags: int = 0) -> int:
        self.settimeout(self.deadline.left())
        count: int = super().send(content, flags)  # type: ignore[misc] # of the socket it is mixed into
        return count

    def sendall(self: Any, content: Any, flags: int = 0) -> None:
        self.settimeout(self.deadline.left())
        super().sendall(content, flags)  # type: ignore[misc] # of the socket it is mixed into


class _Plain(_Patient, socket.socket):
    pass


class _Secured(_Patient, ssl.SSLSocket):
    pass


class Dialogue(smtplib.SMTP):
    """A connection to a server, which has greeted."""

    def __init__(self, server: Server, deadline: Deadline) -> None:
        self._server, self._deadline = server, deadline
        # A name of ours is not looked up: that could take for ever.
        super().__init__(server.host, server.port, local_hostname="[127.0.0.1]")

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # noqa: ARG002 - the deadline rules
        found = connect(resolve(host, port, self._deadline), self._deadline)
        plain = _Plain(fileno=found.detach())
        plain.deadline = self._deadline
        if self._server.security != "tls":
            return plain
        try:
            return self._known(self._secured(plain))
        except BaseException:
            plain.close()
            raise

    def secure(self) -> None:
        """
        Say STARTTLS (RFC 3207).

        Raises:
            SMTPException: The server will not.
            OSError: It cannot, or not in time.
        """
        assert self.sock is not None
        # ``wrap_socket`` loses a socket that has been reset by now, unclosed.
        self.sock.getpeername()
        self.starttls(context=self._context())
        self._known(self.sock)

    def _secured(self, plain: socket.socket) -> socket.socket:
        plain.settimeout(self._deadline.left())
        plain.getpeername()
        return self._context().wrap_socket(plain, server_hostname=self._server.host)

    def _known(self, secured: socket.socket) -> socket.socket:
        assert isinstance(secured, _Secured)
        secured.deadline = self._deadline
        return secured

    def _context(self) -> ssl.SSLContext:
        context = self._server.context or mail_tls()
        context.sslsocket_class = _Secured
        return context
