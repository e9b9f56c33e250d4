from datetime import UTC, datetime
from pathlib import Path

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


# The rules of sitemaps.org and of Google's "News sitemaps", as two schemas.
MAP_RULES = """
<schema xmlns="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
  <import namespace="http://www.google.com/schemas/sitemap-news/0.9"
      schemaLocation="news.xsd"/>
  <element name="urlset"><complexType><sequence>
    <element name="url" minOccurs="0" maxOccurs="1000"><complexType><sequence>
      <element name="loc"><simpleType><restriction base="anyURI">
        <pattern value="https?://[!-~]+"/><maxLength value="2048"/>
      </restriction></simpleType></element>
      <element ref="news:news"/>
    </sequence></complexType></element>
  </sequence></complexType></element>
</schema>"""
NEWS_RULES = """
<schema xmlns="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
    targetNamespace="http://www.google.com/schemas/sitemap-news/0.9">
  <element name="news"><complexType><all>
    <element name="publication"><complexType><all>
      <element name="name" type="string"/>
      <element name="language"><simpleType><restriction base="string">
        <pattern value="zh-cn|zh-tw|[a-z]{2,3}"/>
      </restriction></simpleType></element>
    </all></complexType></element>
    <element name="publication_date" type="dateTime"/>
    <element name="title"><simpleType><restriction base="string">
      <minLength value="1"/>
    </restriction></simpleType></element>
  </all></complexType></element>
</schema>"""


def test_the_sitemap_keeps_to_the_schemas(config: Config, tmp_path: Path) -> None:
    (tmp_path / "news.xsd").write_text(NEWS_RULES)
    (tmp_path / "map.xsd").write_text(MAP_RULES)
    schema = etree.XMLSchema(file=str(tmp_path / "map.xsd"))
    posts = [filed("지진 <속보> & 비"), filed("", "zh-TW"), filed(" ", "fil")]

    for few in (posts, []):
        schema.assertValid(etree.fromstring(write_news(few, config)))
