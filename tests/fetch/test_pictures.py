import pytest

from syndicate.fetch.ask import FetchError
from syndicate.fetch.local import MOST
from syndicate.fetch.pictures import measure_remote
from syndicate.model import Measure
from tests.fetch.conftest import Web
from tests.fetch.samples import AVIF, SVG, png
from tests.receiver import Connection


def test_a_picture_elsewhere_is_measured(web: Web) -> None:
    url = web.put("/a.gif", AVIF, Content_Type="image/gif")

    assert measure_remote(url, web.asker) == Measure(
        type="image/avif", length=len(AVIF), width=40, height=30
    )
    assert web.requests[0].headers["accept"] == "image/*"


def test_of_a_large_picture_the_beginning_is_read(web: Web) -> None:
    url = web.put("/a.png", png(extra=b"\0" * MOST))

    found = measure_remote(url, web.asker)

    assert found.width == 40
    assert found.length == len(png()) + MOST


def test_a_length_nobody_said_is_not_made_up(web: Web) -> None:
    def endless(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\n\r\n" + png(extra=b"\0" * MOST))

    web.pages["/a.png"] = endless

    assert measure_remote(web.url + "/a.png", web.asker).length is None


def test_a_picture_behind_a_redirect_is_measured(web: Web) -> None:
    web.put("/b.svg", SVG)

    assert measure_remote(web.redirect("/a", "/b.svg"), web.asker).width == 40


@pytest.mark.parametrize(
    ("status", "body", "headers", "words"),
    [
        (404, png(), {}, "HTTP 404"),
        (200, b"<html>", {}, "no picture"),
        (200, png(), {"Content_Encoding": "gzip"}, "sent as gzip"),
    ],
)
def test_what_is_no_picture_is_a_failure(
    web: Web, status: int, body: bytes, headers: dict[str, str], words: str
) -> None:
    url = web.put("/a.png", body, status, **headers)

    with pytest.raises(FetchError, match=words):
        measure_remote(url, web.asker)
