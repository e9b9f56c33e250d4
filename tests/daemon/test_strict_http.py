"""What strangers may send before there is a request: a head of a size, in a time."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
import uvicorn

from syndicate.daemon.strict_http import LARGEST_HEAD, StrictProtocol

HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"


class HurriedProtocol(StrictProtocol):
    head_within = 0.3


class CalmerProtocol(StrictProtocol):
    head_within = 1.0  # for those who mean to be in time, on a busy machine


async def site(scope: Any, receive: Any, send: Any) -> None:
    await asyncio.sleep(1.5 if scope["path"] == "/slow" else 0)
    headers = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"ok"})


@contextmanager
def connected(protocol: type[StrictProtocol]) -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = uvicorn.Config(
            site, http=protocol, lifespan="off", log_level="critical"
        )
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            with socket.create_connection(listener.getsockname(), timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(60)


def one_answer(client: socket.socket) -> bytes:
    """Read one; it comes in as many pieces as it likes."""
    said = b""
    while not said.endswith(b"\r\n\r\nok"):
        piece = client.recv(1 << 16)
        assert piece, said
        said += piece
    return said


def answer(client: socket.socket) -> bytes:
    """Read until the other side closes."""
    said = b""
    try:
        while piece := client.recv(1 << 16):
            said += piece
    except ConnectionResetError:
        pass  # what we still sent was not wanted
    return said


def test_a_head_of_any_ordinary_size_is_answered() -> None:
    with connected(StrictProtocol) as client:
        for size in (10, 60_000):
            client.sendall(HEAD + b"X: " + b"a" * size + b"\r\n\r\n")
            assert one_answer(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("pieces", [1, 40])
def test_a_larger_one_is_refused(pieces: int) -> None:
    piece = b"a" * (2 * LARGEST_HEAD // pieces)
    with connected(StrictProtocol) as client:
        client.sendall(HEAD + b"X: ")
        try:
            for _ in range(pieces):
                client.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before it was all there
        assert answer(client)[:13] in {b"HTTP/1.1 431 ", b""}


def test_a_larger_one_is_refused_though_it_comes_in_one_piece() -> None:
    with connected(StrictProtocol) as client:
        whole = HEAD + b"X: " + b"a" * (LARGEST_HEAD + 1000) + b"\r\n\r\n"
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before its end
            client.sendall(whole)
        assert answer(client)[:13] in {b"HTTP/1.1 431 ", b""}


@pytest.mark.parametrize("hosts", [b"", b"Host: a\r\nHost: b\r\n"])
def test_a_request_says_one_host(hosts: bytes) -> None:
    with connected(StrictProtocol) as client:
        client.sendall(b"GET / HTTP/1.1\r\n" + hosts + b"\r\n")
        assert answer(client).startswith(b"HTTP/1.1 400 ")


def test_a_request_of_http_1_0_need_not_say_a_host() -> None:
    with connected(StrictProtocol) as client:
        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert answer(client).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("begun", [b"", HEAD, HEAD + b"X"])
def test_who_does_not_come_to_the_point_is_cut_off(begun: bytes) -> None:
    with connected(HurriedProtocol) as client:
        client.sendall(begun)
        assert answer(client) == b""


def test_a_second_head_has_a_deadline_of_its_own() -> None:
    with connected(CalmerProtocol) as client:
        client.sendall(HEAD + b"\r\n")
        assert one_answer(client).startswith(b"HTTP/1.1 200 ")
        client.sendall(HEAD)
        assert answer(client) == b""


def test_an_answer_may_take_its_time() -> None:
    with connected(CalmerProtocol) as client:
        client.sendall(HEAD.replace(b"/ ", b"/slow ", 1) + b"Connection: close\r\n\r\n")
        assert answer(client).endswith(b"ok")
