"""Accidents on a real folder tell nobody; what a newsroom does, does."""

import shutil
from datetime import timedelta
from typing import Any

import pytest

from syndicate.model import DeliveryState

BREAKING = ("title: '[속보] 지진'", "breaking: true")


def states(desk: Any) -> list[DeliveryState]:
    """Give the state of each alert's first delivery, newest alert first."""
    return [alert.deliveries[0].state for alert in desk.ledger()]


def numbered(number: int) -> tuple[str, str]:
    return f"title: '[속보] 소식 {number}'", "breaking: true"


def test_a_copy_under_another_name_waits(open_desk: Any) -> None:
    desk = open_desk()
    path = desk.save("a.md", *BREAKING)
    desk.look()
    shutil.copy(path, path.with_name("b.md"))
    desk.look()

    assert states(desk) == [DeliveryState.HELD, DeliveryState.QUEUED]
    assert desk.ledger()[0].held == "alert 1 has the same title"


def test_a_rejected_alert_is_none_that_could_be_repeated(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.look()
    desk.app.cancel(1, who="kim")
    desk.save("b.md", *BREAKING)
    desk.look()

    assert states(desk) == [DeliveryState.QUEUED, DeliveryState.CANCELLED]


def test_the_fourth_alert_in_ten_minutes_waits_for_a_person(open_desk: Any) -> None:
    desk = open_desk()
    for number in range(4):
        desk.save(f"{number}.md", *numbered(number))
        desk.look()

    assert states(desk) == [DeliveryState.HELD] + [DeliveryState.QUEUED] * 3

    desk.late = timedelta(minutes=11)
    desk.save("later.md", *numbered(9))
    desk.look()

    assert states(desk)[0] is DeliveryState.QUEUED


def test_a_checkout_of_many_new_posts_tells_nobody(open_desk: Any) -> None:
    desk = open_desk()
    for number in range(30):
        desk.save(f"{number}.md", f"title: 묵은 글 {number}")
    desk.save("z.md", *BREAKING)
    desk.look()
    desk.save("straggler.md", *numbered(1))
    desk.look()

    assert states(desk) == [DeliveryState.HELD] * 2

    desk.late = timedelta(minutes=1, seconds=1)
    desk.save("news.md", *numbered(2))
    desk.look()

    assert states(desk)[0] is DeliveryState.QUEUED


def test_a_post_alone_is_news_a_minute_after_many_alerts_were_held(
    open_desk: Any,
) -> None:
    desk = open_desk()
    for number in range(12):
        desk.save(f"{number}.md", *numbered(number))
    desk.look()
    desk.late = timedelta(seconds=45)  # the machine takes its time, too
    desk.save("part-of-it.md", *numbered(20))
    desk.look()

    assert states(desk) == [DeliveryState.HELD] * 13

    desk.late = timedelta(seconds=45 + 60)
    desk.save("news.md", *numbered(21))
    desk.look()

    assert states(desk) == [DeliveryState.QUEUED] + [DeliveryState.HELD] * 13


def test_files_that_are_still_on_their_way_count_as_well(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.app.newsroom.guard.coming = 400
    desk.look()

    assert states(desk) == [DeliveryState.HELD]
    assert "401 new posts" in str(desk.ledger()[0].held)


def test_a_baseline_of_many_posts_is_no_crowd(desk: Any) -> None:
    for number in range(30):
        desk.save(f"{number}.md", f"title: 묵은 글 {number}")
    desk.look()
    desk.save("a.md", *BREAKING)

    assert desk.look() == ["[속보] 지진"]
    assert states(desk) == [DeliveryState.QUEUED]


def test_a_deleted_database_is_a_first_run(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.look()
    desk.feed()
    desk.app.close()
    for path in desk.folder.glob("syndicate.db*"):
        path.unlink()
    desk.reopen()

    assert desk.look() == []
    assert desk.ledger() == []


@pytest.mark.parametrize("kept", [True, False])
def test_a_restored_database_tells_nothing_again(open_desk: Any, *, kept: bool) -> None:
    desk = open_desk()
    desk.app.close()
    backup = desk.folder / "backup.db"
    shutil.copy(desk.folder / "syndicate.db", backup)
    desk.reopen()
    desk.save("a.md", *BREAKING)
    desk.look()
    if kept:
        desk.feed()  # what readers have seen
    desk.app.close()
    for path in desk.folder.glob("syndicate.db*"):
        path.unlink()
    shutil.copy(backup, desk.folder / "syndicate.db")
    desk.reopen()
    desk.look()

    assert states(desk) == [DeliveryState.HELD if kept else DeliveryState.QUEUED]
