from datetime import UTC, datetime

import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.feeds.news import short_language, write_news
from syndicate.model import FiledPost, Post

NAMES = {
    "m": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
NOON = datetime(2024, 5, 18, 12, 0, 0, 5, tzinfo=UTC)


def filed(title: str, language: str = "") -> FiledPost:
    link = "https://news.example/%EC%A7%80?a=1&b=2"
    post = Post(path="a.md", title=title, link=link, published=NOON, language=language)
    return FiledPost(post=post, identity="tag:a", first_seen=NOON)


def test_a_post_says_what_google_asks_for(config: Config) -> None:
    root = etree.fromstring(write_news([filed("지진 <속보> & 비\x00")], config))

    [url] = root
    said = {etree.QName(node).localname: node.text for node in url.iter("*")}
    assert root.tag == f"{{{NAMES['m']}}}urlset"
    assert said["loc"] == "https://news.example/%EC%A7%80?a=1&b=2"
    assert said["name"] == "뉴스 & 소식"
    assert said["language"] == "ko"
    assert said["publication_date"] == "2024-05-18T12:00:00+00:00"
    assert said["title"] == "지진 <속보> & 비"
    assert root.xpath("//n:news/n:publication/n:name", namespaces=NAMES)


def test_a_post_without_a_title_is_called_by_its_address(config: Config) -> None:
    root = etree.fromstring(write_news([filed(" ")], config))

    assert root.findtext(".//n:title", namespaces=NAMES) == filed("").post.link


def test_there_may_be_no_news(config: Config) -> None:
    assert len(etree.fromstring(write_news([], config))) == 0


@pytest.mark.parametrize(
    ("tag", "short"),
    [
        ("ko-KR", "ko"),
        ("EN", "en"),
        ("fil", "fil"),
        ("zh", "zh-cn"),
        ("zh-Hans-SG", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("zh-Hant", "zh-tw"),
    ],
)
def test_languages_are_named_as_google_does(tag: str, short: str) -> None:
    assert short_language(tag) == short
