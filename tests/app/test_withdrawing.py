"""Posts taken back, or deleted, as readers and partners find them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree

from syndicate.store.rows import Withdrawal
from syndicate.store.withdrawals import reinstate, withdraw

AT = "{http://purl.org/atompub/tombstones/1.0}"
DATED = "date: 2026-01-02T09:00:00+09:00"


@pytest.fixture
def told(desk: Any) -> Any:
    """A desk that writes tombstones and has published two posts."""
    config = desk.folder / "config.toml"
    feeds = "[feeds]\ntombstones = true\narchive = true\n\n[[channels]]"
    text = config.read_text("utf-8").replace("[[channels]]", feeds, 1)
    config.write_text(text, "utf-8")
    desk.reopen()
    desk.save("a.md", "title: 지진", DATED)
    desk.save("b.md", "title: 해일", DATED)
    desk.look()
    desk.feed()
    return desk


def identity_of(desk: Any, path: str) -> str:
    return str(desk.app.newsroom.shelf.posts[path].identity)


def take_back(desk: Any, path: str) -> str:
    """Take a post back as another process does."""
    identity = identity_of(desk, path)
    row = Withdrawal(
        identity=identity, withdrawn_at=desk.clock(), reason="오보", who="kim"
    )
    with desk.app.store.begin() as connection:
        withdraw(connection, row)
    return identity


def stones(desk: Any) -> list[tuple[str, str | None]]:
    tree = etree.parse(desk.folder / "feeds" / "tombstones.xml")
    return [
        (node.get("ref", ""), node.findtext(f"{AT}comment"))
        for node in tree.iter(f"{AT}deleted-entry")
    ]


def test_a_post_taken_back_leaves_every_feed_and_gets_a_tombstone(told: Any) -> None:
    identity = take_back(told, "a.md")

    assert told.app.newsroom.stand.is_due()
    assert "지진" not in told.feed()
    assert not told.app.newsroom.stand.is_due()
    assert stones(told) == [(identity, "오보")]
    for path in (told.folder / "feeds").rglob("*.*"):
        assert "지진" not in path.read_text("utf-8")


def test_it_stays_away_when_its_file_is_saved_or_we_start_again(told: Any) -> None:
    identity = take_back(told, "a.md")
    told.save("a.md", "title: 지진", DATED, body="고친 글입니다.")
    told.look()

    assert "지진" not in told.feed()

    told.reopen()

    assert "지진" not in told.feed()
    assert stones(told) == [(identity, "오보")]


def test_a_post_may_stand_again(told: Any) -> None:
    identity = take_back(told, "a.md")
    told.feed()
    with told.app.store.begin() as connection:
        reinstate(connection, identity, at=told.clock(), who="kim")
        reinstate(connection, identity, at=told.clock(), who="kim")

    assert "지진" in told.feed()
    assert stones(told) == []


def test_the_first_word_about_a_withdrawal_stays(told: Any) -> None:
    take_back(told, "a.md")
    before = dict(told.app.newsroom.stand.withdrawn.known)
    told.app.newsroom.stand.is_due()
    first = dict(told.app.newsroom.stand.withdrawn.known)
    told.late = timedelta(hours=1)
    take_back(told, "a.md")
    told.app.newsroom.stand.is_due()

    assert (before, len(first)) == ({}, 1)
    assert told.app.newsroom.stand.withdrawn.known == first
    with told.app.store.read() as connection:
        query = "SELECT count(*) FROM audit WHERE what = 'withdrawn'"
        assert connection.exec_driver_sql(query).scalar() == 1


def test_a_deleted_post_gets_a_tombstone_when_it_stays_away(told: Any) -> None:
    identity = identity_of(told, "a.md")
    (told.folder / "_posts" / "a.md").unlink()
    told.look()
    told.feed()

    assert stones(told) == []
    due = told.app.newsroom.stand.next_due()
    assert due
    assert due <= told.clock() + timedelta(hours=1)

    told.late = timedelta(hours=1)
    assert told.app.newsroom.stand.is_due()
    told.feed()

    assert stones(told) == [(identity, None)]
    assert not told.app.newsroom.stand.is_due()


@pytest.mark.parametrize("lines", [("date: 2999-01-01",), ("title: {{ x }}",)])
def test_what_nobody_has_read_gets_none(told: Any, lines: tuple[str, ...]) -> None:
    path = told.save("c.md", "tags: [a]", *lines)
    told.look()
    path.unlink()
    told.look()
    told.late = timedelta(hours=2)
    told.feed()

    assert stones(told) == []


def test_without_the_setting_there_are_no_tombstones(
    open_desk: Callable[[], Any],
) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 지진", DATED)
    desk.look()
    desk.feed()
    take_back(desk, "a.md")

    assert "지진" not in desk.feed()
    assert not (desk.folder / "feeds" / "tombstones.xml").exists()
