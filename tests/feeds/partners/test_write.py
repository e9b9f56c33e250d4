from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.errors import UsageError
from syndicate.feeds.build import cleaned
from syndicate.feeds.feed import Feed, Pages, site_feed
from syndicate.feeds.partners import find_profile, known_profiles
from syndicate.feeds.partners.apple_news import shape
from syndicate.feeds.partners.write import partner_files, write_partner
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]
every_partner = pytest.mark.parametrize("name", known_profiles())
DOCS = Path(__file__).parents[3] / "docs"
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "snf": "http://www.smartnews.be/snf",
}


def feed_of(entries: list[Entry], config: Config) -> Feed:
    return site_feed(list(cleaned(entries)), config)


def written(name: str, entries: list[Entry], config: Config) -> Any:
    feed = feed_of(entries, config)
    return etree.fromstring(write_partner(feed, find_profile(name), "partner/x.xml"))


@every_partner
def test_every_partner_gets_whole_rss_at_its_own_address(
    name: str, config: Config, full_entry: Entry
) -> None:
    feed = feed_of([full_entry], config)
    content = write_partner(feed, find_profile(name), "partner/한 곳.xml")

    parsed = feedparser.parse(content)
    assert not parsed.bozo
    [item] = parsed.entries
    assert item.id == full_entry.identity
    assert item.title == "속보: <태풍> & 비"
    root = etree.fromstring(content)
    assert root.xpath("channel/atom:link[@rel='self']/@href", namespaces=NAMES) == [
        "https://news.example/feeds/partner/%ED%95%9C%20%EA%B3%B3.xml"
    ]
    assert content == write_partner(feed, find_profile(name), "partner/한 곳.xml")
    assert b"xmlns:ns0" not in content
    assert "<title>속보: &#x3C;태풍&#x3E; &#x26; 비</title>".encode() in content


@every_partner
def test_a_partner_gets_no_more_than_it_wants(
    name: str, config: Config, entry: MakeEntry
) -> None:
    many = [entry(number) for number in range(60)]

    items = written(name, many, config).findall("channel/item")

    assert len(items) == find_profile(name).most


@every_partner
def test_every_partner_has_a_place_in_the_documents(name: str) -> None:
    how_to = (DOCS / "how-to/partner-feeds.md").read_text("utf-8")

    assert f"### `{name}`: {find_profile(name).name}" in how_to


def test_each_configured_partner_has_a_file(config: Config, full_entry: Entry) -> None:
    given = config.model_dump()["feeds"] | {
        "partners": [
            {"name": "msn", "profile": "msn"},
            {"name": "ours", "profile": "naver"},
        ]
    }
    known = Config.model_validate({"site": config.model_dump()["site"], "feeds": given})

    files = dict(partner_files(feed_of([full_entry], known), known))

    assert list(files) == ["partner/msn.xml", "partner/ours.xml"]


def test_a_partner_nobody_knows_is_named() -> None:
    with pytest.raises(UsageError, match="no profile is called myspace"):
        find_profile("myspace")


@pytest.mark.parametrize("name", ["profile", "rules", "write", "lint", "apple_news"])
def test_what_is_no_profile_is_none(name: str) -> None:
    assert name not in known_profiles()


def test_msn_reads_when_a_post_was_updated(config: Config, full_entry: Entry) -> None:
    root = written("msn", [full_entry], config)

    found = root.findtext("channel/item/dcterms:modified", namespaces=NAMES)
    assert found == full_entry.updated.isoformat()
    assert root.find("channel/item/atom:updated", namespaces=NAMES) is None
    assert root.nsmap["dcterms"] == NAMES["dcterms"]


def test_smartnews_gets_date_logo_and_thumbnails(
    config: Config, full_entry: Entry, entry: MakeEntry
) -> None:
    channel = written("smartnews", [full_entry, entry(2)], config)[0]

    assert channel.findtext("pubDate") == "Sat, 18 May 2024 12:00:00 +0000"
    assert channel.findtext("ttl") == "15"
    assert channel.findtext("snf:logo/url", namespaces=NAMES).startswith("https://")
    assert channel.xpath("item/media:thumbnail/@url", namespaces=NAMES) == [
        "https://news.example/a.jpg"
    ]


def test_smartnews_gets_no_logo_where_there_is_none(bare_config: Config) -> None:
    channel = written("smartnews", [], bare_config)[0]

    assert channel.find("snf:logo", namespaces=NAMES) is None
    assert channel.findtext("ttl") == "15"


def test_naver_gets_short_descriptions(config: Config, entry: MakeEntry) -> None:
    long, short = entry(1, excerpt="가" * 900), entry(2)

    found = written("naver", [long, short], config).findall("channel/item/description")

    assert found[0].text == "가" * 499 + "…"
    assert found[1].text == short.excerpt


def test_apple_reads_the_whole_text_in_the_description(
    config: Config, full_entry: Entry
) -> None:
    item = written("apple-news", [full_entry], config).find("channel/item")

    assert item.findtext("description").startswith("<p>본문")
    assert item.find("content:encoded", namespaces=NAMES) is None


def test_apple_keeps_the_excerpt_of_a_post_without_a_body(config: Config) -> None:
    root = etree.fromstring(
        "<rss><channel><item><description>x</description></item></channel></rss>"
    )
    shape(root, site_feed([], config))

    assert root.findtext("channel/item/description") == "x"


def test_the_archive_is_none_of_a_partners_business(
    config: Config, full_entry: Entry
) -> None:
    feed = replace(feed_of([full_entry], config), pages=Pages(previous=3))
    content = write_partner(feed, find_profile("msn"), "partner/msn.xml")

    assert b"prev-archive" not in content
