"""The archive, walked as a reader walks it."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from syndicate.app.archiving import PLENTY, Archive
from syndicate.app.entries import Entries
from syndicate.app.gallery import Gallery
from syndicate.feeds.gate import Gate
from syndicate.store.pictures import PictureRow, save_pictures

ATOM = "{http://www.w3.org/2005/Atom}"
FH = "{http://purl.org/syndication/history/1.0}"
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
SIZE = 3


@pytest.fixture
def archive(desk: Any) -> Any:
    """A desk that keeps an archive and has published seven posts."""
    config = desk.folder / "config.toml"
    feeds = f"[feeds]\narchive = true\nentries = {SIZE}\n\n[[channels]]"
    text = config.read_text("utf-8").replace("[[channels]]", feeds, 1)
    config.write_text(text, "utf-8")
    desk.reopen()
    for number in range(7):
        save(desk, number)
    publish(desk)
    return desk


def save(desk: Any, number: int, **said: Any) -> None:
    when = said.pop("when", FIRST + timedelta(hours=number))
    desk.save(
        f"{number}.md", f"title: 소식 {number}", f"date: {when.isoformat()}", **said
    )


def publish(desk: Any) -> list[str]:
    desk.look()
    files: list[str] = desk.app.newsroom.stand.publish()
    return files


def links(content: bytes) -> dict[str, str]:
    nodes = etree.fromstring(content).iter(f"{ATOM}link")
    return {node.get("rel", ""): node.get("href", "") for node in nodes}


def walk(desk: Any, file: str = "atom.xml") -> Iterator[bytes]:
    """Follow ``prev-archive`` from the subscription on."""
    address: str | None = f"https://news.example/feeds/{file}"
    while address:
        path = urlsplit(address).path.removeprefix("/feeds/")
        yield (found := (desk.folder / "feeds" / path).read_bytes())
        address = links(found).get("prev-archive")


def titles(content: bytes) -> list[str]:
    return [
        each.title.removeprefix("소식 ") for each in feedparser.parse(content).entries
    ]


def link_to(name: str) -> str:
    return f"https://news.example/{name}/"


def closed(desk: Any) -> dict[str, bytes]:
    """Give every file of a closed document."""
    files = Path(desk.folder, "feeds", "archive").rglob("*.xml")
    every = {str(path.relative_to(desk.folder)): path.read_bytes() for path in files}
    return {
        name: content for name, content in every.items() if b"fh:archive" in content
    }


@pytest.mark.parametrize("file", ["atom.xml", "rss.xml"])
def test_a_reader_finds_every_post(archive: Any, file: str) -> None:
    found = [titles(each) for each in walk(archive, file)]

    assert found == [["6", "5", "4"], ["5", "4", "3"], ["2", "1", "0"]]


@pytest.mark.parametrize("file", ["atom.xml", "rss.xml"])
def test_documents_lead_to_each_other(archive: Any, file: str) -> None:
    live, second, first = walk(archive, file)
    at = "https://news.example/feeds/"

    assert links(live)["prev-archive"] == f"{at}archive/2/{file}"
    assert not {"next-archive", "current"} & links(live).keys()
    assert links(second)["self"] == f"{at}archive/2/{file}"
    assert links(second)["current"] == f"{at}{file}"
    assert links(second)["next-archive"] == f"{at}archive/3/{file}"
    assert links(first)["next-archive"] == f"{at}archive/2/{file}"
    assert "prev-archive" not in links(first)
    for document in (second, first):
        assert len([*etree.fromstring(document).iter(f"{FH}archive")]) == 1
    assert b"fh:" not in live


def test_every_document_is_a_part_of_one_feed(archive: Any) -> None:
    names = [etree.fromstring(each).findtext(f"{ATOM}id") for each in walk(archive)]

    assert names == ["https://news.example/feeds/atom.xml"] * 3


def test_the_open_document_is_no_archive_yet(archive: Any) -> None:
    content = (archive.folder / "feeds/archive/3/atom.xml").read_bytes()

    assert titles(content) == ["6"]
    assert links(content)["prev-archive"].endswith("/archive/2/atom.xml")
    assert b"fh:archive" not in content
    assert not (archive.folder / "feeds/archive/3/feed.json").exists()


def test_what_is_closed_stays_when_posts_come(archive: Any) -> None:
    before = closed(archive)
    for number in range(7, 30):
        save(archive, number)
        publish(archive)
        seen = {title for each in walk(archive) for title in titles(each)}
        assert seen == {str(n) for n in range(number + 1)}
        assert before.items() <= closed(archive).items()
        before = closed(archive)

    archive.reopen()

    assert publish(archive) == []
    assert len(before) == 2 * 9


def test_a_post_rewrites_the_open_document_alone(archive: Any) -> None:
    save(archive, 7)

    files = [name for name in publish(archive) if name.startswith("archive/")]

    assert files == ["archive/3/atom.xml", "archive/3/rss.xml"]


def test_a_post_with_an_old_date_closes_a_document_of_its_own(archive: Any) -> None:
    before = closed(archive)
    save(archive, 99, when=FIRST - timedelta(days=1))
    publish(archive)

    assert before.items() <= closed(archive).items()
    assert [titles(each) for each in walk(archive)][:2] == [
        ["6", "5", "4"],
        ["6", "99"],
    ]


def test_a_correction_rewrites_the_document_it_stands_in(archive: Any) -> None:
    save(archive, 1, body="고친 글입니다.")

    files = publish(archive)

    assert [each for each in files if "archive" in each] == [
        "archive/1/atom.xml",
        "archive/1/rss.xml",
    ]
    assert "고친 글입니다" in (archive.folder / "feeds" / files[-1]).read_text("utf-8")


def test_a_post_that_goes_moves_no_other(archive: Any) -> None:
    (archive.folder / "_posts" / "1.md").unlink()
    publish(archive)

    assert [titles(each) for each in walk(archive)] == [
        ["6", "5", "4"],
        ["5", "4", "3"],
        ["2", "0"],
    ]

    save(archive, 1)
    publish(archive)

    assert titles([*walk(archive)][-1]) == ["2", "1", "0"]


def test_a_post_to_come_is_not_archived(archive: Any) -> None:
    save(archive, 8, when=datetime.now(UTC) + timedelta(days=1))
    publish(archive)

    assert all("8" not in titles(each) for each in walk(archive))


def test_a_document_that_somebody_removed_comes_back(archive: Any) -> None:
    gone = archive.folder / "feeds/archive/1/rss.xml"
    before = gone.read_bytes()
    gone.unlink()

    assert publish(archive) == ["archive/1/rss.xml"]
    assert gone.read_bytes() == before


def test_a_document_that_lacks_a_post_is_tried_again(archive: Any) -> None:
    for name in ("archive/1/atom.xml", "archive/1/rss.xml"):
        (archive.folder / "feeds" / name).unlink()
    with archive.app.store.begin() as connection:
        connection.exec_driver_sql("DELETE FROM entries")
        connection.exec_driver_sql("UPDATE archive SET mark = ''")
    path = archive.folder / "_posts" / "1.md"
    text = path.read_text("utf-8")
    archive.reopen()
    archive.look()
    path.write_text("---\ntitle: {{ x }}\n---\n", "utf-8")
    archive.app.newsroom.stand.publish()

    assert titles([*walk(archive)][-1]) == ["2", "0"]

    path.write_text(text, "utf-8")
    archive.app.newsroom.stand.publish()

    assert titles([*walk(archive)][-1]) == ["2", "1", "0"]


def test_a_closed_document_says_what_was_measured_when_it_was_closed(
    archive: Any,
) -> None:
    url = "https://elsewhere.example/{}.png"
    for number in range(7):
        save(archive, number, body=f"![글]({url.format(number)})")
    publish(archive)
    before = closed(archive)
    rows = [
        PictureRow(
            url=url.format(number),
            checked_at=FIRST,
            due_at=FIRST,
            type="image/png",
            length=9,
            width=800,
            height=600,
        )
        for number in (0, 6)
    ]
    with archive.app.store.begin() as connection:
        save_pictures(connection, rows)
    archive.reopen()
    publish(archive)

    assert closed(archive) == before

    for number in range(7, 10):
        save(archive, number)
    publish(archive)
    after = closed(archive)

    assert after.items() > before.items()
    assert b'width="800"' in after["feeds/archive/3/atom.xml"]


def test_entries_of_the_archive_are_kept_and_not_in_memory(archive: Any) -> None:
    newsroom = archive.app.newsroom
    with archive.app.store.read() as connection:
        [kept] = connection.exec_driver_sql("SELECT count(*) FROM entries").one()

    assert kept == 7
    assert newsroom.stand.entries.fresh == {}


def test_several_processes_write_the_archive_that_one_would(archive: Any) -> None:
    """One post goes while it is written; some ask for the address of another."""
    config = archive.folder / "config.toml"
    text = config.read_text("utf-8").replace(f"entries = {SIZE}", "entries = 50")
    config.write_text(text, "utf-8")
    for number in range(7, PLENTY + 7):
        body = f"{{% post_url {number - 1} %}}" if number % 50 == 0 else "**글**"
        save(archive, number, body=body)
    archive.reopen()
    archive.look()
    (archive.folder / "_posts" / "100.md").unlink()
    app, config = archive.app, archive.app.config

    found = []
    for hands in (2, 0):
        shutil.rmtree(archive.folder / "feeds")
        with app.store.begin() as connection:
            connection.exec_driver_sql("DELETE FROM entries")
            connection.exec_driver_sql("DELETE FROM archive")
        whole = Archive(config, app.store, reader="r", hands=partial(int, hands))
        posts = app.newsroom.shelf.posts.values()
        whole.close(posts, subscribed=[], now=archive.clock())
        entries = Entries(
            config,
            "r",
            shelved=lambda _: {},
            links=link_to,
            gallery=Gallery(config, dict),
        )
        gate = Gate(config.feeds_dir, called=Path("feeds"), full=50)
        whole.publish(entries, gate)
        with app.store.read() as connection:
            kept = connection.exec_driver_sql(
                "SELECT identity, record FROM entries ORDER BY identity"
            )
            found.append((closed(archive), kept.all()))

    assert found[0] == found[1]
    assert len(found[0][0]) >= 2 * PLENTY // 50
    assert len(found[0][1]) == PLENTY + 6


def test_without_an_archive_nothing_points_there(desk: Any) -> None:
    for number in range(40):
        save(desk, number)
    publish(desk)

    assert not (desk.folder / "feeds" / "archive").exists()
    assert "prev-archive" not in (desk.folder / "feeds" / "atom.xml").read_text("utf-8")
    assert len(json.loads(desk.feed())["items"]) == 30
