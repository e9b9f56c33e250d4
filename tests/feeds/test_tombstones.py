from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import feedparser
from lxml import etree

from syndicate.config import Config
from syndicate.feeds.build import cleaned
from syndicate.feeds.feed import site_feed
from syndicate.feeds.tombstones import LIMIT, Tombstone, write_tombstones
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
}


def stone(number: int, when: datetime, reason: str = "") -> Tombstone:
    return Tombstone(
        identity=f"tag:news.example,2024:gone-{number}",
        link=f"https://news.example/gone-{number}",
        when=when,
        reason=reason,
    )


def written(entries: list[Entry], stones: list[Tombstone], config: Config) -> Any:
    content = write_tombstones(site_feed(list(cleaned(entries)), config), stones)
    assert not feedparser.parse(content).bozo
    return etree.fromstring(content)


def test_what_was_withdrawn_has_a_tombstone_beside_the_entries(
    entry: MakeEntry, config: Config
) -> None:
    later = entry().updated + timedelta(minutes=1, microseconds=5)
    feed = written([entry()], [stone(1, later, "사실이\x00 아니다")], config)

    [grave] = feed.iterfind("at:deleted-entry", NAMES)
    assert grave.get("ref") == "tag:news.example,2024:gone-1"
    assert grave.get("when") == "2024-05-18T12:01:00+00:00"
    assert grave.findtext("at:comment", None, NAMES) == "사실이 아니다"
    assert grave.find("a:link", NAMES).get("href") == "https://news.example/gone-1"
    assert feed.findtext("a:updated", None, NAMES) == "2024-05-18T12:01:00+00:00"
    assert feed.findtext("a:entry/a:title", None, NAMES) == "소식 0"
    assert (
        feed.find("a:link[@rel='self']", NAMES).get("href").endswith("/tombstones.xml")
    )


def test_a_deleted_post_needs_no_reason(entry: MakeEntry, config: Config) -> None:
    feed = written([], [stone(1, entry().updated)], config)

    assert feed.find("at:deleted-entry/at:comment", NAMES) is None


def test_the_newest_tombstones_stand_first(entry: MakeEntry, config: Config) -> None:
    noon = entry().updated
    stones = [stone(n, noon + timedelta(hours=n)) for n in range(LIMIT + 5)]
    found = [
        node.get("ref").rpartition("-")[2]
        for node in written([], stones, config).iterfind("at:deleted-entry", NAMES)
    ]

    assert found == [str(n) for n in reversed(range(5, LIMIT + 5))]
