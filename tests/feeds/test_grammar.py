"""Atom against a grammar of RFC 4287: whatever posts say, the feed stays in it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.feeds.build import cleaned, write_feed
from syndicate.feeds.feed import Feed, Pages, formats, site_feed
from syndicate.feeds.tombstones import Tombstone, write_tombstones
from syndicate.model import Enclosure, Entry, Episode

MakeEntry = Callable[..., Entry]
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
[ATOM] = [each for each in formats() if each.file == "atom.xml"]
NASTY = "</p>&\x00<b>]]>'\" \u2028\ud800 비"


@pytest.fixture
def feed(
    entry: MakeEntry, full_entry: Entry, config: Config
) -> Callable[[Pages], Feed]:
    """Give what makes a feed that has everything, at some place of the archive."""
    noon = entry().updated
    loud = Enclosure(url="https://a.example/1.mp3", type="audio/mpeg", length=5)
    entries = [
        full_entry,
        entry(2, title=NASTY, excerpt=NASTY, html=NASTY, authors=[NASTY], tags=[NASTY]),
        entry(3, updated=noon, enclosures=(loud,), episode=Episode(number=1)),
        entry(4, updated=noon, enclosures=(Enclosure(url="https://a.example/2"),)),
    ]
    whole = site_feed(list(cleaned(entries)), config)
    return lambda pages: replace(whole, pages=pages)


def valid(content: bytes) -> bool:
    if GRAMMAR.validate(etree.fromstring(content)):
        return True
    pytest.fail(str(GRAMMAR.error_log))


@pytest.mark.parametrize(
    "pages",
    [
        Pages(),
        Pages(previous=3),
        Pages(number=1, following=2, is_closed=True),
        Pages(number=4, previous=3),
    ],
)
def test_a_feed_keeps_to_the_grammar(
    feed: Callable[[Pages], Feed], pages: Pages
) -> None:
    assert valid(write_feed(ATOM, feed(pages)))


def test_an_empty_feed_keeps_to_it(bare_config: Config) -> None:
    assert valid(write_feed(ATOM, site_feed([], bare_config)))


def test_a_feed_with_tombstones_keeps_to_it(
    feed: Callable[[Pages], Feed], entry: MakeEntry
) -> None:
    gone = Tombstone(
        identity="tag:a,2024:1",
        link="https://news.example/1",
        when=entry().updated,
        reason=NASTY,
    )

    assert valid(write_tombstones(feed(Pages()), [gone]))


def test_the_grammar_finds_what_is_wrong(feed: Callable[[Pages], Feed]) -> None:
    content = write_feed(ATOM, feed(Pages()))

    for good, bad in [
        (b"<published>", b"<published>at "),
        (b' rel="self"', b' rel="myself"'),
        (b"<summary", b"<excerpt/><summary"),
        (b'href="https', b'href="/https'),
    ]:
        assert not GRAMMAR.validate(etree.fromstring(content.replace(good, bad, 1)))
