"""Corrections, announced and silent, as readers of the feed see them."""

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from syndicate.posts.corrections import digest

DATED = ("title: 지진", "date: 2026-01-02T09:00:00+09:00")
PUBLISHED = "2026-01-02T00:00:00+00:00"


def modified(desk: Any) -> str:
    desk.look()
    [item] = json.loads(desk.feed())["items"]
    assert item["date_published"] == PUBLISHED
    return str(item["date_modified"])


@pytest.fixture
def told(desk: Any) -> Any:
    """A desk that has published one post."""
    desk.save("a.md", *DATED)
    assert modified(desk) == PUBLISHED
    return desk


def test_a_corrected_text_counts_from_when_it_was_seen(told: Any) -> None:
    before = told.clock().replace(microsecond=0)
    told.save("a.md", *DATED, body="고친 글입니다.")

    moved = modified(told)
    told.late = timedelta(days=1)
    told.reopen()

    assert before <= datetime.fromisoformat(moved) <= told.clock()
    assert modified(told) == moved


def test_a_corrected_title_counts_too(told: Any) -> None:
    told.save("a.md", "title: 지진 (2보)", DATED[1])

    assert modified(told) > PUBLISHED


def test_a_silent_correction_changes_the_text_and_not_the_time(told: Any) -> None:
    told.save("a.md", *DATED, "correction: silent", body="고친 글입니다.")

    assert modified(told) == PUBLISHED
    assert "고친 글입니다" in told.feed()

    told.save("a.md", *DATED, body="고친 글입니다.")

    assert modified(told) == PUBLISHED


def test_after_a_silent_correction_comes_an_announced_one(told: Any) -> None:
    told.save("a.md", *DATED, "correction: silent", body="고친 글입니다.")
    modified(told)
    told.save("a.md", *DATED, body="또 고친 글입니다.")

    assert modified(told) > PUBLISHED


def test_a_newsroom_may_correct_silently_as_a_rule(told: Any) -> None:
    config = told.folder / "config.toml"
    silent = '[feeds]\ncorrections = "silent"\n\n[[channels]]'
    config.write_text(
        config.read_text("utf-8").replace("[[channels]]", silent, 1), "utf-8"
    )
    told.reopen()
    told.save("a.md", *DATED, body="고친 글입니다.")

    assert modified(told) == PUBLISHED

    told.save("a.md", *DATED, "correction: announced", body="다시 고친 글입니다.")

    assert modified(told) > PUBLISHED


def test_the_authors_word_decides(told: Any) -> None:
    told.save("a.md", *DATED, "modified: 2026-01-03T09:00:00+09:00")

    assert modified(told) == "2026-01-03T00:00:00+00:00"

    told.save("a.md", *DATED, "updated: 2026-01-03T09:00:00+09:00", body="고친 글.")

    assert modified(told) == "2026-01-03T00:00:00+00:00"


def test_a_change_that_is_said_to_be_yet_to_come_counts_from_when_it_was_seen(
    told: Any,
) -> None:
    ahead = "updated: 2098-01-03T09:00:00+09:00"
    told.save("a.md", *DATED, ahead)

    assert modified(told) == PUBLISHED

    before = told.clock().replace(microsecond=0)
    told.save("a.md", *DATED, ahead, body="고친 글.")

    assert before <= datetime.fromisoformat(modified(told)) <= told.clock()


def touch(desk: Any) -> None:
    os.utime(desk.folder / "_posts" / "a.md", (1, 1))


def file_otherwise(desk: Any) -> None:
    desk.save("a.md", *DATED, "tags: [재난]", "categories: [속보]")


def move(desk: Any) -> None:
    (desk.folder / "_posts" / "a.md").rename(desk.folder / "_posts" / "b.md")


def take_away_and_bring_back(desk: Any) -> None:
    (desk.folder / "_posts" / "a.md").unlink()
    desk.look()
    desk.late = timedelta(hours=2)
    desk.save("a.md", *DATED)


def change_line_ends(desk: Any) -> None:
    path = desk.folder / "_posts" / "a.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def break_and_mend(desk: Any) -> None:
    desk.save("a.md", "title: {{ x }}")
    desk.look()
    desk.save("a.md", *DATED)


def update_syndicate(desk: Any) -> None:
    """Let a file count as read by another version, which read its text otherwise."""
    with desk.app.store.begin() as connection:
        connection.execute(
            text("UPDATE posts SET reader = 'x', title = 'T', body_hash = 'y'")
        )
    desk.reopen()


@pytest.mark.parametrize(
    "happens",
    [
        touch,
        file_otherwise,
        move,
        take_away_and_bring_back,
        change_line_ends,
        break_and_mend,
        update_syndicate,
    ],
)
def test_what_leaves_the_text_alone_leaves_the_time_alone(
    told: Any, happens: Callable[[Any], None]
) -> None:
    happens(told)

    assert modified(told) == PUBLISHED


def test_a_post_broken_at_the_first_run_is_not_corrected_when_mended(desk: Any) -> None:
    desk.save("a.md", "title: {{ x }}")
    desk.look()
    desk.save("a.md", *DATED)

    assert modified(desk) == PUBLISHED


def test_a_folder_checked_out_at_an_older_state_and_back_moves_nothing(
    told: Any,
) -> None:
    told.save("a.md", *DATED, body="고친 글입니다.")
    moved = modified(told)
    told.late = timedelta(hours=1)
    told.save("a.md", *DATED)

    assert modified(told) == PUBLISHED

    told.reopen()
    told.late = timedelta(hours=2)
    told.save("a.md", *DATED, body="고친 글입니다.")

    assert modified(told) == moved


def test_another_version_of_us_remembers_the_correction(told: Any) -> None:
    told.save("a.md", *DATED, body="고친 글입니다.")
    moved = modified(told)
    [row] = told.app.newsroom.shelf.rows.values()
    otherwise = {
        "new": digest("T", row.body_hash),
        "old": digest("지진", row.body_hash),
    }
    with told.app.store.begin() as connection:
        connection.execute(text("UPDATE posts SET reader = 'x', title = 'T'"))
        connection.execute(
            text("UPDATE texts SET digest = :new WHERE digest = :old"), otherwise
        )
    told.reopen()

    assert modified(told) == moved
    assert len(told.app.newsroom.shelf.texts[row.identity]) == 3
