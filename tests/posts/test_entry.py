from datetime import UTC, datetime

from syndicate.model import FiledPost
from syndicate.posts.entry import make_entry
from tests.posts.samples import NOON, entry_of, front, read, site

POST = """\
---
title: 동해에서 강진
author: 김기자
categories: [재난]
tags: [지진, 동해]
lang: en
---
![흔들린 땅](/img/땅.jpg)

출처: [기상청](https://kma.example/1)

오늘 동해에서 **강진**이 났다.
"""


def test_an_entry_has_all_that_a_feed_shows() -> None:
    entry = entry_of(POST)

    assert entry.identity == "tag:x,2026:1"
    assert entry.title == "동해에서 강진"
    assert entry.published == datetime(2026, 1, 1, 15, tzinfo=UTC)
    assert entry.updated == entry.published
    assert entry.excerpt == "오늘 동해에서 강진이 났다."
    assert "<strong>강진</strong>이" in entry.html
    assert (entry.authors, entry.categories) == (("김기자",), ("재난",))
    assert (entry.tags, entry.language) == (("지진", "동해"), "en")
    assert entry.picture
    assert entry.picture.url == "https://news.example/img/%EB%95%85.jpg"
    assert entry.picture.alt == "흔들린 땅"
    assert entry.source
    assert entry.source.title == "기상청"


def test_what_a_post_does_not_say_the_site_does() -> None:
    entry = entry_of(front("title: 강진"), config=site(author="편집국"))

    assert (entry.authors, entry.language) == (("편집국",), "ko")


def test_nobody_is_made_up() -> None:
    assert entry_of(front("title: 강진")).authors == ()


def test_a_post_is_never_changed_before_it_was_published() -> None:
    early = entry_of(front("title: 강진\nupdated: 2020-01-01"))
    late = entry_of(front("title: 강진\nupdated: 2026-01-03"))

    assert early.updated == early.published
    assert late.updated == datetime(2026, 1, 2, 15, tzinfo=UTC)


def test_a_post_without_a_date_is_dated_by_when_it_was_first_seen() -> None:
    entry = entry_of(front("title: 강진", "[그림](/a) [옆](b)\n"), "quake.md")

    assert entry.published == NOON
    assert entry.link == "https://news.example/2026/01/02/quake.html"
    assert 'href="https://news.example/2026/01/02/b"' in entry.html


def test_a_post_without_a_body_is_an_entry() -> None:
    entry = entry_of(front("title: 강진", ""))

    assert (entry.html, entry.excerpt, entry.picture) == ("", "", None)


def test_other_posts_addresses_come_from_whoever_knows_them() -> None:
    reading = read(front("title: 강진", "[앞]({% post_url 2026-01-01-before %})\n"))
    assert reading.post
    filed = FiledPost(post=reading.post, identity="tag:x,2026:1", first_seen=NOON)
    known = {"2026-01-01-before": "https://news.example/disaster/before.html"}.get

    assert "disaster" in make_entry(filed, reading.body, site(), links=known).html


def test_the_same_post_gives_the_same_entry() -> None:
    assert entry_of(POST) == entry_of(POST)
