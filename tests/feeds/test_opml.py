from lxml import etree

from syndicate.config import Config
from syndicate.feeds.opml import folders_in, write_opml
from syndicate.feeds.topic import Topic

TOPICS = [
    Topic(by="tag", name="R&D", slug="r-d"),
    Topic(by="tag", name="지진", slug="지진"),
    Topic(by="language", name="en", slug="en"),
]


def test_every_feed_stands_once_with_its_address(config: Config) -> None:
    root = etree.fromstring(write_opml(TOPICS, config))

    assert root.get("version") == "2.0"
    assert root.findtext("head/title") == "뉴스 & 소식"
    assert [
        (each.get("title"), each.get("xmlUrl")) for each in root.iter("outline")
    ] == [
        ("뉴스 & 소식", "https://news.example/feeds/rss.xml"),
        ("뉴스 & 소식 · 태그: R & D", "https://news.example/feeds/tag/r-d/rss.xml"),
        (
            "뉴스 & 소식 · 태그: 지진",
            "https://news.example/feeds/tag/%EC%A7%80%EC%A7%84/rss.xml",
        ),
        ("뉴스 & 소식 · 언어: en", "https://news.example/feeds/language/en/rss.xml"),
    ]
    assert {each.get("type") for each in root.iter("outline")} == {"rss"}
    assert [each.get("language") for each in root.iter("outline")][2:] == ["ko", "en"]
    assert all(each.get("text") == each.get("title") for each in root.iter("outline"))


def test_a_name_reads_the_same_as_text_and_as_html(config: Config) -> None:
    topics = [
        Topic(by="tag", name=name, slug="x") for name in ("A&B & C", "&amp;", "C<T>")
    ]
    outlines = etree.fromstring(write_opml(topics, config)).iter("outline")

    shown = [each.get("text", "").partition(": ")[2] for each in outlines]
    wide = "C\N{FULLWIDTH LESS-THAN SIGN}T\N{FULLWIDTH GREATER-THAN SIGN}"
    assert shown[1:] == ["A & B & C", "& amp;", wide]

    site = config.site.model_copy(update={"title": "R&D"})
    named = write_opml([], config.model_copy(update={"site": site}))
    assert etree.fromstring(named).findtext("head/title") == "R & D"


def test_a_site_without_topics_still_has_its_feed(bare_config: Config) -> None:
    [outline] = etree.fromstring(write_opml([], bare_config)).iter("outline")

    assert outline.get("xmlUrl") == "https://news.example/blog/feeds/rss.xml"
    assert outline.get("htmlUrl") == "https://news.example/blog/"


def test_what_was_listed_can_be_read_back(config: Config) -> None:
    opml = write_opml(TOPICS, config)

    assert folders_in(opml) == ["tag/r-d/", "tag/지진/", "language/en/"]
    assert folders_in(opml[:-9]) == []


def test_a_list_that_was_tampered_with_names_nothing_elsewhere() -> None:
    addresses = ["tag/../rss.xml", "tag/%2E%2E/rss.xml", "tag/a%00/rss.xml", "rss.xml"]
    outlines = "".join(f'<outline xmlUrl="https://a/{each}"/>' for each in addresses)

    assert folders_in(f"<opml>{outlines}<outline/></opml>".encode()) == []


# OPML 2.0 as far as lists of subscriptions go (opml.org/spec2.opml, "Subscription lists").
RULES = """
<element name="opml" xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="version"><value>2.0</value></attribute>
  <element name="head"><element name="title"><text/></element></element>
  <element name="body"><oneOrMore><element name="outline">
    <attribute name="type"><value>rss</value></attribute>
    <attribute name="text"><data type="string"><param name="minLength">1</param></data></attribute>
    <attribute name="title"/>
    <attribute name="xmlUrl"><data type="anyURI"><param name="pattern">https?://[!-~]+</param></data></attribute>
    <attribute name="htmlUrl"><data type="anyURI"><param name="pattern">https?://[!-~]+</param></data></attribute>
    <attribute name="language"><data type="language"/></attribute>
    <optional><attribute name="category"><data type="string"><param name="pattern">/[^,]+</param></data></attribute></optional>
  </element></oneOrMore></element>
</element>"""


def test_the_list_keeps_to_the_rules_of_subscription_lists(
    config: Config, bare_config: Config
) -> None:
    rules = etree.RelaxNG(etree.fromstring(RULES))

    rules.assertValid(etree.fromstring(write_opml(TOPICS, config)))
    rules.assertValid(etree.fromstring(write_opml([], bare_config)))
