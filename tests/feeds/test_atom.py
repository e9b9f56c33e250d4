from collections.abc import Callable

import feedparser
from lxml import etree

from syndicate.config import Config
from syndicate.feeds import build_feeds
from syndicate.model import Entry, Picture, Source

MakeEntry = Callable[..., Entry]

ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def written(config: Config, *entries: Entry) -> etree._Element:
    return etree.fromstring(build_feeds(entries, config)["atom.xml"])


def the(root: etree._Element, name: str) -> etree._Element:
    (node,) = root.iterfind(f"{ATOM}{name}")
    return node


def links(root: etree._Element) -> list[dict[str, str]]:
    return [attributes(node) for node in root.iterfind(f"{ATOM}link")]


def attributes(node: etree._Element) -> dict[str, str]:
    return {str(name): str(text) for name, text in node.items()}


def names(root: etree._Element) -> list[str | None]:
    return [node.text for node in root.iterfind(f"{ATOM}author/{ATOM}name")]


def test_the_feed_says_who_publishes(config: Config, full_entry: Entry) -> None:
    root = written(config, full_entry)

    assert the(root, "id").text == "https://news.example/feeds/atom.xml"
    assert the(root, "title").text == "뉴스 & 소식"
    assert the(root, "subtitle").text == "한 문장 <짧은>"
    assert the(root, "updated").text == "2024-05-18T12:00:00+00:00"
    assert the(root, "generator").text == "syndicate"
    assert the(root, "logo").text == "https://news.example/%EB%A1%9C%EA%B3%A0.png"
    assert root.get(LANG) == "ko"
    assert names(root) == ["편집국"]


def test_the_feed_names_itself_its_hubs_and_its_page(config: Config) -> None:
    assert links(written(config)) == [
        {
            "href": "https://news.example/feeds/atom.xml",
            "rel": "self",
            "type": "application/atom+xml",
        },
        {"href": config.feeds.hubs[0], "rel": "hub"},
        {"href": config.feeds.hubs[1], "rel": "hub"},
        {"href": "https://news.example/", "rel": "alternate", "type": "text/html"},
    ]


def test_an_entry_says_all_it_knows(config: Config, full_entry: Entry) -> None:
    entry = the(written(config, full_entry), "entry")

    assert the(entry, "id").text == full_entry.identity
    assert the(entry, "title").text == "속보: <태풍> & 비"
    assert the(entry, "published").text == "2024-05-18T11:00:00+00:00"
    assert the(entry, "updated").text == "2024-05-18T12:00:00+00:00"
    assert the(entry, "summary").text == full_entry.excerpt
    assert the(entry, "content").text == full_entry.html
    assert the(entry, "content").get("type") == "html"
    assert entry.get(LANG) == "en"
    assert names(entry) == ["김기자", "Lee & Co"]
    assert [attributes(c) for c in entry.iterfind(f"{ATOM}category")] == [
        {"term": "News", "scheme": "https://news.example/feeds/category/"},
        {"term": "속보", "scheme": "https://news.example/feeds/category/"},
        {"term": "태풍", "scheme": "https://news.example/feeds/tag/"},
    ]
    assert entry.find(f"{MEDIA}content/{MEDIA}description") is not None


def test_the_links_of_an_entry_say_what_they_are(
    config: Config, full_entry: Entry
) -> None:
    """feedgen alone gives three bare links; readers then open the picture."""
    assert links(the(written(config, full_entry), "entry")) == [
        {"href": full_entry.link, "rel": "alternate", "type": "text/html"},
        {
            "href": "https://news.example/a.jpg",
            "rel": "enclosure",
            "type": "image/jpeg",
            "length": "12345",
        },
        {
            "href": "https://gov.example/1?a=1&b=2",
            "rel": "via",
            "title": "기상청 & 부처",
        },
    ]


def test_what_looks_like_a_tag_in_a_links_title_is_shown(
    config: Config, entry: MakeEntry
) -> None:
    source = Source(url="https://gov.example/1", title="<b>기상청</b>")
    via = links(the(written(config, entry(source=source)), "entry"))[-1]

    assert via["title"] == "<b>기상청<\N{WORD JOINER}/b>"


def test_what_is_not_known_of_a_link_is_not_said(
    config: Config, entry: MakeEntry
) -> None:
    picture = Picture(url="https://news.example/a.jpg")
    source = Source(url="https://gov.example/1", title="")
    found = links(the(written(config, entry(picture=picture, source=source)), "entry"))

    assert found[1:] == [
        {"href": "https://news.example/a.jpg", "rel": "enclosure"},
        {"href": "https://gov.example/1", "rel": "via"},
    ]


def test_an_entry_in_the_language_of_the_feed_does_not_repeat_it(
    config: Config, entry: MakeEntry
) -> None:
    root = written(config, entry(0, language="ko"), entry(1))

    assert [node.get(LANG) for node in root.iterfind(f"{ATOM}entry")] == [None, None]


def test_a_site_without_a_logo_shows_none(bare_config: Config) -> None:
    assert written(bare_config).find(f"{ATOM}logo") is None


def test_a_feed_without_entries_is_a_feed(config: Config) -> None:
    root = written(config)

    assert the(root, "updated").text == "2000-01-01T00:00:00+00:00"
    assert root.find(f"{ATOM}entry") is None


def test_feedparser_reads_it(
    config: Config, full_entry: Entry, entry: MakeEntry
) -> None:
    parsed = feedparser.parse(build_feeds([full_entry, entry(2)], config)["atom.xml"])
    first = parsed.entries[0]

    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [e.id for e in parsed.entries] == [full_entry.identity, entry(2).identity]
    assert first.title == "속보: <태풍> & 비"
    assert first.link == full_entry.link
    assert first.summary == full_entry.excerpt
    assert first.content[0].language == "en"
    assert first.enclosures[0].href == "https://news.example/a.jpg"
    assert [link.rel for link in first.links] == ["alternate", "enclosure", "via"]
    assert first.published_parsed[:5] == (2024, 5, 18, 11, 0)
    assert first.updated_parsed[:5] == (2024, 5, 18, 12, 0)
