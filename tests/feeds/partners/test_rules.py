from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.config import Config
from syndicate.feeds.build import cleaned
from syndicate.feeds.feed import Feed, site_feed
from syndicate.feeds.partners import find_profile, known_profiles, rules
from syndicate.feeds.partners.lint import lint, read_written
from syndicate.feeds.partners.profile import Item, Rule, Written
from syndicate.feeds.partners.write import write_partner
from syndicate.model import Entry, Picture

MakeEntry = Callable[..., Entry]
NOW = datetime(2024, 5, 18, 13, tzinfo=UTC)
GOOD = Item(
    guid="tag:a,2024:1",
    title="제목",
    link="https://news.example/1",
    published=NOW,
    description="발췌",
    html='<p>본문 <img src="https://a.example/a.jpg" srcset="https://a.example/b 2x"></p>',
    language="",
    picture="https://news.example/a.jpg",
    width=800,
    height=600,
)
FEED = Written(
    address="https://news.example/feeds/partner/x.xml",
    language="ko-KR",
    description="소식",
    logo="https://news.example/logo.png",
    size_bytes=1000,
    items=[GOOD],
)


def feed_of(entries: list[Entry], config: Config) -> Feed:
    return site_feed(list(cleaned(entries)), config)


def codes_of_item(rule: Rule, **changes: object) -> list[str]:
    assert rule.of_item
    item = replace(GOOD, **changes)  # type: ignore[arg-type]
    return [each.code for each in rule.of_item(item, FEED, NOW)]


def codes_of_feed(rule: Rule, **changes: object) -> list[str]:
    assert rule.of_feed
    feed = replace(FEED, **changes)  # type: ignore[arg-type]
    return [each.code for each in rule.of_feed(feed)]


@pytest.mark.parametrize(
    ("rule", "changes", "codes"),
    [
        (rules.picture(), {}, []),
        (rules.picture(), {"picture": ""}, ["PF001"]),
        (rules.picture(least=800), {}, []),
        (rules.picture(least=801), {}, ["PF002"]),
        (rules.picture(least=601, smaller_side=True), {}, ["PF002"]),
        (rules.picture(least=9999), {"width": None}, []),
        (rules.title(least=2, most=2), {}, []),
        (rules.title(least=3, most=9), {}, ["PF003"]),
        (rules.title(most=1), {}, ["PF003"]),
        (rules.title(most=9), {"title": ""}, ["PF003"]),
        (rules.link(), {"link": "http://news.example/1"}, []),
        (rules.link(secure=True), {"link": "http://news.example/1"}, ["PF005"]),
        (rules.link(), {"link": "/1"}, ["PF005"]),
        (rules.link(), {"link": ""}, ["PF005"]),
        (rules.link(own_host=True), {}, []),
        (rules.link(own_host=True), {"link": "https://other.example/"}, ["PF006"]),
        (rules.description(least=2, most=2), {}, []),
        (rules.description(least=3), {}, ["PF007"]),
        (rules.description(most=1), {}, ["PF008"]),
        (rules.body(without=frozenset(["script"])), {}, []),
        (rules.body(without=frozenset()), {"html": " "}, ["PF009"]),
        (
            rules.body(without=frozenset(["script", "iframe"])),
            {"html": "<p><SCRIPT>1</SCRIPT><!-- x --><iframe src='https://a/'></p>"},
            ["PF010", "PF010"],
        ),
        (
            rules.body(without=frozenset()),
            {"html": "<a href='/a'>a</a><img src='b.jpg' srcset='c.jpg 2x, //d/e'>"},
            ["PF011"] * 4,
        ),
        (
            rules.body(without=frozenset()),
            {"html": "<a href='#top'>a</a><a href='mailto:a@b'>b</a>text"},
            [],
        ),
        (rules.fresh(), {}, []),
        (rules.fresh(), {"published": None}, ["PF012"]),
        (rules.fresh(), {"published": NOW + timedelta(seconds=1)}, ["PF012"]),
        (
            rules.fresh(within=timedelta(days=365)),
            {"published": NOW - timedelta(days=365)},
            ["PF013"],
        ),
        (rules.one_language(), {"language": "ko"}, []),
        (rules.one_language(), {"language": "en"}, ["PF014"]),
    ],
)
def test_an_item_is_judged(
    rule: Rule, changes: dict[str, object], codes: list[str]
) -> None:
    assert codes_of_item(rule, **changes) == codes


@pytest.mark.parametrize(
    ("rule", "changes", "codes"),
    [
        (rules.identity(), {}, []),
        (rules.identity(), {"items": [GOOD, GOOD]}, ["PF004"]),
        (rules.identity(), {"items": [replace(GOOD, guid="")]}, ["PF004"]),
        (rules.locale(), {}, []),
        (rules.locale(), {"language": "ko"}, ["PF015"]),
        (rules.items(least=1), {}, []),
        (rules.items(least=2), {}, ["PF016"]),
        (rules.size(most=1000), {}, []),
        (rules.size(most=999), {}, ["PF017"]),
        (rules.logo(), {}, []),
        (rules.logo(), {"logo": ""}, ["PF018"]),
        (rules.about(most=2), {}, []),
        (rules.about(most=1), {}, ["PF019"]),
        (rules.secure(), {}, []),
        (rules.secure(), {"address": "http://news.example/x"}, ["PF020"]),
    ],
)
def test_a_feed_is_judged(
    rule: Rule, changes: dict[str, object], codes: list[str]
) -> None:
    assert codes_of_feed(rule, **changes) == codes


@pytest.mark.parametrize("name", known_profiles())
def test_a_careful_post_meets_no_refusal_but_of_the_feed(
    name: str, config: Config, full_entry: Entry
) -> None:
    """What this site lacks is a country, enough posts, and a short description."""
    good = replace(
        full_entry,
        title="남부 앞바다에 태풍 특보, 배편은 오늘 밤부터 모두 멈춘다",
        excerpt="첫 문장입니다. " * 40,
        language="ko",
    )
    profile = find_profile(name)
    content = write_partner(feed_of([good], config), profile, "partner/x.xml")

    found = list(lint(content, profile, now=NOW))

    assert {each.code for each in found} <= {"PF015", "PF016"}
    assert all(each.guid == "" for each in found)


def test_a_careless_post_is_named_by_its_identity(
    config: Config, entry: MakeEntry
) -> None:
    bad = entry(
        1,
        title="짧다",
        html='<p>x</p><iframe src="https://v.example/"></iframe>',
        language="en",
        picture=Picture(url="https://a.example/a.jpg", width=100, height=100),
    )
    profile = find_profile("msn")
    content = write_partner(feed_of([bad], config), profile, "partner/x.xml")

    found = list(lint(content, profile, now=NOW + timedelta(days=400)))

    assert [each.code for each in found] == [
        "PF003",
        "PF013",
        "PF002",
        "PF010",
        "PF014",
    ]
    assert {each.guid for each in found} == {bad.identity}


def test_the_linter_believes_the_file_and_nothing_else() -> None:
    bare = b"""<rss><channel><item><pubDate>yesterday</pubDate></item>
    <item><pubDate>Sat, 18 May 2024 12:00:00 -0000</pubDate>
    <enclosure url="/a.jpg"/></item></channel></rss>"""

    feed = read_written(bare)

    assert (feed.address, feed.language, feed.logo) == ("", "", "")
    first, second = feed.items
    assert (first.guid, first.published, first.picture) == ("", None, "")
    assert (second.published, second.picture, second.width) == (None, "/a.jpg", None)
    found = [each.code for each in lint(bare, find_profile("smartnews"), now=NOW)]
    assert found.count("PF004") == 2
    assert {"PF001", "PF005", "PF009", "PF012", "PF018"} <= set(found)
