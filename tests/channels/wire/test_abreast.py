"""Requests beside hundreds of others fail in the same words as those of one lane."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest

from syndicate.channels.base import Request
from syndicate.channels.wire.abreast import Abreast
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.resolve import Address
from syndicate.errors import DeliveryError, InDoubtError, NotSentError
from tests.receiver import Receiver, answer, closed_port, hang


def here(host: str, port: int, deadline: Deadline) -> list[Address]:
    del host, deadline
    at = ("127.0.0.1", port)
    return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", at)]


def post(url: str, allowed: timedelta) -> httpx.Response:
    request = Request(url=url, headers={}, content=b"{}")
    with ThreadPoolExecutor(1) as lookups:
        abreast = Abreast(here, lookups=lookups)
        return asyncio.run(abreast.post(request, allowed=allowed))


def failed(url: str, *, seconds: float = 10) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        post(url, timedelta(seconds=seconds))
    return caught.value


def test_an_answer_is_its_status_and_first_bytes() -> None:
    with Receiver(answer(202, b"taken")) as receiver:
        response = post(receiver.url, timedelta(seconds=10))

    assert (response.status_code, response.content) == (202, b"taken")


def test_a_peer_that_is_not_there_is_told_so() -> None:
    with closed_port() as url:
        error = failed(url)

    assert isinstance(error, NotSentError)
    assert str(error) == "connection refused"


def test_a_peer_that_says_nothing_leaves_a_doubt() -> None:
    with Receiver(hang) as receiver:
        error = failed(receiver.url, seconds=1.0)  # connecting, on a busy machine, too

    assert isinstance(error, InDoubtError)
    assert str(error) == "no answer in time"
