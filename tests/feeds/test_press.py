import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from threading import Timer
from typing import Any

import feedparser
import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.feeds.disk import DISK
from syndicate.feeds.edition import Edition
from syndicate.feeds.feed import Pages, formats
from syndicate.feeds.press import Press
from syndicate.feeds.select import Selected, select
from syndicate.model import Entry, FiledPost, Post

MakeEntry = Callable[..., Entry]
ATOM = "{http://www.w3.org/2005/Atom}"


class Room:
    """A folder of feeds, and posts whose entries are made when asked for."""

    def __init__(self, folder: Path, make: MakeEntry) -> None:
        self.make = make
        self.config = Config.model_validate(
            {
                "site": {
                    "url": "https://news.example",
                    "title": "솔바람 소식",
                    "language": "ko",
                },
                "feeds": {"dir": str(folder), "by": ["tag", "language"]},
            }
        )
        self.folder = folder
        self.press = Press(self.config)
        self.asked: list[str] = []
        self.lost: set[str] = set()
        self.posts: dict[int, FiledPost] = {}
        self.now = make().published + timedelta(hours=1)

    def save(self, number: int, **fields: Any) -> None:
        entry = self.make(number)
        about = {"path": f"{number}.md", "title": entry.title, "link": entry.link}
        post = Post(published=entry.published, **(about | fields))
        self.posts[number] = FiledPost(
            post=post, identity=entry.identity, first_seen=entry.published
        )

    def entries(self, posts: Sequence[FiledPost]) -> list[Entry]:
        self.asked += [filed.post.path for filed in posts]
        return [
            self.make(
                int(filed.post.path.removesuffix(".md")),
                title=filed.post.title,
                tags=filed.post.tags,
                language=filed.post.language or "ko",
            )
            for filed in posts
            if filed.post.path not in self.lost
        ]

    def selected(self) -> Selected:
        return select(self.posts.values(), now=self.now, config=self.config)

    def publish(self, selected: Selected | None = None) -> list[str]:
        return self.press.publish(selected or self.selected(), self.entries)

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture
def room(tmp_path: Path, entry: MakeEntry) -> Room:
    room = Room(tmp_path / "feeds", entry)
    room.save(0, tags=["지진"])
    room.save(1, tags=["지진", "R&D"], language="en")
    return room


def test_a_topic_has_a_feed_in_every_format_with_its_own_address(room: Room) -> None:
    room.publish()

    atom = etree.fromstring(room.read("tag/지진/atom.xml"))
    links = {node.get("rel"): node.get("href") for node in atom.iterfind(f"{ATOM}link")}
    address = "https://news.example/feeds/tag/%EC%A7%80%EC%A7%84/"
    assert atom.findtext(f"{ATOM}title") == "솔바람 소식 · 태그: 지진"
    assert atom.findtext(f"{ATOM}id") == links["self"] == f"{address}atom.xml"
    assert links["alternate"] == "https://news.example/"
    rss = feedparser.parse(room.read("tag/지진/rss.xml"))
    assert not rss.bozo
    assert rss.feed.title == "솔바람 소식 · 태그: 지진"
    assert [each.title for each in rss.entries] == ["소식 0", "소식 1"]
    assert f"{address}feed.json".encode() in room.read("tag/지진/feed.json")


def test_a_feed_of_one_language_says_so(room: Room) -> None:
    room.publish()

    assert b"<language>en</language>" in room.read("language/en/rss.xml")
    assert b"<dc:language>" not in room.read("language/en/rss.xml")
    assert b"<dc:language>en" in room.read("rss.xml")


def test_only_what_a_post_touches_is_written_again(room: Room) -> None:
    room.publish()
    before = room.selected()
    room.publish(before)
    room.asked.clear()
    calm = {each.folder: each for each in before.feeds}
    room.save(2, tags=["지진"])
    after = room.selected()
    after = Selected(
        feeds=[
            calm.get(each.folder, each) if "r-d" in each.folder else each
            for each in after.feeds
        ],
        topics=after.topics,
        news=after.news,
        until=after.until,
    )

    changed = [each.folder for each in room.press.changed(after)]
    names = room.publish(after)

    assert sorted(changed) == ["", "language/en/", "language/ko/", "tag/지진/"]
    assert {name.rpartition("/")[0] for name in names} == {
        "",
        "tag/지진",
        "language/ko",
    }
    assert "feeds.opml" not in names
    assert room.asked.count("2.md") == 4  # three feeds and the page


def test_a_feed_that_somebody_removed_comes_back(room: Room) -> None:
    selected = room.selected()
    room.publish(selected)
    (room.folder / "tag/지진/rss.xml").unlink()
    os.utime(room.folder / "tag/지진", (1, 1))

    assert room.publish(selected) == ["tag/지진/rss.xml"]
    assert room.publish(selected) == []

    rmtree(room.folder / "tag/지진")

    assert len(room.publish(selected)) == len(formats())


def test_a_feed_that_lacks_an_entry_is_tried_again(room: Room) -> None:
    selected = room.selected()
    room.lost = {"1.md"}
    room.publish(selected)
    room.lost = set()

    assert "tag/r-d/rss.xml" in room.publish(selected)
    assert "소식 1".encode() in room.read("tag/r-d/rss.xml")


def test_the_same_posts_give_the_same_bytes(room: Room, tmp_path: Path) -> None:
    room.publish()
    other = Room(tmp_path / "other", room.make)
    other.posts = dict(reversed(room.posts.items()))
    other.publish()

    for path in room.folder.rglob("*.*"):
        same = other.folder / path.relative_to(room.folder)
        assert same.read_bytes() == path.read_bytes()


def test_a_topic_without_posts_is_retired_even_by_another_process(room: Room) -> None:
    room.publish()
    room.save(1, tags=["지진"])
    room.press = Press(room.config)
    room.publish()

    assert list((room.folder / "tag/r-d").iterdir()) == []
    assert b"r-d" not in room.read("feeds.opml")

    room.posts.clear()
    room.publish()

    assert list((room.folder / "tag/지진").iterdir()) == []
    assert (room.folder / "rss.xml").exists()

    room.save(1, tags=["R&D"])
    room.publish()

    assert (room.folder / "tag/r-d/rss.xml").exists()


def test_the_news_of_two_days_stand_in_the_sitemap(room: Room) -> None:
    room.publish()

    assert room.read("news-sitemap.xml").count(b"<url>") == 2

    room.now += timedelta(hours=47)

    assert room.publish() == ["news-sitemap.xml"]
    assert room.read("news-sitemap.xml").count(b"<url>") == 0


def test_the_page_is_written_anew_when_it_says_something_else(room: Room) -> None:
    assert room.publish()[-2:] == ["index.html", "index.en.html"]
    assert room.publish() == []

    room.save(2, tags=["새것"])

    assert room.publish()[-2:] == ["index.html", "index.en.html"]
    assert "새것" in room.read("index.html").decode()


def test_somebodys_own_page_is_left_alone(room: Room) -> None:
    room.folder.mkdir()
    (room.folder / "index.html").write_text("<title>my own</title>")

    assert "index.html" not in room.publish()
    assert room.read("index.html") == b"<title>my own</title>"


def test_what_was_laid_out_is_shown_by_the_next_publication(room: Room) -> None:
    room.publish()
    before = room.read("rss.xml")
    room.save(2, tags=["지진"])
    selected = room.selected()

    room.press.lay_out(selected, room.entries)

    assert room.read("rss.xml") == before

    names = room.publish(selected)

    assert sorted(names[:3]) == ["atom.xml", "feed.json", "rss.xml"]
    assert "tag/지진/rss.xml" in names
    assert "소식 2".encode() in room.read("rss.xml")
    assert not list(room.folder.glob(".*"))


def test_what_was_laid_out_is_shown_once(room: Room) -> None:
    every = room.selected()
    alone = Selected(feeds=[every.site], topics=[], news=every.news, until=every.until)
    room.press.lay_out(alone, room.entries)

    assert "rss.xml" in room.publish(alone)
    assert room.publish(alone) == []


def test_what_is_not_to_be_shown_any_more_is_let_go(room: Room) -> None:
    room.publish()
    room.save(2)
    room.press.lay_out(room.selected(), room.entries)
    room.save(3)

    room.publish()

    assert "소식 3".encode() in room.read("rss.xml")
    assert not list(room.folder.glob(".*"))


def test_what_was_laid_out_for_a_post_that_is_gone_again_is_not_shown(
    room: Room,
) -> None:
    """What is to stand in the feeds lies there already, so nothing is written over it."""
    room.publish()
    before = room.read("rss.xml")
    room.save(2)
    room.press.lay_out(room.selected(), room.entries)
    del room.posts[2]

    assert room.publish() == []
    assert room.read("rss.xml") == before


def test_a_feed_laid_out_before_a_document_was_closed_leads_to_it(room: Room) -> None:
    selected = room.selected()
    room.press.lay_out(selected, room.entries)
    room.press.pages = Pages(previous=1)

    room.publish(selected)

    assert b"archive/1/rss.xml" in room.read("rss.xml")


def test_where_another_publisher_is_at_work_nothing_is_laid_out(room: Room) -> None:
    """Whoever lays out is about to write down, and waits for nobody."""
    room.publish()
    room.save(2)
    selected = room.selected()
    other = Edition(room.folder)
    leaving = Timer(2, other.close)
    leaving.start()

    room.press.lay_out(selected, room.entries)

    assert leaving.is_alive()
    assert not list(room.folder.glob(".*"))
    leaving.cancel()
    other.close()
    room.publish(selected)

    assert "소식 2".encode() in room.read("rss.xml")


def test_what_is_laid_out_last_counts(room: Room) -> None:
    room.publish()
    for number in (2, 3):
        room.save(number)
        room.press.lay_out(room.selected(), room.entries)

    laid = [path.read_bytes() for path in room.folder.glob(".*")]

    assert len(laid) == 2 * len(formats())  # of the site, and of its topic
    assert all("소식 3".encode() in each for each in laid)


def test_what_lies_ready_as_it_is_wanted_is_not_laid_out_again(room: Room) -> None:
    room.publish()
    room.save(2)
    selected = room.selected()
    entries = {id(each.posts): room.entries(each.posts) for each in selected.feeds}

    def ready() -> set[str]:
        return {path.name for path in room.folder.glob(".*")}

    room.press.lay_out(selected, lambda posts: entries[id(posts)])
    first = ready()
    room.press.lay_out(selected, lambda posts: entries[id(posts)])

    assert ready() == first

    room.press.lay_out(selected, room.entries)  # which makes entries anew

    assert len(ready()) == len(first)
    assert ready().isdisjoint(first)


def test_a_loss_that_was_never_shown_is_none_the_next_time(room: Room) -> None:
    """Only what readers have is what a new file is compared with."""
    for number in range(20):
        room.save(number)
    room.publish()
    every = room.posts
    room.posts = {number: every[number] for number in range(11)}
    room.press.lay_out(room.selected(), room.entries)
    DISK.let_go()  # once all of it is judged
    room.press.discard()
    room.posts = {number: every[number] for number in range(9)}

    assert "rss.xml" not in room.publish()
    assert "rss.xml" in room.press.gate.problems


def test_a_feed_that_cannot_be_laid_out_leaves_the_folder_to_others(room: Room) -> None:
    def broken(_posts: Sequence[FiledPost]) -> list[Entry]:
        raise RuntimeError("no entries")

    try:
        room.press.lay_out(room.selected(), broken)
    except RuntimeError as error:
        kept = error  # and with it what its frames hold
    Edition(room.folder, patient=False).close()

    assert str(kept) == "no entries"


def test_an_entry_made_anew_is_not_shown_as_it_was_laid_out(room: Room) -> None:
    selected = room.selected()
    room.publish(selected)
    room.save(2)
    selected = room.selected()
    room.press.lay_out(selected, room.entries)

    room.press.again({room.posts[2].identity})

    assert not list(room.folder.glob(".*"))


def test_nothing_is_laid_out_where_nothing_changed(room: Room) -> None:
    selected = room.selected()
    room.publish(selected)

    room.press.lay_out(selected, room.entries)

    assert not list(room.folder.glob(".*"))
    assert room.publish(selected) == []


def test_a_disk_that_refuses_is_told_by_the_publication(room: Room) -> None:
    room.folder.parent.mkdir(exist_ok=True)
    room.folder.touch()

    room.press.lay_out(room.selected(), room.entries)

    with pytest.raises(SetupError, match="File exists"):
        room.publish()


def test_readers_are_given_the_feeds_before_what_leads_to_them(room: Room) -> None:
    there: list[bool] = []

    room.press.publish(
        room.selected(),
        room.entries,
        pause=lambda: there.extend(
            (room.folder / name).exists() for name in ("rss.xml", "index.html")
        ),
    )

    assert there == [True, False]


def test_an_entry_written_ahead_stands_in_the_feed_as_any_other(room: Room) -> None:
    (entry,) = room.entries([room.posts[0]])
    room.press.write_ahead(entry)
    room.publish()

    assert "소식 0".encode() in room.read("rss.xml")


def test_a_feed_made_of_its_earlier_version_is_as_one_made_anew(
    room: Room, tmp_path: Path
) -> None:
    for number in range(2, 12):
        room.save(number, tags=["지진", "태풍"])
    room.publish()
    for number, title in ((4, "정정"), (12, "속보"), (7, "정정 </p>")):
        room.save(number, title=title, tags=["지진"])
        room.publish()
    room.save(12, title="속보", tags=[], language="en")
    del room.posts[5]
    room.publish()

    anew = Room(tmp_path / "anew", room.make)
    anew.posts = room.posts
    names = anew.publish()
    assert len([name for name in names if name.endswith("feed.json")]) == 6
    for name in names:
        assert room.read(name) == anew.read(name)
