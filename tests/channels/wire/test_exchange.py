import socket
import ssl
from collections.abc import Sequence
from datetime import timedelta
from threading import Event
from time import monotonic

import httpx
import pytest

from syndicate.channels.wire.backend import connect
from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.exchange import LARGEST_ANSWER, exchange, tls
from syndicate.channels.wire.resolve import Address, resolve
from syndicate.errors import InDoubtError, NotSentError
from tests.receiver import Behaviour, Connection, Receiver, answer, black_hole

SHORT = timedelta(milliseconds=300)
AMPLE = timedelta(seconds=10)
# Encrypted, but nobody proves who they are: real TLS without a certificate in the tree.
ANONYMOUS = "AECDH-AES256-SHA:@SECLEVEL=0"


def post(
    url: str, *, content: bytes = b"{}", allowed: timedelta = AMPLE
) -> httpx.Response:
    return exchange(httpx.Request("POST", url, content=content), allowed=allowed)


def anonymous(side: int) -> ssl.SSLContext:
    context = ssl.SSLContext(side)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(ANONYMOUS)
    return context


def over_tls(behave: Behaviour) -> Behaviour:
    def secured(connection: Connection) -> None:
        context = anonymous(ssl.PROTOCOL_TLS_SERVER)
        with context.wrap_socket(connection.socket, server_side=True) as inner:
            behave(Connection(inner, connection.receiver))

    return secured


def test_an_answer_comes_back_over_tls() -> None:
    with Receiver(over_tls(answer(200, b'{"id": 1}'))) as peer:
        request = httpx.Request("POST", peer.url.replace("http:", "https:"))
        context = anonymous(ssl.PROTOCOL_TLS_CLIENT)
        response = exchange(request, allowed=AMPLE, context=context)

    assert response.json() == {"id": 1}


def test_a_server_that_cannot_prove_its_name_gets_nothing() -> None:
    with Receiver(over_tls(answer(200))) as peer:
        with pytest.raises(NotSentError):
            post(peer.url.replace("http:", "https:"))

        assert peer.requests == []


def test_the_certificates_are_loaded_once_and_checked() -> None:
    assert tls() is tls()
    assert tls().verify_mode is ssl.CERT_REQUIRED
    assert tls().check_hostname


def test_every_request_has_a_connection_of_its_own() -> None:
    with Receiver(answer(200)) as peer:
        post(peer.url)
        post(peer.url)

    assert [each.headers["connection"] for each in peer.requests] == ["close", "close"]


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_an_answer_may_be_so_large_and_no_larger(*, more: int, fits: bool) -> None:
    with Receiver(answer(200, b"a" * (LARGEST_ANSWER + more))) as peer:
        if fits:
            assert len(post(peer.url).content) == LARGEST_ANSWER
        else:
            with pytest.raises(InDoubtError, match="larger than"):
                post(peer.url)


def test_an_answer_that_is_compressed_all_the_same_is_not_unpacked() -> None:
    with Receiver(answer(200, b"\x1f\x8b bomb", Content_Encoding="gzip")) as peer:
        response = post(peer.url)

    assert response.content == b"\x1f\x8b bomb"


def test_an_upload_nobody_takes_ends_in_time_and_in_doubt() -> None:
    def sip(connection: Connection) -> None:
        while not connection.receiver.closing.wait(0.02):
            connection.socket.recv(1)

    started = monotonic()
    with Receiver(sip) as peer, pytest.raises(InDoubtError):
        post(peer.url, content=b"a" * (64 << 20), allowed=3 * SHORT)

    assert monotonic() - started < 20


def test_a_refusal_in_the_middle_of_an_upload_is_heard() -> None:
    def refuse(connection: Connection) -> None:
        connection.socket.recv(1 << 16)
        connection.send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
        connection.socket.shutdown(socket.SHUT_WR)
        while connection.socket.recv(1 << 20):
            pass

    with Receiver(refuse) as peer:
        assert post(peer.url, content=b"a" * (1 << 20)).status_code == 413


@pytest.mark.parametrize(
    "url", ["http://a..example/", "http://%zz/", f"http://{'a' * 70}.example/"]
)
def test_a_host_that_cannot_be_is_not_sent_to(url: str) -> None:
    with pytest.raises(NotSentError):
        post(url)


# Names


def unknown(_host: str, _port: int) -> Sequence[Address]:
    raise socket.gaierror(socket.EAI_NONAME, "unknown")


def address(url: str) -> Address:
    port = int(url.rpartition(":")[2])
    return (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))


def test_a_resolver_that_does_not_answer_is_given_up_in_time() -> None:
    over = Event()

    def silent(_host: str, _port: int) -> Sequence[Address]:
        over.wait(60)
        return []

    started = monotonic()
    with pytest.raises(TimeoutError, match=r"slow\.example"):
        resolve("slow.example", 443, Deadline(SHORT), lookup=silent)
    over.set()

    assert monotonic() - started < 20


def test_an_unknown_name_is_reported_at_once() -> None:
    with pytest.raises(socket.gaierror):
        resolve("nowhere.example", 443, Deadline(AMPLE), lookup=unknown)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_names_and_numbers_have_addresses(host: str) -> None:
    assert resolve(host, 80, Deadline(AMPLE))


def test_an_address_that_says_nothing_leaves_time_for_the_next() -> None:
    with black_hole() as dead, Receiver(answer(200)) as peer:
        both = [address(dead), address(peer.url)]
        connect(both, Deadline(timedelta(seconds=3))).close()


def test_when_every_address_refuses_the_last_refusal_counts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        dead = address(f":{taken.getsockname()[1]}")
        with pytest.raises(ConnectionRefusedError):
            connect([dead, dead], Deadline(AMPLE))


def test_a_deadline_that_has_passed_leaves_no_time() -> None:
    with pytest.raises(TimeoutError, match="not done within 0 s"):
        Deadline(timedelta(0)).left()
