"""
One request, one answer, one connection of its own.

A connection that is kept may be dead without anybody knowing, and then a message is in
doubt for nothing: 2 to 5 of 30 were, so none is kept.
"""

import ssl
from collections.abc import Iterable
from datetime import timedelta
from functools import cache

import httpcore
import httpx

from syndicate import __version__
from syndicate.channels.wire.backend import Backend
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.redact import hush, redact, redact_bytes
from syndicate.channels.wire.trouble import trouble
from syndicate.errors import InDoubtError, NotSentError

LARGEST_ANSWER = 1 << 20  # bytes
# The body is asked for as it is: a small compressed answer may unpack to a huge one.
OWN_HEADERS = {
    "User-Agent": f"syndicate/{__version__}",
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@cache
def tls() -> ssl.SSLContext:
    """Load the certificates, once: it takes longer than most requests."""
    hush("httpcore")
    return httpx.create_ssl_context()


def exchange(
    request: httpx.Request,
    *,
    allowed: timedelta,
    secrets: Iterable[str] = (),
    context: ssl.SSLContext | None = None,
) -> httpx.Response:
    """
    Send a request and read the answer, whatever its status.

    Args:
        request: Its body in memory.
        allowed: Longest time all of it may take.
        secrets: Taken out of the answer and out of every error.
        context: TLS settings other than the usual ones.

    Raises:
        NotSentError: No byte of the request left.
        InDoubtError: One did, and no whole answer came back.
    """
    backend = Backend(Deadline(allowed))
    request.headers.update(OWN_HEADERS)
    try:
        with httpcore.ConnectionPool(context or tls(), network_backend=backend) as pool:
            answer = pool.handle_request(_for_httpcore(request))
            content = _read(answer)
    except Exception as error:  # noqa: BLE001 - all that matters is whether a byte left
        outcome = InDoubtError if backend.has_sent else NotSentError
        words = redact(trouble(error), secrets)
        # Not chained: the cause may name an address, and with it a token.
        raise outcome(words) from None
    return httpx.Response(
        status_code=answer.status,
        headers=[each for each in answer.headers if each[0].lower() not in _ENCODINGS],
        content=redact_bytes(content, secrets),
        request=request,
    )


_ENCODINGS = frozenset({b"content-encoding", b"transfer-encoding", b"content-length"})


def _for_httpcore(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(
            scheme=url.raw_scheme,
            host=url.raw_host,
            port=url.port,
            target=url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.content,
    )


def _read(answer: httpcore.Response) -> bytes:
    content = b""
    for piece in answer.iter_stream():
        content += piece
        if len(content) > LARGEST_ANSWER:
            raise ValueError(f"the answer is larger than {LARGEST_ANSWER} bytes")
    return content
