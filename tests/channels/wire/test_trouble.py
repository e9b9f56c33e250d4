import socket
import ssl
from datetime import timedelta

import httpcore
import httpx
import pytest

from syndicate.channels.wire.exchange import exchange
from syndicate.channels.wire.trouble import trouble
from syndicate.errors import NotSentError


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            caused(
                httpcore.ConnectError("[Errno 111] Connection refused"),
                ConnectionRefusedError(111, "Connection refused"),
            ),
            "connection refused",
        ),
        (
            caused(httpcore.ReadTimeout("timed out"), TimeoutError("timed out")),
            "no answer in time",
        ),
        (TimeoutError("not done within 15 s"), "not done within 15 s"),
        (socket.gaierror(-2, "Name or service not known"), "name or service not known"),
        (
            ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] (_ssl.c:1006)"),
            "no secure connection: the connection broke",
        ),
        (UnicodeError("label too long"), "no host can have this name"),
        (
            httpcore.RemoteProtocolError("Server disconnected without a response."),
            "Server disconnected without a response",
        ),
        (ValueError(), "the connection broke"),
    ],
)
def test_what_broke_is_said_without_names_of_python(
    error: Exception, said: str
) -> None:
    assert trouble(error) == said


def test_a_peer_that_is_not_there_is_told_so_by_a_real_exchange() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        request = httpx.Request("POST", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        with pytest.raises(NotSentError) as caught:
            exchange(request, allowed=timedelta(seconds=10))

    assert str(caught.value) == "connection refused"
