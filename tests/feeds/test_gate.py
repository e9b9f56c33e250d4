import logging
from pathlib import Path

import pytest

from syndicate.config import Config
from syndicate.feeds import build_feeds, publish
from syndicate.feeds.gate import fault
from syndicate.model import Entry

TWINS = {
    "rss.xml": b"<rss><channel><item><guid>a</guid></item>"
    b"<item><guid>a</guid></item></channel></rss>",
    "atom.xml": b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id></entry>"
    b"<entry><id>a</id></entry></feed>",
    "feed.json": b'{"items": [{"id": "a"}, {"id": "a"}]}',
}


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
