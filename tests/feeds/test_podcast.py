"""Podcasts: what a player reads of a feed."""

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.feeds import build_feeds
from syndicate.model import Enclosure, Entry, Episode, Person, Picture, Transcript

MakeEntry = Callable[..., Entry]
URL = "https://cdn.example/1.mp3"
MP3 = Enclosure(url=URL, type="audio/mpeg", length=123, duration=62)
PHOTO = Picture(url="https://a.example/a.jpg", type="image/jpeg", length=9)
PREFIXES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "media": "http://search.yahoo.com/mrss/",
}


def rss(entry: Entry, config: Config) -> Any:
    return etree.fromstring(build_feeds([entry], config)["rss.xml"])


def said(node: Any, path: str) -> Any:
    """Give the text of an element, or else its attributes."""
    found = node.find(path, PREFIXES)
    return None if found is None else found.text or dict(found.attrib)


@pytest.fixture
def config(config: Config) -> Config:
    feeds = {
        "email": "radio@news.example",
        "image": "/cover.jpg",
        "category": "History",
    }
    return Config.model_validate(
        {"site": config.site.model_dump(), "feeds": {"podcast": feeds}}
    )


def test_a_recording_is_the_one_enclosure(entry: MakeEntry, config: Config) -> None:
    second = Enclosure(url="https://cdn.example/1.mp4", type="video/mp4", length=5)
    files = build_feeds([entry(enclosures=(MP3, second), picture=PHOTO)], config)

    [item] = feedparser.parse(files["rss.xml"]).entries
    assert [(e.href, e.type, e.length) for e in item.enclosures] == [
        (URL, "audio/mpeg", "123")
    ]
    assert [each["url"] for each in item.media_content] == [URL, second.url, PHOTO.url]
    assert item.media_content[0] == {
        "url": URL,
        "filesize": "123",
        "type": "audio/mpeg",
        "medium": "audio",
        "duration": "62",
    }
    [atom] = feedparser.parse(files["atom.xml"]).entries
    assert [each.href for each in atom.enclosures] == [URL, second.url]
    [attached] = json.loads(files["feed.json"])["items"]
    assert attached["attachments"] == [
        {
            "url": URL,
            "mime_type": "audio/mpeg",
            "size_in_bytes": 123,
            "duration_in_seconds": 62,
        },
        {"url": second.url, "mime_type": "video/mp4", "size_in_bytes": 5},
    ]
    assert attached["image"] == PHOTO.url


def test_nothing_is_made_up_of_a_recording(entry: MakeEntry, config: Config) -> None:
    files = build_feeds(
        [entry(enclosures=(Enclosure(url=URL),), picture=PHOTO)], config
    )

    assert b"<enclosure" not in files["rss.xml"]
    assert b"itunes:" not in files["rss.xml"]
    assert f'<link href="{URL}" rel="enclosure"/>'.encode() in files["atom.xml"]
    assert "attachments" not in json.loads(files["feed.json"])["items"][0]


def test_a_picture_is_the_enclosure_where_there_is_nothing_to_hear(
    entry: MakeEntry, config: Config
) -> None:
    item = rss(entry(picture=PHOTO), config).find("channel/item")

    assert item.find("enclosure").get("url") == PHOTO.url
    assert b"itunes" not in build_feeds([entry(picture=PHOTO)], config)["rss.xml"]


def test_players_are_told_of_the_episode(entry: MakeEntry, config: Config) -> None:
    episode = Episode(
        number=3,
        season=2,
        kind="bonus",
        is_explicit=True,
        image="https://a.example/e.png",
        chapters="https://a.example/c.json",
        transcripts=(Transcript(url="https://a.example/t.vtt", type="text/vtt"),),
        persons=(Person(name="김기자", role="host"),),
    )
    made = entry(enclosures=(MP3,), episode=episode, authors=("김", "이"))
    item = rss(made, config).find("channel/item")

    assert said(item, "itunes:duration") == "62"
    assert said(item, "itunes:author") == "김, 이"
    assert said(item, "itunes:explicit") == "true"
    assert said(item, "itunes:episode") == "3"
    assert said(item, "itunes:season") == "2"
    assert said(item, "itunes:episodeType") == "bonus"
    assert said(item, "itunes:image") == {"href": "https://a.example/e.png"}
    assert said(item, "podcast:chapters") == {
        "url": "https://a.example/c.json",
        "type": "application/json+chapters",
    }
    assert said(item, "podcast:transcript") == {
        "url": "https://a.example/t.vtt",
        "type": "text/vtt",
    }
    person = item.find("podcast:person", PREFIXES)
    assert (person.text, dict(person.attrib)) == ("김기자", {"role": "host"})


def test_an_author_is_no_longer_than_apple_takes(
    entry: MakeEntry, config: Config
) -> None:
    made = entry(enclosures=(MP3,), authors=("</b>" * 200,))
    item = rss(made, config).find("channel/item")

    assert len(str(said(item, "itunes:author"))) == 255


def test_what_the_author_left_out_is_left_out(entry: MakeEntry, config: Config) -> None:
    silent = Enclosure(url=URL, type="audio/mpeg", length=123)
    episode = Episode(image="https://a.example/e.webp")
    item = rss(entry(enclosures=(silent,), episode=episode), config).find(
        "channel/item"
    )

    assert [node for node in item if node.tag.startswith("{http://www.itunes")] == []
    assert [node for node in item if node.tag.startswith("{https://podcast")] == []


def test_directories_are_told_of_the_feed(entry: MakeEntry, config: Config) -> None:
    root = rss(entry(enclosures=(MP3,)), config).find("channel")

    assert said(root, "itunes:author") == "편집국"
    assert said(root, "itunes:category") == {"text": "History"}
    assert said(root, "itunes:explicit") == "false"
    assert said(root, "itunes:owner/itunes:email") == "radio@news.example"
    assert said(root, "itunes:image") == {"href": "https://news.example/cover.jpg"}
    # As the namespace works it out for "news.example/feeds/rss.xml".
    assert said(root, "podcast:guid") == "3b2b6f7a-39da-5588-a8ff-bc5c5a99a260"


def test_a_bare_site_says_only_what_it_knows(
    entry: MakeEntry, bare_config: Config
) -> None:
    root = rss(entry(enclosures=(MP3,)), bare_config).find("channel")

    assert said(root, "itunes:category") == {"text": "News"}
    assert said(root, "itunes:owner") is None
    assert said(root, "itunes:image") is None


def test_of_several_recordings_players_find_the_one_they_take(
    entry: MakeEntry, config: Config
) -> None:
    ogg = Enclosure(url="https://cdn.example/1.ogg", type="audio/ogg", length=5)
    root = rss(entry(enclosures=(ogg, MP3)), config)

    [item] = root.iter("item")
    assert [each.get("url") for each in item.findall("enclosure")] == [URL]
    assert said(item, "itunes:duration") == "62"


def test_what_players_refuse_is_not_called_a_podcast(
    entry: MakeEntry, config: Config
) -> None:
    ogg = Enclosure(url="https://cdn.example/1.ogg", type="audio/ogg", length=5)
    files = build_feeds([entry(enclosures=(ogg,))], config)

    assert b"<enclosure" in files["rss.xml"]
    assert b"itunes" not in files["rss.xml"]
