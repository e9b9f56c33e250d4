from collections.abc import Callable

import feedparser
import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.feeds import build_feeds
from syndicate.model import Entry, Picture

MakeEntry = Callable[..., Entry]

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


def written(config: Config, *entries: Entry) -> etree._Element:
    return etree.fromstring(build_feeds(entries, config)["rss.xml"])


def texts(root: etree._Element, path: str) -> list[str | None]:
    return [node.text for node in root.iterfind(path, NAMES)]


def the(root: etree._Element, path: str) -> etree._Element:
    (node,) = root.iterfind(path, NAMES)
    return node


def attributes(node: etree._Element) -> dict[str, str]:
    return {str(name): str(text) for name, text in node.items()}


def test_the_feed_says_who_publishes(config: Config, full_entry: Entry) -> None:
    root = the(written(config, full_entry), "channel")

    assert texts(root, "title") == ["뉴스 & 소식"]
    assert texts(root, "link") == ["https://news.example/"]
    assert texts(root, "description") == ["한 문장 <짧은>"]
    assert texts(root, "language") == ["ko"]
    assert texts(root, "generator") == ["syndicate"]
    assert texts(root, "lastBuildDate") == ["Sat, 18 May 2024 12:00:00 +0000"]


def test_the_feed_names_itself_and_its_hubs(config: Config, full_entry: Entry) -> None:
    links = written(config, full_entry).iterfind("channel/atom:link", NAMES)

    assert [
        (link.get("rel"), link.get("href"), link.get("type")) for link in links
    ] == [
        ("self", "https://news.example/feeds/rss.xml", "application/rss+xml"),
        ("hub", config.feeds.hubs[0], None),
        ("hub", config.feeds.hubs[1], None),
    ]


def test_the_logo_carries_the_title_and_link_of_the_feed(config: Config) -> None:
    root = written(config)

    assert texts(root, "channel/image/title") == texts(root, "channel/title")
    assert texts(root, "channel/image/link") == texts(root, "channel/link")
    assert texts(root, "channel/image/url") == [
        "https://news.example/%EB%A1%9C%EA%B3%A0.png"
    ]


def test_a_logo_rss_does_not_know_is_left_out() -> None:
    site = {"url": "https://news.example", "image": "/logo.svg"}

    root = written(Config.model_validate({"site": site}))
    assert texts(root, "channel/image") == []


def test_an_item_says_all_an_entry_does(config: Config, full_entry: Entry) -> None:
    item = the(written(config, full_entry), "channel/item")

    assert texts(item, "title") == ["속보: <태풍> & 비"]
    assert texts(item, "link") == [full_entry.link]
    assert texts(item, "guid") == [full_entry.identity]
    assert the(item, "guid").get("isPermaLink") == "false"
    assert texts(item, "pubDate") == ["Sat, 18 May 2024 11:00:00 +0000"]
    assert texts(item, "atom:updated") == ["2024-05-18T12:00:00+00:00"]
    assert texts(item, "dc:creator") == ["김기자", "Lee & Co"]
    assert texts(item, "dc:language") == ["en"]
    assert texts(item, "dc:source") == ["https://gov.example/1?a=1&b=2"]
    assert texts(item, "source") == []
    assert texts(item, "author") == []
    assert [(c.text, c.get("domain")) for c in item.iterfind("category")] == [
        ("News", "https://news.example/feeds/category/"),
        ("속보", "https://news.example/feeds/category/"),
        ("태풍", "https://news.example/feeds/tag/"),
    ]


def test_the_excerpt_stands_before_the_body(config: Config, full_entry: Entry) -> None:
    item = the(written(config, full_entry), "channel/item")
    order = [node.tag for node in item]

    assert texts(item, "description") == [full_entry.excerpt]
    assert texts(item, "content:encoded") == [full_entry.html]
    assert order.index("description") < order.index(f"{{{NAMES['content']}}}encoded")


def test_the_picture_is_described_as_far_as_it_was_measured(
    config: Config, full_entry: Entry
) -> None:
    item = the(written(config, full_entry), "channel/item")

    assert attributes(the(item, "enclosure")) == {
        "url": "https://news.example/a.jpg",
        "length": "12345",
        "type": "image/jpeg",
    }
    assert attributes(the(item, "media:content")) == {
        "url": "https://news.example/a.jpg",
        "medium": "image",
        "fileSize": "12345",
        "type": "image/jpeg",
        "width": "800",
        "height": "600",
    }
    assert texts(item, "media:content/media:description") == ['"태풍" <사진>']


def test_an_excerpt_with_marks_is_shown_with_them(
    config: Config, entry: MakeEntry
) -> None:
    """Readers take ``description`` for HTML."""
    files = build_feeds([entry(excerpt="R&D: 1 < 2, <태풍>")], config)
    item = the(etree.fromstring(files["rss.xml"]), "channel/item")

    assert texts(item, "description") == ["R&amp;D: 1 &lt; 2, &lt;태풍&gt;"]
    assert "&lt;태풍&gt;" in feedparser.parse(files["rss.xml"]).entries[0].summary


@pytest.mark.parametrize(
    "picture",
    [
        Picture(url="https://news.example/a.jpg"),
        Picture(url="https://news.example/a.jpg", type="image/jpeg"),
        Picture(url="https://news.example/a.jpg", length=10),
        Picture(url="https://news.example/a.jpg", type="image/jpeg", length=0),
    ],
)
def test_an_enclosure_is_never_made_up(
    config: Config, entry: MakeEntry, picture: Picture
) -> None:
    item = the(written(config, entry(picture=picture)), "channel/item")

    assert texts(item, "enclosure") == []
    assert the(item, "media:content").get("url") == picture.url
    assert texts(item, "media:content/*") == []


def test_an_entry_that_says_little_makes_a_short_item(
    config: Config, entry: MakeEntry
) -> None:
    item = the(written(config, entry(language="ko")), "channel/item")

    assert [etree.QName(node).localname for node in item] == [
        "title",
        "link",
        "description",
        "encoded",
        "guid",
        "pubDate",
    ]


def test_the_newest_entry_stands_first(config: Config, entry: MakeEntry) -> None:
    root = written(config, entry(0), entry(1), entry(2))

    assert texts(root, "channel/item/title") == ["소식 0", "소식 1", "소식 2"]


def test_a_feed_without_entries_has_no_date(config: Config) -> None:
    root = the(written(config), "channel")

    assert texts(root, "lastBuildDate") == []
    assert texts(root, "item") == []


def test_feedparser_reads_it(
    config: Config, full_entry: Entry, entry: MakeEntry
) -> None:
    parsed = feedparser.parse(build_feeds([full_entry, entry(2)], config)["rss.xml"])
    first = parsed.entries[0]

    assert not parsed.bozo
    assert parsed.version == "rss20"
    assert parsed.feed.title == "뉴스 & 소식"
    assert parsed.feed.language == "ko"
    assert first.id == full_entry.identity
    assert first.link == full_entry.link
    assert first.summary == full_entry.excerpt
    assert first.content[0].value.startswith("<p>본문 <b>1</b>")
    assert [author.name for author in first.authors] == ["김기자", "Lee & Co"]
    assert [tag.term for tag in first.tags] == ["News", "속보", "태풍"]
    assert first.enclosures[0].length == "12345"
    assert first.media_content[0]["width"] == "800"
    assert first.published_parsed[:5] == (2024, 5, 18, 11, 0)
    assert first.updated_parsed[:5] == (2024, 5, 18, 12, 0)
