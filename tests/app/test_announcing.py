"""Hubs hear of what changed: once it is out, and over any restart."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from syndicate.app import open_config
from syndicate.errors import ConfigError, SetupError, StoreError, UsageError
from syndicate.outbox.ledger import recent

HUB = "https://hub.example/"
SITE = """
[site]
url = "https://news.example"
timezone = "Asia/Seoul"
"""
HUBS = f"""{SITE}
[feeds]
hubs = ["{HUB}"]
by = ["category"]

[[channels]]
name = "search"
kind = "indexnow"
key = "8d1f0a52c6e94b7f"

[[channels]]
name = "one"
kind = "log"
"""


@pytest.fixture
def told(desk: Any) -> Callable[[], list[str]]:
    """Publish, and give what hubs were newly told."""
    (desk.folder / "config.toml").write_text(HUBS, "utf-8")
    desk.reopen()
    seen: set[int] = set()

    def tell() -> list[str]:
        desk.look()
        desk.app.publish()
        with desk.app.store.read() as connection:
            pings = recent(connection, pings=True, limit=1000)
        new = [each for each in reversed(pings) if each.id not in seen]
        seen.update(each.id for each in pings)
        return sorted(each.title.removeprefix("https://news.example/") for each in new)

    return tell


SITE_FEEDS = ["feeds/atom.xml", "feeds/feed.json", "feeds/rss.xml"]


def test_what_is_there_when_a_hub_comes_is_known(desk: Any, told: Any) -> None:
    desk.save("2026-01-02-a.md", "title: 지진")

    assert told() == []
    assert told() == []


def test_the_feeds_that_changed_and_the_posts_are_told_of(desk: Any, told: Any) -> None:
    told()
    desk.save("2026-01-02-a.md", "title: 지진", "category: city")
    folder = "feeds/category/city"

    assert told() == sorted(
        [
            "city/2026/01/02/a.html",
            *SITE_FEEDS,
            *(f"{folder}/{name}" for name in ("atom.xml", "feed.json", "rss.xml")),
        ]
    )
    assert told() == []


def test_a_post_that_is_gone_is_told_of_and_a_feed_that_is_gone_is_not(
    desk: Any, told: Any
) -> None:
    path = desk.save("2026-01-02-a.md", "title: 지진", "category: city")
    told()
    path.unlink()

    assert told() == ["city/2026/01/02/a.html", *SITE_FEEDS]


def test_a_post_of_tomorrow_is_told_of_tomorrow(desk: Any, told: Any) -> None:
    told()
    desk.save("a.md", "title: 지진", f"date: {desk.clock() + timedelta(days=1)}")

    assert told() == []

    desk.late = timedelta(days=1, seconds=5)

    assert len(told()) == 4


def test_nothing_is_lost_between_the_files_and_the_hubs(desk: Any, told: Any) -> None:
    """A process that dies there has written the files and told nobody."""
    told()
    desk.save("2026-01-02-a.md", "title: 지진")
    desk.look()
    desk.app.newsroom.stand.publish()
    desk.reopen()

    assert told() == ["2026/01/02/a.html", *SITE_FEEDS]


def test_a_restart_tells_nothing_twice(desk: Any, told: Any) -> None:
    told()
    desk.save("2026-01-02-a.md", "title: 지진")
    told()
    desk.reopen()

    assert told() == []


def test_a_database_that_fails_is_made_up_for(desk: Any, told: Any) -> None:
    told()
    desk.save("2026-01-02-a.md", "title: 지진")
    desk.look()
    with desk.app.store.begin() as connection:
        connection.execute(text("ALTER TABLE announcements RENAME TO away"))
    with pytest.raises(StoreError):
        desk.app.publish()
    with desk.app.store.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO announcements"))

    assert told() == ["2026/01/02/a.html", *SITE_FEEDS]


def test_a_publication_that_broke_off_is_made_up_for(desk: Any, told: Any) -> None:
    told()
    desk.save("2026-01-02-a.md", "title: 지진")
    desk.look()
    blocked = desk.folder / "feeds" / "index.html"
    blocked.unlink()
    (blocked / "x").mkdir(parents=True)
    with pytest.raises(SetupError):
        desk.app.publish()
    (blocked / "x").rmdir()
    blocked.rmdir()

    assert told() == ["2026/01/02/a.html", *SITE_FEEDS]


def test_no_alert_goes_to_a_hub_and_no_ping_to_people(desk: Any, told: Any) -> None:
    told()
    desk.save("2026-01-02-a.md", "title: '[속보] 지진'")
    told()
    (alert,) = desk.ledger()

    assert [each.channel for each in alert.deliveries] == ["one"]
    with pytest.raises(UsageError, match="search is a hub"):
        desk.app.roster.names(["search"])


def test_a_rule_that_names_a_hub_is_refused_with_its_place(desk: Any) -> None:
    config = desk.folder / "config.toml"
    rule = '[[alerts.rules]]\nname = "a"\nmatch = { title = "x" }\nto = ["search"]\n'
    config.write_text(f"{HUBS}\n{rule}", "utf-8")
    with pytest.raises(ConfigError) as caught:
        open_config(config)

    (problem,) = caught.value.problems
    assert "hears of no alert" in str(problem) or "hear of no alert" in str(problem)
    assert problem.line == config.read_text("utf-8").split("to = [")[0].count("\n") + 1


def test_each_hub_is_a_channel_of_its_own_unless_a_table_names_it(desk: Any) -> None:
    table = f'[[channels]]\nname = "mine"\nkind = "websub"\nhub = "{HUB}"\n'
    other = "https://hub.example/other"
    feeds = f'[feeds]\nhubs = ["{HUB}", "{other}", "{other}2"]\n'
    (desk.folder / "config.toml").write_text(SITE + feeds + table, "utf-8")
    desk.reopen()

    assert list(desk.app.roster.hubs) == [
        "mine",
        "hub-hub-example",
        "hub-hub-example-2",
    ]


def test_a_site_without_hubs_tells_nobody(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 지진")
    desk.look()
    desk.app.publish()

    with desk.app.store.read() as connection:
        assert recent(connection, pings=True) == []
