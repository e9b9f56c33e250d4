import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from syndicate.config import Config
from syndicate.feeds import build_feeds, publish
from syndicate.feeds.feed import formats
from syndicate.feeds.gate import HELD, Gate, fault
from syndicate.model import Entry

TWINS = {
    "rss.xml": b"<rss><channel><item><guid>a</guid></item>"
    b"<item><guid>a</guid></item></channel></rss>",
    "atom.xml": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id></entry>"
    b"<entry><id>a</id></entry></feed>",
    "feed.json": b'{"items": [{"id": "a"}, {"id": "a"}]}',
}

GATED = [each.file for each in formats() if each.identities]
"""Feeds whose entries can be read back: of others nobody can tell what they lose."""


def test_what_is_written_here_passes(config: Config, full_entry: Entry) -> None:
    for name, content in build_feeds([full_entry], config).items():
        assert fault(f"tag/a/{name}", content) is None


@pytest.mark.parametrize("name", TWINS)
def test_two_entries_of_one_identity_do_not_pass(name: str) -> None:
    assert fault(name, TWINS[name]) == "two entries are a"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rss.xml", b"<rss><channel><item></channel></rss>"),
        ("atom.xml", b"<feed>&nbsp;</feed>"),
        ("feed.json", b'{"items": ['),
        ("feed.json", b"{}"),
        ("feed.json", b"[]"),
        ("news-sitemap.xml", b"<urlset>"),
        ("feeds.opml", b""),
        ("rss.xml", b"<rss><channel><item><guid/></item></channel></rss>"),
    ],
)
def test_what_is_broken_does_not_pass(name: str, content: bytes) -> None:
    assert fault(name, content)


def test_what_is_no_feed_passes() -> None:
    assert fault("index.html", b"<p>") is None


def test_the_last_good_file_stands_and_the_fault_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(tmp_path, {"rss.xml": b"<rss/>", "atom.xml": b"<feed/>"}, fault=fault)
    new = {"rss.xml": TWINS["rss.xml"], "atom.xml": b"<feed></feed>"}

    with caplog.at_level(logging.ERROR):
        changed = publish(tmp_path, new, fault=fault)

    assert changed == ["atom.xml"]
    assert (tmp_path / "rss.xml").read_bytes() == b"<rss/>"
    assert "rss.xml is not replaced" in caplog.text
    assert "two entries are a" in caplog.text


class Door:
    """A gate, a folder and a clock."""

    def __init__(
        self, folder: Path, config: Config, make: Callable[..., Entry]
    ) -> None:
        self.folder = folder
        self.config = config
        self.make = make
        self.now = 0.0
        self.gate = self.fresh()

    def fresh(self) -> Gate:
        called = Path("feeds")
        return Gate(self.folder, called=called, full=12, clock=lambda: self.now)

    def write(self, number: int, folder: str = "") -> list[str]:
        """Publish feeds of so many entries; gives the names that changed."""
        built = build_feeds([self.make(n) for n in range(number)], self.config)
        files = {folder + name: built[name] for name in GATED}
        self.gate.open()
        return publish(self.folder, files, fault=self.gate.fault)


@pytest.fixture
def door(tmp_path: Path, config: Config, entry: Callable[..., Entry]) -> Door:
    return Door(tmp_path, config, entry)


def test_a_feed_that_would_lose_most_of_its_entries_waits(door: Door) -> None:
    assert len(door.write(10)) == len(GATED)

    assert door.write(4) == []

    problem = door.gate.problems["rss.xml"]
    assert (problem.code, problem.file) == ("FD002", "feeds/rss.xml")
    assert problem.message == "rss.xml would lose 6 of its 10 entries"
    assert door.gate.is_shut("")
    assert not door.gate.is_shut("tag/a/")


def test_another_process_knows_what_would_be_lost(door: Door) -> None:
    door.write(10)
    door.gate = door.fresh()

    assert door.write(0) == []


def test_a_loss_that_lasts_is_believed(door: Door) -> None:
    door.write(10)
    door.write(0)
    door.now = HELD - 1
    assert door.write(0) == []

    door.now = HELD

    assert len(door.write(0)) == len(GATED)
    assert door.gate.problems == {}


def test_what_comes_back_has_never_been_away(door: Door) -> None:
    door.write(10)
    door.write(0)
    door.now = HELD - 1

    assert door.write(10) == []
    assert door.gate.problems == {}
    door.now = HELD
    assert door.write(0) == []


@pytest.mark.parametrize(("before", "after"), [(10, 5), (4, 0), (30, 12)])
def test_a_small_loss_goes_at_once(door: Door, before: int, after: int) -> None:
    """Half of them, fewer than five, or all that a feed made shorter can hold."""
    door.write(before)

    assert len(door.write(after)) == len(GATED)


def test_what_somebody_removed_is_not_missed(door: Door) -> None:
    door.write(10)
    for path in door.folder.iterdir():
        path.unlink()
    door.gate = door.fresh()

    assert len(door.write(0)) == len(GATED)


def test_a_document_of_the_archive_may_lose_what_it_holds(door: Door) -> None:
    door.write(10, "archive/1/")

    assert len(door.write(0, "archive/1/")) == len(GATED)


def test_a_broken_feed_is_a_problem(tmp_path: Path, door: Door) -> None:
    publish(tmp_path, {"rss.xml": TWINS["rss.xml"]}, fault=door.gate.fault)

    problem = door.gate.problems["rss.xml"]
    assert problem.code == "FD001"
    assert problem.message == "rss.xml is not replaced: two entries are a"


def test_a_broken_feed_on_the_disk_protects_nothing(tmp_path: Path, door: Door) -> None:
    (tmp_path / "rss.xml").write_bytes(b"<rss>")

    assert "rss.xml" in door.write(0)
