import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from syndicate.config import Config
from syndicate.feeds.feed import formats
from syndicate.feeds.page import FILE, TOPICS, Page, is_ours, make_pages, policy
from syndicate.feeds.topic import Topic
from syndicate.feeds.topics import Selection
from syndicate.model import Entry, FiledPost, Picture, Post

MakeEntry = Callable[..., Entry]


def selection(name: str, entry: Entry, by: str = "tag") -> Selection:
    post = Post(path="a.md", title="a", link=entry.link, published=entry.published)
    filed = FiledPost(post=post, identity="tag:a", first_seen=entry.published)
    return Selection(topic=Topic(by=by, name=name, slug=name), posts=(filed,))


@pytest.fixture
def topical(config: Config) -> Config:
    return config.model_copy(
        update={"feeds": config.feeds.model_copy(update={"by": ("category", "tag")})}
    )


def make_page(
    entries: Sequence[Entry], topics: Sequence[Selection], config: Config
) -> Page:
    """Give the page in the language of the site."""
    [page] = [p for p in make_pages(entries, topics, config) if p.file == FILE]
    return page


def read(written: bytes) -> Any:
    return html.document_fromstring(written.decode())


def test_every_feed_is_there_to_follow_to_copy_and_to_discover(
    topical: Config, full_entry: Entry
) -> None:
    topics = [selection("지진", full_entry), selection("사회", full_entry, "category")]

    page = read(make_page([full_entry], topics, topical).write())

    whole = {f"https://news.example/feeds/{each.file}": each for each in formats()}
    addresses = [node.text for node in page.iter("code")]
    assert addresses[: len(whole)] == list(whole)
    assert "https://news.example/feeds/tag/%EC%A7%80%EC%A7%84/rss.xml" in addresses
    discovered = page.xpath("//link[@rel='alternate'][@type]")
    assert {node.get("href"): node.get("type") for node in discovered} == {
        address: each.media_type for address, each in whole.items()
    }
    assert page.xpath("//a[@href='https://news.example/feeds/feeds.opml']")
    assert [node.text for node in page.xpath("//section[3]/h3")] == ["분류", "태그"]
    assert not page.xpath("//script | //*[@onclick]")


def test_it_speaks_the_language_of_the_site(
    config: Config, bare_config: Config, full_entry: Entry
) -> None:
    korean = read(make_page([full_entry], [], config).write())
    english = read(make_page([full_entry], [], bare_config).write())

    assert (korean.get("lang"), english.get("lang")) == ("ko", "en")
    assert korean.findtext(".//h1") == "구독하기"
    assert english.findtext(".//h1") == "Subscribe"
    assert korean.findtext(".//time") == "2024년 5월 18일 11:00"
    assert english.findtext(".//time") == "18 May 2024, 11:00"
    assert korean.find(".//article").get("lang") == "en"
    assert english.find(".//article").get("lang") is None


def test_the_latest_entries_show_with_pictures_and_nothing_escapes(
    config: Config, full_entry: Entry, entry: MakeEntry
) -> None:
    nasty = '"><script>alert(1)</script>'
    bad = entry(
        2,
        title=nasty,
        excerpt=nasty,
        link="javascript:alert(1)",
        picture=Picture(url="javascript:alert(2)", alt=nasty),
    )

    page = read(make_page([full_entry, bad], [], config).write())

    good, harmless = page.iter("article")
    assert good.find(".//img").get("src") == "https://news.example/a.jpg"
    assert good.find(".//img").get("alt") == '"태풍" <사진>'
    assert good.find(".//h3/a").text == "속보: <태풍> & 비"
    assert harmless.findtext(".//h3") == nasty
    assert harmless.find(".//a") is None
    assert harmless.find(".//img") is None
    assert not page.xpath("//script")


def test_on_a_telephone_the_latest_posts_come_before_a_hundred_topics(
    topical: Config, full_entry: Entry
) -> None:
    topics = [selection("지진", full_entry)]

    page = read(make_page([full_entry], topics, topical).write())

    names = [each.get("class") for each in page.iter("section")]
    assert names == ["feeds", "latest", "topics"]
    alone = read(make_page([full_entry], [], topical).write())
    assert len(list(alone.iter("section"))) == 2


@pytest.mark.parametrize(
    ("language", "day"), [("ko", "2024년 5월 18일"), ("en", "18 May 2024")]
)
def test_a_post_of_a_day_and_no_time_shows_none(
    language: str, day: str, config: Config, entry: MakeEntry
) -> None:
    site = config.site.model_copy(update={"language": language})
    config = config.model_copy(update={"site": site})
    midnight = entry().published.astimezone(site.zone).replace(hour=0)
    posts = [entry(n, published=midnight + timedelta(hours=n)) for n in (0, 1)]

    page = read(make_page(posts, [], config).write())

    shown = [each.text for each in page.iter("time")]
    assert shown[0] == day
    assert shown[1].startswith(day)
    assert shown[1].endswith(" 01:00")


def test_it_says_so_when_there_is_nothing(config: Config) -> None:
    assert "아직 글이 없습니다." in make_page([], [], config).write().decode()


def test_of_many_topics_those_with_the_newest_posts_are_listed(
    topical: Config, entry: MakeEntry
) -> None:
    old = entry(published=entry().published - timedelta(days=9))
    topics = [selection(f"새-{number:03}", entry()) for number in range(TOPICS)]
    topics += [selection("낡은-것", old)]

    page = make_page([], topics, topical).write().decode()

    assert "새-000" in page
    assert "낡은-것" not in page
    assert "그 밖에 1개는 OPML 파일에 있습니다." in page


def test_the_mark_tells_whether_the_page_is_as_it_was(
    config: Config, full_entry: Entry
) -> None:
    page = make_page([full_entry], [], config)
    again = make_page([replace(full_entry)], [], config)
    other = make_page([replace(full_entry, title="다른 제목")], [], config)

    assert page.mark == again.mark
    assert page.write() == again.write()
    assert page.mark != other.mark
    assert page.mark.encode() in page.write()
    assert is_ours(page.write())
    assert not is_ours(b"<!doctype html><title>my own</title>")


def test_the_policy_allows_the_style_and_pictures_alone(config: Config) -> None:
    page = read(make_page([], [], config).write())

    [meta] = page.xpath("//meta[@http-equiv='Content-Security-Policy']")
    assert meta.get("content") == policy()
    assert policy().startswith(
        "default-src 'none'; img-src https: http:; style-src 'sha"
    )
    assert "unsafe" not in policy()


def test_what_packs_feeds_is_imported_when_one_is_packed() -> None:
    ask = (
        "import sys, syndicate.feeds.press, syndicate.web.serve;"
        "sys.exit('brotli' in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", ask], check=True)


def test_the_page_is_there_in_both_languages_and_each_leads_to_the_other(
    config: Config, bare_config: Config, full_entry: Entry
) -> None:
    pages = {page.file: read(page.write()) for page in make_pages([], [], config)}
    english_site = {page.file for page in make_pages([full_entry], [], bare_config)}

    assert {name: page.get("lang") for name, page in pages.items()} == {
        "index.html": "ko",
        "index.en.html": "en",
    }
    assert english_site == {"index.html", "index.ko.html"}
    [there] = pages["index.html"].xpath("//nav/a")
    [back] = pages["index.en.html"].xpath("//nav/a")
    assert (there.get("href"), there.text) == ("index.en.html", "English")
    assert (back.get("href"), back.text) == ("index.html", "한국어")
    assert pages["index.html"].xpath("//link[@hreflang='en']/@href") == [
        "index.en.html"
    ]


def test_a_reader_is_one_click_away(config: Config) -> None:
    page = read(make_page([], [], config).write())

    links = {
        node.text: node.get("href") for node in page.xpath("//ul[@class='readers']//a")
    }
    encoded = "https%3A%2F%2Fnews.example%2Ffeeds%2Frss.xml"
    assert links == {
        "Feedly": f"https://feedly.com/i/subscription/feed/{encoded}",
        "Inoreader": f"https://www.inoreader.com/?add_feed={encoded}",
        "NewsBlur": f"https://www.newsblur.com/?url={encoded}",
        "The Old Reader": f"https://theoldreader.com/feeds/subscribe?url={encoded}",
        "설치된 앱": "feed:https://news.example/feeds/rss.xml",
    }
