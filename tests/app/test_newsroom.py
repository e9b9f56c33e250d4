import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from syndicate.errors import SetupError, StoreError
from syndicate.model import DeliveryState
from syndicate.posts.files import MOST

BREAKING = ("title: '[속보] 지진'", "breaking: true")


def test_what_is_there_at_the_first_run_is_told_to_nobody(desk: Any) -> None:
    desk.save("a.md", *BREAKING)
    desk.save("broken.md", "title: {{ x }}", "breaking: true")

    assert desk.look() == []

    desk.save("broken.md", *BREAKING)
    desk.reopen()

    assert desk.look() == []
    assert desk.feed().count("[속보] 지진") == 2


def test_an_empty_folder_is_a_baseline_too(open_desk: Any) -> None:
    desk = open_desk()
    desk.reopen()
    desk.save("a.md", *BREAKING)

    assert desk.look() == ["[속보] 지진"]


def test_a_breaking_post_is_told_to_every_channel_once(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)

    assert desk.look() == ["[속보] 지진"]
    assert desk.look() == []

    desk.reopen()

    assert desk.look() == []
    [alert] = desk.ledger()
    assert [each.channel for each in alert.deliveries] == ["one", "two"]
    assert alert.rule == "breaking"


def test_a_quiet_post_is_not_told(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다")

    assert desk.look() == []
    assert "비가 온다" in desk.feed()


def test_neither_an_edit_nor_a_move_tells_again(open_desk: Any) -> None:
    desk = open_desk()
    path = desk.save("a.md", *BREAKING)
    desk.look()
    identity = desk.app.newsroom.shelf.posts["a.md"].identity
    desk.save("a.md", *BREAKING, body="고친 본문입니다.")

    assert desk.look() == []

    path.rename(path.with_name("b.md"))

    assert desk.look() == []
    assert desk.app.newsroom.shelf.posts["b.md"].identity == identity
    assert "a.md" not in desk.app.newsroom.shelf.posts


def test_a_post_that_went_away_and_came_back_is_the_same(open_desk: Any) -> None:
    desk = open_desk()
    path = desk.save("a.md", *BREAKING)
    desk.look()
    identity = desk.app.newsroom.shelf.posts["a.md"].identity
    written = path.read_bytes()
    path.unlink()
    desk.look()

    assert "지진" not in desk.feed()

    desk.reopen()
    (path.parent / "2026").mkdir()
    (path.parent / "2026" / "c.md").write_bytes(written)

    assert desk.look() == []
    assert desk.app.newsroom.shelf.posts["2026/c.md"].identity == identity


def test_a_mark_added_later_is_an_act_and_a_title_is_not(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 지진")
    desk.look()
    desk.save("a.md", "title: '[속보] 지진'")

    assert desk.look() == []

    desk.save("a.md", *BREAKING)

    assert desk.look() == ["[속보] 지진"]

    desk.save("a.md", *BREAKING, body="더 고친 본문입니다.")

    assert desk.look() == []


def test_a_mark_added_before_a_build_is_heard_by_the_daemon(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 지진")
    desk.look()
    desk.save("a.md", *BREAKING)

    assert desk.app.build().look.unheard == ("a.md",)

    desk.reopen()

    assert desk.look() == ["[속보] 지진"]


def test_a_build_leaves_new_posts_to_the_daemon(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)

    assert desk.app.build().look.unheard == ("a.md",)
    assert desk.ledger() == []

    desk.reopen()

    assert desk.look() == ["[속보] 지진"]


def test_news_that_was_not_seen_in_time_is_shown_as_expired(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.late = timedelta(hours=1)
    desk.look()

    [alert] = desk.ledger()
    assert {each.state for each in alert.deliveries} == {DeliveryState.EXPIRED}


def test_a_post_of_tomorrow_waits_for_tomorrow(open_desk: Any) -> None:
    desk = open_desk()
    tomorrow = desk.clock() + timedelta(days=1)
    desk.save("a.md", *BREAKING, f"date: {tomorrow.isoformat()}")

    assert desk.look() == []
    assert "지진" not in desk.feed()
    assert desk.app.newsroom.shelf.next_due() is not None

    desk.late = timedelta(days=1, seconds=1)

    assert desk.look() == ["[속보] 지진"]
    assert "지진" in desk.feed()
    [alert] = desk.ledger()
    assert {each.state for each in alert.deliveries} == {DeliveryState.QUEUED}


def test_the_last_good_version_of_a_broken_post_stays_over_a_restart(
    open_desk: Any,
) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 온전한 글")
    desk.look()
    good = desk.feed()
    desk.save("a.md", "title: {{ x }}")
    desk.look()

    assert desk.feed() == good
    [problem] = desk.app.newsroom.problems()
    assert problem.place.endswith("a.md:2:8")
    assert problem.effect == (
        "post left out; its last good version stays; no alert sent"
    )

    desk.reopen()
    desk.look()

    assert desk.feed() == good


def test_a_problem_says_in_numbers_what_follows_from_it(open_desk: Any) -> None:
    desk = open_desk()
    for name in "abc":
        desk.save(f"{name}.md", f"title: {name}")
    desk.save("d.md", "title: {{ x }}")
    desk.save("e.md", "title: [e]")
    desk.look()
    broken, warned = desk.app.newsroom.problems()

    assert broken.effect == "post left out; 4 others are in the feed; no alert sent"
    assert warned.effect == ""


def test_a_post_that_says_it_is_not_published_leaves_the_feed(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 글")
    desk.look()
    desk.save("a.md", "title: 글", "published: false")
    desk.look()

    assert '"title":"글"' not in desk.feed().replace(": ", ":")


def test_a_look_that_failed_is_taken_again_whole(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    with desk.app.store.begin() as connection:
        connection.execute(text("ALTER TABLE deliveries RENAME TO away"))
    with pytest.raises(StoreError):
        desk.look()
    with desk.app.store.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO deliveries"))

    assert desk.look() == ["[속보] 지진"]


def test_nothing_is_read_again_that_has_not_changed(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 글")
    desk.look()
    desk.reopen()

    assert desk.app.newsroom.folder.scan() == {}


def test_every_start_tells_of_the_problems_that_stand(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: [속보] 제목")
    desk.save("b.md", "title: 글")
    desk.look()
    told = desk.app.newsroom.problems()
    good = desk.feed()
    desk.reopen()
    desk.look()

    assert [each.code for each in told] == ["FM013"]
    assert desk.app.newsroom.problems() == told
    assert desk.feed() == good
    assert len(desk.ledger()) == 1, "it asked for an alert, once"


def test_another_site_reads_its_posts_anew(open_desk: Any, tmp_path: Path) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 글")
    desk.look()
    config = tmp_path / "config.toml"
    config.write_text(config.read_text("utf-8").replace("news.ex", "other.ex"), "utf-8")
    desk.reopen()
    desk.look()

    assert "https://other.example/" in desk.feed()


def test_a_folder_that_cannot_be_read_is_no_empty_folder(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 글")
    desk.look()
    (desk.folder / "_posts").rename(desk.folder / "away")

    with pytest.raises(SetupError, match=r"posts\.dir"):
        desk.look()


def test_posts_stand_while_their_folder_is_a_link(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("시/a.md", "title: 시의 글")
    desk.save("b.md", "title: 다른 글")
    desk.look()
    folder, aside = desk.folder / "_posts" / "시", desk.folder / "aside"
    folder.rename(aside)
    folder.symlink_to(aside)
    desk.look()
    stood = desk.feed()
    [problem] = desk.app.newsroom.problems()
    folder.unlink()
    aside.rename(folder)
    desk.look()

    assert (problem.code, problem.file) == ("SL003", "_posts/시")
    assert "시의 글" in stood
    assert desk.feed() == stood
    assert not desk.app.newsroom.problems()


def test_an_alert_a_person_must_approve_is_held(desk: Any) -> None:
    config = desk.folder / "config.toml"
    config.write_text(
        config.read_text("utf-8") + '\n[alerts]\napproval = ["breaking"]\n', "utf-8"
    )
    desk.reopen()
    desk.look()
    desk.save("a.md", *BREAKING)
    desk.look()

    [alert] = desk.ledger()
    assert {each.state for each in alert.deliveries} == {DeliveryState.HELD}


def test_the_clock_says_when_a_post_is_no_news_any_more(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다")
    desk.look()
    desk.app.newsroom.stand.publish()
    sitemap = desk.folder / "feeds" / "news-sitemap.xml"

    assert "비가 온다" in sitemap.read_text("utf-8")
    assert not desk.app.newsroom.stand.is_due()
    assert desk.app.newsroom.stand.next_due() > desk.clock() + timedelta(hours=47)

    desk.late = timedelta(days=2)

    assert desk.app.newsroom.stand.is_due()
    assert desk.app.newsroom.stand.publish() == ["news-sitemap.xml"]
    assert "비가 온다" not in sitemap.read_text("utf-8")
    assert not desk.app.newsroom.stand.is_due()


@pytest.mark.parametrize("looks", [1, 2])
def test_a_post_moved_and_edited_at_once_is_the_same(
    open_desk: Any, looks: int
) -> None:
    """Git does both in one pull; the events of it may come in two looks."""
    desk = open_desk()
    path = desk.save("2026-05-18-a.md", *BREAKING, body="규모 4.1의 지진.")
    desk.look()
    identity = desk.app.newsroom.shelf.posts["2026-05-18-a.md"].identity
    path.unlink()
    if looks == 2:
        desk.look()
    desk.save("2026-05-18-b.md", *BREAKING, body="규모 4.3의 지진.")

    assert desk.look() == []
    assert desk.app.newsroom.shelf.posts["2026-05-18-b.md"].identity == identity


def test_a_mark_put_back_tells_nobody_anything_new(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", *BREAKING)
    desk.look()
    desk.save("a.md", "title: '[속보] 지진'", "breaking: false")
    desk.look()
    desk.save("a.md", *BREAKING)

    assert desk.look() == []


def test_a_name_that_is_no_text_is_a_problem_and_hurts_no_other_post(
    desk: Any,
) -> None:
    desk.save("good.md", "title: 온전한 글")
    (desk.folder / "_posts" / "a\udcff.md").write_text("---\ntitle: t\n---\n", "utf-8")
    desk.look()

    [problem] = desk.app.newsroom.problems()
    assert problem.code == "SL008"
    assert "온전한 글" in desk.feed()

    desk.reopen()
    desk.look()

    assert [each.code for each in desk.app.newsroom.problems()] == ["SL008"]


def test_a_move_is_known_though_its_leaving_was_not_heard_of_yet(
    open_desk: Any,
) -> None:
    """The two events of a rename may come in any order, and apart."""
    desk = open_desk()
    path = desk.save("a.md", *BREAKING)
    desk.look()
    newsroom = desk.app.newsroom
    identity = newsroom.shelf.posts["a.md"].identity
    path.rename(path.with_name("b.md"))
    arrived = {
        key: stat for key, stat in newsroom.folder.scan().items() if key == "b.md"
    }

    assert newsroom.look(arrived).alerts == ()
    assert newsroom.shelf.posts["b.md"].identity == identity
    assert "a.md" not in newsroom.shelf.posts


def test_a_copy_is_another_post(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 글")
    desk.look()
    desk.save("b.md", "title: 글")
    desk.look()

    assert len(desk.app.newsroom.shelf.posts) == 2


def test_a_feed_that_would_lose_most_posts_is_shown_and_tried_again(desk: Any) -> None:
    paths = [desk.save(f"{n}.md", f"title: 글 {n}") for n in range(8)]
    desk.look()
    good = desk.feed()
    away = [(path, path.read_text("utf-8")) for path in paths[1:]]
    for path, _ in away:
        path.unlink()
    desk.look()

    assert desk.feed() == good
    shut = desk.app.newsroom.stand.shut_out()
    assert {problem.file for problem in shut} == {
        "feeds/rss.xml",
        "feeds/atom.xml",
        "feeds/feed.json",
    }
    assert desk.app.newsroom.problems() == shut

    for path, said in away:
        path.write_text(said, "utf-8")
    desk.look()

    assert desk.feed() == good
    assert desk.app.newsroom.stand.shut_out() == ()


def test_feeds_laid_out_for_a_look_that_failed_are_let_go(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다")
    newsroom = desk.app.newsroom
    changed = newsroom.folder.scan()
    with desk.app.store.begin() as connection:
        connection.execute(text("ALTER TABLE posts RENAME TO lost"))

    with pytest.raises(StoreError):
        newsroom.look(changed, ahead=True)

    assert not list((desk.folder / "feeds").glob(".*"))
    with desk.app.store.begin() as connection:
        connection.execute(text("ALTER TABLE lost RENAME TO posts"))
    assert "비가 온다" not in desk.feed()
    newsroom.look(changed, ahead=True)
    assert "비가 온다" in desk.feed()


def test_a_post_whose_time_comes_after_its_look_is_published_then(desk: Any) -> None:
    soon = desk.clock() + timedelta(minutes=5)
    desk.save("a.md", "title: 비가 온다", f"date: {soon.isoformat()}")
    newsroom = desk.app.newsroom
    newsroom.look(newsroom.folder.scan(), ahead=True)
    assert "비가 온다" not in desk.feed()

    desk.late += timedelta(minutes=6)

    assert "비가 온다" in desk.feed()


def test_a_file_that_cannot_be_published_is_not_counted_as_new(desk: Any) -> None:
    desk.save("a.md", "title: 하나", "permalink: /같은/")
    desk.save("b.md", "title: 둘", "permalink: /같은/")
    newsroom = desk.app.newsroom

    look = newsroom.look(newsroom.folder.scan())

    assert (look.posts, look.new) == (1, ("a.md",))

    desk.save("b.md", "title: 둘", "permalink: /다른/")
    look = newsroom.look(newsroom.folder.scan())

    assert (look.posts, look.new, look.changed) == (2, (), ("b.md",))


SECRET = "whsec_cHV0LXRoZS1rZXktaGVyZQ=="
SUBSCRIBERS = """
[[channels]]
name = "apps"
kind = "webhook"
url = "https://own.example/"
secret = "{secret}"
recipients = "{file}"
"""


def test_an_alert_waits_for_a_list_of_recipients_that_cannot_be_used(
    desk: Any,
) -> None:
    def write(content: str) -> None:
        file.write_text(content)
        os.utime(file, (1e9 + len(content), 1e9 + len(content)))

    file = desk.folder / "subscribers.txt"
    write(f"acme https://acme.example/ {SECRET}\n")
    config = desk.folder / "config.toml"
    more = SUBSCRIBERS.format(secret=SECRET, file=file)
    config.write_text(config.read_text("utf-8") + more, "utf-8")
    desk.reopen()
    assert desk.look() == []
    write("half a li")
    desk.save("a.md", *BREAKING)

    newsroom = desk.app.newsroom
    look = newsroom.look(newsroom.folder.scan())
    assert "file of recipients" in str(look.trouble)
    assert "[속보] 지진" in desk.feed()  # readers do not wait for it
    assert desk.ledger() == []
    write(f"acme https://acme.example/ {SECRET}\n")
    assert desk.look() == ["[속보] 지진"]
    names = {each.name for alert in desk.ledger() for each in alert.deliveries}
    assert "apps, 2 recipients" in names


def test_a_broken_post_keeps_its_good_version_in_whatever_folder_it_lies(
    desk: Any,
) -> None:
    """On a site of several folders problems name files from ``config.toml`` on."""
    config = desk.folder / "config.toml"
    config.write_text(f"{config.read_text('utf-8')}\n[posts]\nalso = ['북/_posts']\n")
    (desk.folder / "북/_posts").mkdir(parents=True)
    desk.reopen()
    post = desk.save("../북/_posts/a.md", "title: 글")
    desk.look()
    post.write_text("---\ntitle: 글\ndate: 2026-13-45\n---\n", "utf-8")
    desk.look()
    [undated] = desk.app.newsroom.problems()
    post.write_bytes(b"x" * (MOST + 1))
    desk.look()
    [long] = desk.app.newsroom.problems()

    assert undated.file == long.file == "북/_posts/a.md"
    assert undated.effects == long.effects
    assert "last good version" in undated.effect


def test_a_broken_post_is_not_one_of_the_others(open_desk: Any) -> None:
    """Though the feed was chosen before its good version was written down again."""
    desk = open_desk()
    desk.save("a.md", "title: 글")
    desk.save("b.md", "title: 다른 글")
    desk.look()
    desk.feed()
    posts = desk.app.newsroom.shelf.posts
    posts["a.md"] = replace(posts["a.md"])
    desk.save("a.md", "title: 글", "date: 2026-13-45")
    desk.look()
    [undated] = desk.app.newsroom.problems()

    assert "1 other is in the feed" in undated.effect
