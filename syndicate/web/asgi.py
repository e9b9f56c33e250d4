"""
The little of HTTP that our own applications need, in the shapes of ASGI 3.

Anything that speaks ASGI (FastAPI, Starlette) can stand beside them or hold them. No
framework is imported, for every command imports this layer.

Source: asgi.readthedocs.io/en/latest/specs/www.html
"""

from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Event = dict[str, Any]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer. Its length is added when it is sent; it may be sent many times."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters
    body: bytes = b""

    @cached_property
    def start(self) -> Event:
        """
        How it begins, in the words of ASGI, made once.

        Status 204 and 304 have no length: there is no body to measure.
        """
        lines = [(k.encode(), v.encode("latin-1")) for k, v in self.headers.items()]
        if self.status not in (204, 304):
            lines.append((b"content-length", str(len(self.body)).encode()))
        return {"type": "http.response.start", "status": self.status, "headers": lines}

    @cached_property
    def rest(self) -> Event:
        """How it goes on."""
        return {"type": "http.response.body", "body": self.body}


def plain(status: int, text: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Answer with a line of text that nobody keeps."""
    return Reply(
        status=status,
        headers={
            "content-type": "text/plain; charset=utf-8",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        }
        | dict(headers or {}),
        body=f"{text}\n".encode(),
    )


def request_headers(scope: Scope) -> dict[bytes, str]:
    """Give the headers of a request; lines of one name are joined with a comma."""
    found: dict[bytes, str] = {}
    for name, text in scope["headers"]:
        line = text.decode("latin-1")
        found[name] = f"{found[name]}, {line}" if name in found else line
    return found


BARE: Event = {"type": "http.response.body", "body": b""}


async def respond(reply: Reply, scope: Scope, send: Send) -> None:
    """Send an answer, to HEAD without its body (RFC 9110 section 9.3.2)."""
    await send(reply.start)
    await send(BARE if scope["method"] == "HEAD" else reply.rest)
