import json
from collections.abc import Callable
from typing import Any

from syndicate.config import Config
from syndicate.feeds import build_feeds
from syndicate.model import Entry, Picture

MakeEntry = Callable[..., Entry]


def written(config: Config, *entries: Entry) -> Any:
    return json.loads(build_feeds(entries, config)["feed.json"])


def test_the_feed_says_who_publishes(config: Config) -> None:
    assert written(config) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "뉴스 & 소식",
        "home_page_url": "https://news.example/",
        "feed_url": "https://news.example/feeds/feed.json",
        "description": "한 문장 <짧은>",
        "icon": "https://news.example/%EB%A1%9C%EA%B3%A0.png",
        "authors": [{"name": "편집국"}],
        "language": "ko",
        "hubs": [{"type": "WebSub", "url": hub} for hub in config.feeds.hubs],
        "items": [],
    }


def test_an_entry_says_all_it_knows(config: Config, full_entry: Entry) -> None:
    assert written(config, full_entry)["items"] == [
        {
            "id": full_entry.identity,
            "url": full_entry.link,
            "title": "속보: <태풍> & 비",
            "content_html": full_entry.html,
            "summary": full_entry.excerpt,
            "image": "https://news.example/a.jpg",
            "date_published": "2024-05-18T11:00:00+00:00",
            "date_modified": "2024-05-18T12:00:00+00:00",
            "authors": [{"name": "김기자"}, {"name": "Lee & Co"}],
            "tags": ["News", "속보", "태풍"],
            "language": "en",
            "attachments": [
                {
                    "url": "https://news.example/a.jpg",
                    "mime_type": "image/jpeg",
                    "size_in_bytes": 12345,
                }
            ],
            "_source": {
                "url": "https://gov.example/1?a=1&b=2",
                "title": "기상청 & 부처",
            },
        }
    ]


def test_what_is_not_known_is_absent(bare_config: Config, entry: MakeEntry) -> None:
    feed = written(bare_config, entry())

    assert "icon" not in feed
    assert "hubs" not in feed
    assert list(feed["items"][0]) == [
        "id",
        "url",
        "title",
        "content_html",
        "summary",
        "date_published",
        "date_modified",
    ]


def test_a_picture_of_unknown_type_is_no_attachment(
    config: Config, entry: MakeEntry
) -> None:
    unknown = Picture(url="https://news.example/a.jpg", length=10)
    unmeasured = Picture(url="https://news.example/b.jpg", type="image/jpeg")
    first, second = written(
        config, entry(0, picture=unknown), entry(1, picture=unmeasured)
    )["items"]

    assert first["image"] == "https://news.example/a.jpg"
    assert "attachments" not in first
    assert second["attachments"] == [
        {"url": "https://news.example/b.jpg", "mime_type": "image/jpeg"}
    ]


def test_it_is_utf_8_without_escapes(config: Config, full_entry: Entry) -> None:
    assert "태풍".encode() in build_feeds([full_entry], config)["feed.json"]
