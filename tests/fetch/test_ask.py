import socket
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.fetch.ask import Asker, FetchError
from tests.fetch.conftest import Web
from tests.receiver import (
    Behaviour,
    Connection,
    closed_port,
    drip_body,
    drip_headers,
    garbage,
    hang,
    short_body,
)

INSIDE = "http://127.0.0.1"


def test_an_answer_is_read_whole(web: Web) -> None:
    answer = web.asker.ask(web.put("/a", b"12345"), most=10)

    assert (answer.status, answer.content, answer.is_whole, answer.length) == (
        200,
        b"12345",
        True,
        5,
    )


def test_an_answer_is_read_no_further_than_asked(web: Web) -> None:
    answer = web.asker.ask(web.put("/a", b"x" * 500_000), most=10)

    assert (answer.content, answer.is_whole, answer.length) == (
        b"x" * 10,
        False,
        500_000,
    )


def test_nothing_is_read_where_the_status_is_enough(web: Web) -> None:
    web.pages["/a"] = hang_in_body

    answer = web.asker.ask(web.url + "/a")

    assert (answer.status, answer.content, answer.length) == (200, b"", 9)


def hang_in_body(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12")
    connection.receiver.closing.wait()


def test_a_status_is_an_answer(web: Web) -> None:
    assert web.asker.ask(web.url + "/gone").status == 404


def test_no_cookie_no_compression_and_who_asks(web: Web) -> None:
    url = web.put("/a", b"", Set_Cookie="a=b")
    asker = web.asker
    asker.ask(url)
    asker.ask(url, accept="image/*")

    headers = web.requests[1].headers
    assert "cookie" not in headers
    assert headers["accept-encoding"] == "identity"
    assert headers["accept"] == "image/*"
    assert headers["cache-control"] == "no-cache"
    assert headers["user-agent"].startswith("syndicate/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(web: Web, status: int) -> None:
    web.put("/b", b"there")
    url = web.redirect("/a", "b#part", status)

    answer = web.asker.ask(url, most=10)

    assert (answer.content, answer.url) == (b"there", f"{web.url}/b#part")


def test_three_redirects_are_followed_and_no_fourth(web: Web) -> None:
    for number in range(4):
        web.redirect(f"/{number}", f"/{number + 1}")
    web.put("/4", b"")

    assert web.asker.ask(web.url + "/1").status == 200
    with pytest.raises(FetchError, match="more than 3 times"):
        web.asker.ask(web.url + "/0")


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.example/", "http://["],
)
def test_a_redirect_leads_to_the_web_or_nowhere(web: Web, location: str) -> None:
    with pytest.raises(FetchError, match="no web address"):
        web.asker.ask(web.redirect("/a", location))


@pytest.mark.parametrize(
    "url",
    [
        INSIDE,
        "http://localhost/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_nobody_is_asked_on_the_inside(url: str) -> None:
    with pytest.raises(FetchError, match="not a public address"):
        Asker().ask(url)


def test_a_redirect_to_the_inside_is_refused_like_any_other_way(web: Web) -> None:
    with Web() as secret:
        secret.put("/", b"secret")
        url = web.redirect("/a", secret.url + "/")

        with pytest.raises(FetchError, match="port"):
            web.asker.ask(url, most=10)
        with pytest.raises(FetchError, match="not a public address"):
            web.asker.ask(web.redirect("/b", INSIDE), most=10)

        assert secret.asked == []


def test_a_name_that_leads_elsewhere_the_second_time_gains_nothing(web: Web) -> None:
    """DNS rebinding: a name is looked up once, and what was checked is connected to."""
    port = int(web.host.rpartition(":")[2])
    asked: list[str] = []

    def lookup(host: str, port: int) -> list[tuple[object, ...]]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    asker = replace(web.asker, allow=[f"twice.example:{port}"], lookup=lookup)

    assert asker.ask(f"http://twice.example:{port}/").status == 404
    assert asked == ["twice.example"]


def test_what_is_allowed_is_a_name_and_nothing_else_on_that_machine(web: Web) -> None:
    with pytest.raises(FetchError):
        replace(web.asker, allow=["127.0.0.1"]).ask(web.url)
    with pytest.raises(FetchError):
        web.asker.ask(web.url.replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize("trouble", [drip_headers, drip_body, hang])
def test_one_deadline_counts_for_all_of_it(web: Web, trouble: Behaviour) -> None:
    web.pages["/slow"] = trouble
    web.redirect("/a", "/slow")
    asker = replace(web.asker, allowed=timedelta(milliseconds=200))
    start = time.monotonic()

    with pytest.raises(FetchError):
        asker.ask(web.url + "/a", most=1 << 20)

    assert time.monotonic() - start < 20


def test_slow_redirects_share_the_deadline(web: Web) -> None:
    def slowly(connection: Connection) -> None:
        time.sleep(0.15)
        connection.send(b"HTTP/1.1 302 So\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")

    web.pages["/a"] = slowly

    with pytest.raises(FetchError, match=r"not done within|no answer in time"):
        replace(web.asker, allowed=timedelta(milliseconds=250)).ask(web.url + "/a")


@pytest.mark.parametrize("trouble", [garbage, short_body])
def test_half_an_answer_is_none(web: Web, trouble: Behaviour) -> None:
    web.pages["/a"] = trouble

    with pytest.raises(FetchError, match=web.host):
        web.asker.ask(web.url + "/a", most=100)


def test_nobody_there_is_no_answer() -> None:
    with closed_port() as url, pytest.raises(FetchError, match="refused"):
        Asker(allow=[url.removeprefix("http://")]).ask(url)


def test_an_unknown_name_is_no_answer() -> None:
    def unknown(host: str, port: int) -> list[tuple[object, ...]]:
        raise OSError("no such name")

    with pytest.raises(FetchError, match=r"nowhere\.example: no such name"):
        Asker(lookup=unknown).ask("http://nowhere.example/a.png")


@pytest.mark.parametrize(
    "url", ["http://a..example/", "http://" + "a" * 300 + ".example/"]
)
def test_an_impossible_name_is_no_answer(url: str) -> None:
    with pytest.raises(FetchError):
        Asker(allowed=timedelta(seconds=2)).ask(url)


def test_the_environment_names_no_proxy(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Web() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        web.asker.ask(web.put("/a", b""))

        assert proxy.requests == []
