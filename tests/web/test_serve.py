import asyncio
import gzip
import http.client
import os
import resource
import time
from collections.abc import Callable, MutableMapping
from email.utils import formatdate, parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import httpx
import pytest

from syndicate.config import Config
from syndicate.daemon.look import Fault
from syndicate.feeds import build_feeds, publish
from syndicate.feeds.page import make_pages
from syndicate.web.health import Ready
from syndicate.web.readers import Readers
from syndicate.web.serve import make_site

Ask = Callable[..., httpx.Response]


def raw(client: httpx.Client, path: str, method: str = "GET") -> int:
    """Ask for a path exactly as it is written."""
    connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port)
    connection.putrequest(method, path, skip_accept_encoding=True)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_feed_comes_with_all_a_reader_needs(ask: Ask, folder: Path) -> None:
    response = ask()

    assert response.status_code == 200
    assert response.content == (folder / "rss.xml").read_bytes()
    headers = dict(response.headers)
    assert headers.pop("etag").startswith('"')
    modified = parsedate_to_datetime(headers.pop("last-modified")).timestamp()
    assert modified == int((folder / "rss.xml").stat().st_mtime)
    assert headers.pop("date")
    assert headers.pop("server")
    assert headers == {
        "content-type": "application/rss+xml; charset=utf-8",
        "content-length": str(len(response.content)),
        "cache-control": "public, max-age=60",
        "vary": "Accept-Encoding",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Link, IM, Delta-Base",
        "x-content-type-options": "nosniff",
        "link": '<https://feeds.example/all/rss.xml>; rel="self", '
        '<https://hub.example/push>; rel="hub", <https://other.example/hub>; rel="hub"',
    }


def test_a_reader_that_takes_gzip_gets_it_under_another_tag(
    ask: Ask, folder: Path
) -> None:
    plain, packed = ask(), ask(accept_encoding="gzip")

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["vary"] == "Accept-Encoding"


def test_a_version_that_is_no_more_is_not_given_for_the_one_that_is_wanted(
    ask: Ask,
) -> None:
    assert ask(if_match=ask().headers["etag"]).status_code == 200
    assert ask(if_match='"other"').status_code == 412


def test_the_gzip_of_a_version_has_always_the_same_bytes(
    ask: Ask, client: httpx.Client, folder: Path
) -> None:
    def packed() -> bytes:
        headers = {"accept-encoding": "gzip"}
        with client.stream("GET", "/feeds/rss.xml", headers=headers) as response:
            return b"".join(response.iter_raw())

    first = packed()
    os.utime(folder / "rss.xml", (0, 0))

    assert packed() == first
    assert gzip.decompress(first) == (folder / "rss.xml").read_bytes()


def test_a_reader_that_has_it_gets_304(ask: Ask) -> None:
    first = ask()
    again = ask(if_none_match=f'"x", W/{first.headers["etag"]}')

    assert again.status_code == 304
    assert again.content == b""
    repeated = {
        "etag",
        "cache-control",
        "vary",
        "last-modified",
        "link",
        "access-control-allow-origin",
    }
    assert {n: first.headers[n] for n in repeated} == {
        n: again.headers[n] for n in repeated
    }
    assert "content-type" not in again.headers
    assert "content-length" not in again.headers


def test_the_date_alone_is_enough_for_304(ask: Ask) -> None:
    first = ask()

    assert ask(if_modified_since=first.headers["last-modified"]).status_code == 304
    assert ask(if_modified_since=formatdate(0, usegmt=True)).status_code == 200


def test_the_tag_beats_the_date(ask: Ask) -> None:
    date = ask().headers["last-modified"]

    assert ask(if_none_match='"old"', if_modified_since=date).status_code == 200


def test_tags_may_come_on_several_lines(client: httpx.Client, ask: Ask) -> None:
    tag = ask().headers["etag"]
    lines = [("if-none-match", '"x"'), ("if-none-match", tag)]
    lines.append(("accept-encoding", "identity"))

    assert client.get("/feeds/rss.xml", headers=lines).status_code == 304


def test_a_new_version_is_seen_at_the_next_request(ask: Ask, folder: Path) -> None:
    first = ask()
    publish(folder, {"rss.xml": b"<rss>new</rss>"})
    again = ask(if_none_match=first.headers["etag"])

    assert again.status_code == 200
    assert again.content == b"<rss>new</rss>"
    assert again.headers["etag"] != first.headers["etag"]


def test_a_new_version_of_the_same_second_is_seen_by_its_date(
    ask: Ask, folder: Path
) -> None:
    first = ask()
    publish(folder, {"rss.xml": b"<rss>new</rss>"})

    again = ask(if_modified_since=first.headers["last-modified"])
    assert again.content == b"<rss>new</rss>"


def test_no_file_is_dated_ahead_of_the_clock(ask: Ask, folder: Path) -> None:
    os.utime(folder / "rss.xml", (time.time() + 3600, time.time() + 3600))

    modified = parsedate_to_datetime(ask().headers["last-modified"])
    assert modified.timestamp() <= time.time()


def test_head_is_get_without_the_body(client: httpx.Client, ask: Ask) -> None:
    full = ask()
    head = client.head("/feeds/rss.xml", headers={"accept-encoding": "identity"})

    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) | {"date": ""} == dict(full.headers) | {"date": ""}


def test_a_query_changes_nothing(ask: Ask) -> None:
    assert ask("/feeds/rss.xml?_=17&utm=x").headers["etag"] == ask().headers["etag"]


def test_hangul_addresses_work_and_are_repeated_encoded(ask: Ask, folder: Path) -> None:
    publish(folder, {"tag/속보/rss.xml": b"<rss/>"})
    encoded = quote("tag/속보/rss.xml")

    response = ask(f"/feeds/{encoded}")
    assert response.content == b"<rss/>"
    assert f"<https://feeds.example/all/{encoded}>; rel=" in response.headers["link"]


def test_what_is_no_feed_has_no_hub(ask: Ask, folder: Path) -> None:
    publish(folder, {"logo.png": b"\x89PNG"})

    response = ask("/feeds/logo.png")
    assert response.headers["content-type"] == "image/png"
    assert "link" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/none.xml",
        "/feeds/../secret",
        "/feeds/%2e%2e/secret",
        "/feeds/..%2fsecret",
        "/feeds/%2e%2e%2fsecret",
        "/feeds/..%5csecret",
        "/feeds/%252e%252e/secret",
        "/feeds//etc/passwd",
        "/feeds/%2fetc/passwd",
        "/feeds/.gitkeep",
        "/feeds/%2egitkeep",
        "/feeds/rss.xml%00",
        "/feeds/%ff%fe",
        "/feeds/link",
        "/feedsrss.xml",
        "/secret",
    ],
)
def test_nothing_else_is_shown(client: httpx.Client, folder: Path, path: str) -> None:
    (folder.parent / "secret").write_text("secret")
    (folder / ".gitkeep").touch()
    (folder / "link").symlink_to(folder.parent / "secret")

    assert raw(client, path) == 404


def test_a_missing_feed_is_told_plainly(ask: Ask) -> None:
    response = ask("/feeds/none.xml")

    assert response.text == "404: no feed at /feeds/none.xml\n"
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_feeds_are_only_read(client: httpx.Client, folder: Path, method: str) -> None:
    response = client.request(method, "/feeds/rss.xml", content=b"x")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert method in response.text


def test_a_page_of_another_site_may_ask_conditionally(client: httpx.Client) -> None:
    response = client.options("/feeds/rss.xml")

    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "If-None-Match" in response.headers["access-control-allow-headers"]
    assert "content-length" not in response.headers


def test_the_folder_lists_its_feeds_until_it_has_a_page(
    client: httpx.Client, config: Config
) -> None:
    empty = client.get("/feeds/")
    publish(config.feeds_dir, {"rss.xml": b"<rss/>", "feed.json": b"{}"})
    listed = client.get("/feeds/")
    publish(config.feeds_dir, {"index.html": b"<!doctype html>page"})
    page = client.get("/feeds/")

    assert "No feed is written yet" in empty.text
    assert '<a href="rss.xml">RSS 2.0</a>' in listed.text
    assert '<a href="feed.json">JSON Feed 1.1</a>' in listed.text
    assert "atom.xml" not in listed.text
    assert "<h1>뉴스 &amp; 소식</h1>" in listed.text
    assert page.text == "<!doctype html>page"
    assert page.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/", "/feeds"])
def test_the_door_leads_to_the_feeds(client: httpx.Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 307
    assert response.headers["location"] == "/feeds/"


def test_it_is_alive(client: httpx.Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.text) == (200, "ok\n")


def test_it_says_honestly_whether_it_is_ready_and_what_mends_it(
    client: httpx.Client, faults: dict[str, Fault]
) -> None:
    good = client.get("/readyz")
    faults["disk"] = Fault.of("cannot write to {places}", "make room", places="피드")
    bad = client.get("/readyz")

    assert (good.status_code, good.json()) == (200, {"ready": True, "faults": {}})
    assert bad.status_code == 503
    assert bad.json() == {
        "ready": False,
        "faults": {"disk": "cannot write to 피드"},
        "mends": {"disk": "make room"},
    }
    assert bad.headers["cache-control"] == "no-store"


def test_a_person_may_ask_for_lines(
    client: httpx.Client, faults: dict[str, Fault]
) -> None:
    text = {"accept": "text/plain"}
    good = client.get("/readyz", headers=text)
    faults["disk"] = Fault.of("cannot write to {places}", "make room", places="피드")
    bad = client.get("/readyz", headers=text)

    assert (good.status_code, good.text) == (200, "ready\n")
    assert (bad.status_code, bad.text) == (
        503,
        "disk: cannot write to 피드\n  make room\n",
    )


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/none"])
def test_the_rest_is_only_read_too(client: httpx.Client, path: str) -> None:
    response = client.post(path)

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def test_an_unknown_path_is_told_plainly(client: httpx.Client) -> None:
    assert client.get("/nothing").text == "404: nothing at /nothing\n"


def test_feedparser_reads_what_is_served(client: httpx.Client, config: Config) -> None:
    publish(config.feeds_dir, build_feeds([], config))

    for name, version in (("rss.xml", "rss20"), ("atom.xml", "atom10")):
        parsed = feedparser.parse(f"{client.base_url}/feeds/{name}")
        again = feedparser.parse(f"{client.base_url}/feeds/{name}", etag=parsed.etag)
        assert not parsed.bozo
        assert parsed.version == version
        assert again.status == 304


async def shown(
    config: Config,
    readers: Readers,
    kind: str,
    path: str,
    ready: Ready = dict,
    method: str = "GET",
) -> list[MutableMapping[str, Any]]:
    """Give what the application itself sends, without a server."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(event: MutableMapping[str, Any]) -> None:
        sent.append(event)

    scope = {"type": kind, "method": method, "path": path, "headers": []}
    await make_site(config, readers, ready=ready)(scope, receive, send)
    return sent


def test_a_disk_that_fails_is_told_as_such(
    config: Config, folder: Path, readers: Readers
) -> None:
    """Out of handles, a process can open nothing, though it is there."""
    _, hard = limits = resource.getrlimit(resource.RLIMIT_NOFILE)

    async def starved() -> list[MutableMapping[str, Any]]:
        # Not 0: no thread could poll its one socket meanwhile.
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            return await shown(config, readers, "http", "/feeds/rss.xml")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, limits)

    start, body = asyncio.run(starved())

    assert start["status"] == 503
    assert body["body"] == b"503: cannot be read now: Too many open files\n"


def test_no_body_is_left_for_the_server_to_drop(
    config: Config, folder: Path, readers: Readers
) -> None:
    asked = shown(config, readers, "http", "/feeds/rss.xml", method="HEAD")

    assert asyncio.run(asked)[1]["body"] == b""


def test_a_websocket_is_closed(config: Config, readers: Readers) -> None:
    assert asyncio.run(shown(config, readers, "websocket", "/")) == [
        {"type": "websocket.close"}
    ]


def test_a_feed_that_has_ended_is_missing_for_a_week_and_then_gone(
    ask: Ask, folder: Path
) -> None:
    ended = folder / "tag" / "옛말"
    ended.mkdir(parents=True)
    week = 7 * 24 * 3600

    assert ask("/feeds/tag/옛말/rss.xml").status_code == 404

    os.utime(ended, (time.time() - week - 1,) * 2)

    answer = ask("/feeds/tag/옛말/rss.xml")
    assert answer.status_code == 410
    assert answer.headers["access-control-allow-origin"] == "*"
    assert ask("/feeds/tag/옛말/other.xml").status_code == 404
    assert ask("/feeds/tag/없음/rss.xml").status_code == 404
    os.utime(folder, (1, 1))
    assert ask("/feeds/atom.xml").status_code == 404
    assert ask("/feeds/rss.xml/rss.xml").status_code == 404


def test_the_page_of_feeds_comes_with_a_strict_policy(
    ask: Ask, folder: Path, config: Config
) -> None:
    publish(folder, {"index.html": make_pages([], [], config)[0].write()})

    answer = ask("/feeds/")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "content-security-policy" not in ask().headers


def test_brotli_is_what_a_reader_gets_that_takes_it(ask: Ask) -> None:
    answer = ask(accept_encoding="gzip, deflate, br")

    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["etag"].endswith('-br"')
    assert answer.content == ask().content


def test_a_partner_feed_is_served_as_a_feed_and_told_when_it_has_ended(
    ask: Ask, folder: Path
) -> None:
    publish(folder, {"partner/msn.xml": b"<rss/>", "partner/other.xml": b"<rss/>"})

    served = ask("/feeds/partner/msn.xml")

    assert served.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert 'rel="self"' in served.headers["link"]

    (folder / "partner" / "msn.xml").unlink()
    (folder / "partner" / ".msn.xml").touch()
    assert ask("/feeds/partner/msn.xml").status_code == 404
    os.utime(folder / "partner" / ".msn.xml", (1, 1))
    assert ask("/feeds/partner/msn.xml").status_code == 410
    assert ask("/feeds/partner/.msn.xml").status_code == 404
    assert ask("/feeds/partner/other.xml").status_code == 200


def test_a_feed_of_tombstones_that_is_switched_off_has_ended(
    ask: Ask, folder: Path
) -> None:
    (folder / ".tombstones.xml").touch()
    assert ask("/feeds/tombstones.xml").status_code == 404

    os.utime(folder / ".tombstones.xml", (1, 1))
    assert ask("/feeds/tombstones.xml").status_code == 410
