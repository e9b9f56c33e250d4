import asyncio
import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import pytest

from syndicate.config import Config
from syndicate.feeds import build_feeds, formats, publish
from syndicate.model import Entry
from syndicate.web.deltas import FEEDS, VERSIONS, Delta, Past, entries_of, without
from syndicate.web.file import File

Ask = Callable[..., httpx.Response]
NOON = datetime(2024, 5, 18, 12, tzinfo=UTC)
every_format = pytest.mark.parametrize("name", [each.file for each in formats()])


def entry(number: int, text: str = "본문") -> Entry:
    when = NOON + timedelta(hours=number)
    return Entry(
        identity=f"tag:news.example,2024:{number}",
        title=f"소식 <{number}> & 더",
        link=f"https://news.example/{number}",
        published=when,
        updated=when,
        excerpt=f"첫 문장 {number}.",
        html=f"<p>{text} {number} &lt;/item&gt;</p>" * 20,
    )


def save(config: Config, *numbers: int, text: str = "본문") -> None:
    entries = [entry(number, text) for number in sorted(numbers, reverse=True)]
    publish(config.feeds_dir, build_feeds(entries, config))


def titles(content: bytes) -> list[str]:
    if content.startswith(b"{"):
        return [item["title"] for item in json.loads(content)["items"]]
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    return [each.title for each in parsed.entries]


def numbers(response: httpx.Response) -> list[int]:
    return [int(title.split("<")[1][0]) for title in titles(response.content)]


@every_format
def test_a_reader_that_has_the_rest_gets_the_new_entry_alone(
    ask: Ask, config: Config, name: str
) -> None:
    save(config, 1, 2, 3)
    old = ask(f"/feeds/{name}").headers["etag"]
    save(config, 1, 2, 3, 4)

    whole = ask(f"/feeds/{name}")
    part = ask(f"/feeds/{name}", a_im="feed", if_none_match=old)

    assert part.status_code == 226
    assert numbers(part) == [4]
    assert numbers(whole) == [4, 3, 2, 1]
    assert part.headers["im"] == "feed"
    assert part.headers["delta-base"] == old
    assert part.headers["etag"] == whole.headers["etag"]
    assert part.headers["cache-control"] == "no-store, im, max-age=60"
    assert part.headers["vary"] == "A-IM, If-None-Match, Accept-Encoding"
    assert part.headers["content-type"] == whole.headers["content-type"]
    assert part.headers["link"] == whole.headers["link"]
    assert len(part.content) < len(whole.content) / 2
    again = ask(f"/feeds/{name}", a_im="feed", if_none_match=part.headers["etag"])
    assert again.status_code == 304


@every_format
def test_a_changed_entry_is_sent_again(ask: Ask, config: Config, name: str) -> None:
    save(config, 1, 2, 3)
    old = ask(f"/feeds/{name}").headers["etag"]
    changed = [entry(3), entry(2, "고친 본문"), entry(1)]
    publish(config.feeds_dir, build_feeds(changed, config))

    part = ask(f"/feeds/{name}", a_im="feed", if_none_match=old)

    assert (part.status_code, numbers(part)) == (226, [2])


def test_a_delta_comes_compressed_to_who_takes_that(ask: Ask, config: Config) -> None:
    save(config, 1, 2)
    old = ask(accept_encoding="gzip").headers["etag"]
    save(config, 1, 2, 3)

    part = ask(a_im="feed", if_none_match=old, accept_encoding="gzip")

    assert part.status_code == 226
    assert part.headers["content-encoding"] == "gzip"
    assert part.headers["etag"].endswith('-gzip"')
    assert numbers(part) == [3]


def test_of_several_versions_a_reader_holds_the_newest_counts(
    ask: Ask, config: Config
) -> None:
    save(config, 1)
    first = ask().headers["etag"]
    save(config, 1, 2)
    second = ask().headers["etag"]
    save(config, 1, 2, 3)

    part = ask(a_im="feed", if_none_match=f'"x", {second}, W/{first}')
    weak = ask(a_im="feed", if_none_match=f"W/{first}")

    assert (numbers(part), part.headers["delta-base"]) == ([3], second)
    assert (numbers(weak), weak.status_code) == ([3, 2], 226)


@pytest.mark.parametrize(
    "header", ["", "vcdiff", "feed;q=0", "feedx", "diffe, gzip", "seed"]
)
def test_who_does_not_ask_for_deltas_gets_the_whole(
    ask: Ask, config: Config, header: str
) -> None:
    save(config, 1, 2)
    old = ask().headers["etag"]
    save(config, 1, 2, 3)

    assert ask(a_im=header, if_none_match=old).status_code == 200


@pytest.mark.parametrize("header", ["feed", "FEED", "vcdiff, feed;q=0.5", "gzip,feed"])
def test_the_wish_for_deltas_is_read_as_a_list(
    ask: Ask, config: Config, header: str
) -> None:
    save(config, 1, 2)
    old = ask().headers["etag"]
    save(config, 1, 2, 3)

    assert ask(a_im=header, if_none_match=old).status_code == 226


def test_a_reader_without_a_version_we_know_gets_the_whole(
    ask: Ask, config: Config
) -> None:
    save(config, 1)
    modified = ask().headers["last-modified"]
    save(config, 1, 2)

    assert ask(a_im="feed").status_code == 200
    assert ask(a_im="feed", if_none_match='"never"').status_code == 200
    assert ask(a_im="feed", if_modified_since=modified).status_code == 200
    assert ask(a_im="feed", if_none_match="*").status_code == 304


def test_where_nothing_is_left_or_nothing_saved_the_whole_is_sent(
    ask: Ask, config: Config
) -> None:
    """An entry that was taken back: only the whole feed can tell."""
    save(config, 1, 2)
    both = ask().headers["etag"]
    save(config, 1)
    one = ask().headers["etag"]

    assert ask(a_im="feed", if_none_match=both).status_code == 200

    save(config, 5, 6)

    assert ask(a_im="feed", if_none_match=one).status_code == 200


def test_head_knows_no_deltas(client: httpx.Client, ask: Ask, config: Config) -> None:
    save(config, 1)
    old = ask().headers["etag"]
    save(config, 1, 2)

    head = client.head("/feeds/rss.xml", headers={"a-im": "feed", "if-none-match": old})

    assert head.status_code == 200


def test_what_is_no_feed_is_always_sent_whole(ask: Ask, folder: Path) -> None:
    publish(folder, {"page.html": b"<item>1</item>"})
    old = ask("/feeds/page.html").headers["etag"]
    publish(folder, {"page.html": b"<item>1</item><item>2</item>"})

    found = ask("/feeds/page.html", a_im="feed", if_none_match=old)

    assert found.status_code == 200


def test_feedparser_takes_deltas(client: httpx.Client, config: Config) -> None:
    save(config, 1, 2)
    address = f"{client.base_url}/feeds/atom.xml"
    first = feedparser.parse(address)
    save(config, 1, 2, 3)
    second = feedparser.parse(address, etag=first.etag)

    assert second.status == 226
    assert [each.title for each in second.entries] == ["소식 <3> & 더"]
    assert feedparser.parse(address, etag=second.etag).status == 304


@pytest.mark.parametrize("content", [b"", b"<rss", b"{", b"{}", b"plain", b"\x00"])
def test_what_cannot_be_read_has_no_entries(content: bytes) -> None:
    assert entries_of(content) == frozenset()
    assert without(content, frozenset([b"x"])) is None


def test_a_delta_is_as_well_formed_as_the_whole(config: Config) -> None:
    whole = build_feeds([entry(2), entry(1)], config)["rss.xml"]
    held = entries_of(build_feeds([entry(1)], config)["rss.xml"])

    part = without(whole, held)

    assert part
    assert part.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert titles(part) == ["소식 <2> & 더"]
    assert len(gzip.compress(part)) < len(gzip.compress(whole))


def version(name: str, number: int) -> File:
    """Give a version of a feed with so many entries."""
    items = "".join(
        f"<item><guid>{each}</guid>{'본문' * 50}</item>" for each in range(number)
    )
    content = f"<rss><channel>{items}</channel></rss>".encode()
    return File(
        name=name,
        place=name,
        version=(),
        modified=0,
        bodies={"identity": content},
        tags={"identity": f'"{name}-{number}"'},
        is_feed=True,
        entries=entries_of(content),
    )


def test_versions_are_forgotten_in_their_turn() -> None:
    past = Past()
    for number in range(1, 3 * VERSIONS + 2):
        past.remember(version("a.xml", number))

    assert past.base("a.xml", ['"a.xml-1"']) is None
    assert past.base("a.xml", ['"a.xml-2"', '"a.xml-9"']) == '"a.xml-9"'


def test_feeds_nobody_asks_for_are_forgotten() -> None:
    past = Past()
    for number in range(FEEDS + 1):
        past.remember(version(f"{number}.xml", 1))

    assert past.base("0.xml", ['"0.xml-1"']) is None
    assert past.base(f"{FEEDS}.xml", [f'"{FEEDS}.xml-1"'])


def test_deltas_are_written_once_and_forgotten_in_their_turn() -> None:
    async def write(*numbers: int) -> list[Delta | None]:
        past = Past(kept=2)
        past.remember(version("a.xml", 1))
        return [
            await past.delta(version("a.xml", number), '"a.xml-1"')
            for number in numbers
        ]

    first, again, *_, anew = asyncio.run(write(2, 2, 3, 4, 2))

    assert first
    assert first is again
    assert first is not anew
    assert first == anew
