"""What is done about a file before it lies still, and what becomes of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from syndicate.app.ahead import lay_out_ahead, look_ahead
from syndicate.store.tables import entries

FEEDS = ("rss.xml", "atom.xml", "feed.json")


def laid(desk: Any) -> dict[int, bytes]:
    """Give the files that lie ready, by inode: whole, and seen by nobody."""
    files = (desk.folder / "feeds").glob(".*")
    return {each.stat().st_ino: each.read_bytes() for each in files}


def shown(desk: Any, name: str = "rss.xml") -> Path:
    path = desk.folder / "feeds" / name
    assert isinstance(path, Path)
    return path


def coming(desk: Any, name: str = "a.md", title: str = "비가 온다") -> Any:
    """Save a post, and have its feeds laid out; give it as it was found."""
    desk.save(name, f"title: {title}", "date: 2026-01-02")
    newsroom = desk.app.newsroom
    changed = newsroom.folder.scan()
    for path, stat in changed.items():
        look_ahead(newsroom, path, stat)
    lay_out_ahead(newsroom, changed)
    return changed


def open_with_feeds(open_desk: Any) -> Any:
    desk = open_desk()
    desk.feed()
    return desk


def test_what_was_read_ahead_is_filed_as_any_other(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다", "date: 2026-01-02")
    newsroom = desk.app.newsroom
    [(path, stat)] = newsroom.folder.scan().items()

    look_ahead(newsroom, path, stat)

    assert newsroom.shelf.posts == {}
    assert "비가 온다" not in desk.feed()

    newsroom.look({path: stat}, ahead=True)

    assert "비가 온다" in desk.feed()


def test_what_changed_after_it_was_read_ahead_is_read_again(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다", "date: 2026-01-02")
    [(path, stat)] = desk.app.newsroom.folder.scan().items()
    look_ahead(desk.app.newsroom, path, stat)
    desk.save("a.md", "title: 해가 난다", "date: 2026-01-02")

    desk.look()

    assert "해가 난다" in desk.feed()
    assert "비가 온다" not in desk.feed()


def test_a_post_without_a_date_is_dated_by_the_first_look_at_it(
    open_desk: Any,
) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다")
    [(path, stat)] = desk.app.newsroom.folder.scan().items()
    look_ahead(desk.app.newsroom, path, stat)
    desk.late += timedelta(minutes=5)

    desk.look()

    [row] = desk.app.newsroom.shelf.rows.values()
    assert row.first_seen.isoformat(timespec="seconds") in desk.feed()


def test_what_cannot_be_read_ahead_is_told_by_the_look(open_desk: Any) -> None:
    desk = open_desk()
    newsroom = desk.app.newsroom
    for number in range(10):
        desk.save(f"{number}.md", "title: {{ x")
        look_ahead(newsroom, f"{number}.md", newsroom.folder.scan()[f"{number}.md"])

    assert len(newsroom.look(newsroom.folder.scan()).problems) == 10


def test_feeds_laid_out_ahead_are_those_that_are_shown(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)
    changed = coming(desk)
    ready = laid(desk)

    assert "비가 온다" not in shown(desk).read_text("utf-8")
    assert len(ready) == 3

    desk.app.newsroom.look(changed, ahead=True)
    desk.app.publish()

    assert "비가 온다" in shown(desk).read_text("utf-8")
    assert {shown(desk, name).stat().st_ino for name in FEEDS} == ready.keys()
    assert laid(desk) == {}


def test_of_a_file_that_changes_again_nothing_laid_out_is_shown(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)
    coming(desk)
    desk.save("a.md", "title: 해가 난다", "date: 2026-01-02")
    newsroom = desk.app.newsroom

    newsroom.look(newsroom.folder.scan(), ahead=True)
    desk.app.publish()

    assert "해가 난다" in shown(desk).read_text("utf-8")
    assert "비가 온다" not in shown(desk).read_text("utf-8")
    assert laid(desk) == {}


def test_whoever_publishes_something_else_does_not_show_what_lies_ready(
    open_desk: Any,
) -> None:
    desk = open_with_feeds(open_desk)
    before = shown(desk).read_bytes()
    coming(desk)

    desk.app.publish()

    assert shown(desk).read_bytes() == before
    assert laid(desk) == {}


def test_a_look_that_files_another_post_lays_out_its_own_feeds(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)
    coming(desk)
    newsroom = desk.app.newsroom
    desk.save("b.md", "title: 해가 난다", "date: 2026-01-03")

    newsroom.look({"b.md": newsroom.folder.scan()["b.md"]}, ahead=True)
    desk.app.publish()

    assert "해가 난다" in shown(desk).read_text("utf-8")
    assert "비가 온다" not in shown(desk).read_text("utf-8")
    with desk.app.store.read() as connection:  # a post never filed has no entry
        assert connection.scalar(select(func.count()).select_from(entries)) == 1

    newsroom.look(newsroom.folder.scan(), ahead=True)
    desk.app.publish()

    assert "비가 온다" in shown(desk).read_text("utf-8")


def test_an_edited_post_is_laid_out_as_it_is_corrected(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)
    desk.app.newsroom.look(coming(desk), ahead=True)
    desk.app.publish()

    changed = coming(desk, title="비가 많이 온다")
    ready = laid(desk)
    desk.late += timedelta(seconds=1)
    desk.app.newsroom.look(changed, ahead=True)
    desk.app.publish()

    assert "비가 많이 온다" in shown(desk).read_text("utf-8")
    assert {shown(desk, name).stat().st_ino for name in FEEDS} == ready.keys()
    [row] = desk.app.newsroom.shelf.rows.values()
    [changed_at] = [each.changed for each in desk.app.newsroom.shelf.posts.values()]
    assert row.first_seen < changed_at <= desk.clock() - timedelta(seconds=1)


def test_what_was_not_read_ahead_is_not_laid_out(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)
    for title in ("비가 온다", "해가 난다"):
        desk.save("a.md", f"title: {title}", "date: 2026-01-02")
        lay_out_ahead(desk.app.newsroom, desk.app.newsroom.folder.scan())

        assert laid(desk) == {}

        desk.look()
        desk.feed()


def test_what_has_come_due_is_published_before_anything_is_laid_out(
    open_desk: Any,
) -> None:
    desk = open_with_feeds(open_desk)
    soon = desk.clock() + timedelta(minutes=5)
    desk.save("soon.md", "title: 곧", f"date: {soon.isoformat()}")
    desk.look()
    desk.feed()
    desk.late += timedelta(minutes=6)

    coming(desk)

    assert laid(desk) == {}
    assert desk.app.newsroom.stand.is_due()


def test_before_the_first_publication_nothing_is_laid_out(desk: Any) -> None:
    coming(desk)

    assert laid(desk) == {}


def test_a_look_whose_feeds_come_later_leaves_nothing_ready(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)

    desk.app.newsroom.look(coming(desk))

    assert laid(desk) == {}


def test_a_picture_measured_meanwhile_has_the_entry_made_again(open_desk: Any) -> None:
    """And one made again ahead is no more kept than the first."""
    desk = open_with_feeds(open_desk)
    changed = coming(desk)
    desk.app.newsroom.stand.discard()
    desk.app.newsroom.stand.hang({})

    lay_out_ahead(desk.app.newsroom, changed)

    assert len(laid(desk)) == 3
    assert desk.app.newsroom.stand.entries.fresh == {}

    desk.app.newsroom.look(changed, ahead=True)
    desk.app.publish()

    assert "비가 온다" in shown(desk).read_text("utf-8")
    assert laid(desk) == {}


def test_a_clock_that_was_set_back_dates_no_post_ahead(open_desk: Any) -> None:
    desk = open_with_feeds(open_desk)
    desk.save("a.md", "title: 비가 온다")
    newsroom = desk.app.newsroom
    [(path, stat)] = newsroom.folder.scan().items()
    look_ahead(newsroom, path, stat)
    desk.late -= timedelta(hours=1)

    newsroom.look({path: stat}, ahead=True)

    [row] = newsroom.shelf.rows.values()
    assert row.first_seen <= desk.clock()
    assert "비가 온다" in desk.feed()
