"""Plain text that looks like markup, and moments that many entries share."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from lxml import etree

from syndicate.config import Config
from syndicate.feeds import build_feeds
from syndicate.feeds.atom import told_apart
from syndicate.feeds.generator import plainly
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]
ATOM = "{http://www.w3.org/2005/Atom}"


def test_an_ampersand_in_plain_text_is_written_as_a_number(
    entry: MakeEntry, config: Config
) -> None:
    made = entry(
        title="1&2 < 3", excerpt="&copy 2", categories=["R&2"], html="<p>&amp;"
    )
    files = build_feeds([made], config)

    for name in ("rss.xml", "atom.xml"):
        assert b"<title>1&#x26;2 &#x3C; 3</title>" in files[name]
        assert "<title>뉴스 &#x26; 소식</title>".encode() in files[name]
        assert feedparser.parse(files[name]).entries[0].title == "1&2 < 3"
    assert b">R&#x26;2</category>" in files["rss.xml"]
    assert b"&lt;p&gt;&amp;amp;" in files["rss.xml"]


def test_what_is_long_is_looked_through_once() -> None:
    body = b"<content>" + b"&amp;" * 200_000 + b"</content>"

    assert plainly(body) == body


def test_an_end_tag_in_a_title_is_shown_and_is_none(
    entry: MakeEntry, config: Config
) -> None:
    files = build_feeds([entry(title="</p> & b", excerpt="x </b> & y")], config)

    rss = etree.fromstring(files["rss.xml"]).findtext("channel/item/title")
    atom = etree.fromstring(files["atom.xml"]).find(f"{ATOM}entry")
    assert rss == "<\N{WORD JOINER}/p> & b"
    assert atom is not None
    for name, text in (
        ("title", "&lt;/p&gt; &amp; b"),
        ("summary", "x &lt;/b&gt; &amp; y"),
    ):
        node = atom.find(ATOM + name)
        assert node is not None
        assert (node.get("type"), node.text) == ("html", text)


def updated(entries: list[Entry], config: Config) -> list[str]:
    feed = etree.fromstring(build_feeds(entries, config)["atom.xml"])
    return [node.text or "" for node in feed.iterfind(f"{ATOM}entry/{ATOM}updated")]


def test_entries_of_one_second_are_told_apart(entry: MakeEntry, config: Config) -> None:
    noon = entry(0).updated
    same = [entry(n, published=noon, updated=noon) for n in range(50)]
    alone = entry(99)

    found = updated([*same, alone], config)

    assert len(set(found)) == 51
    assert {each[:19] for each in found[:50]} == {"2024-05-18T12:00:00"}
    assert found[50].partition("T")[2] == "09:00:00+00:00"
    assert updated([*same[20:], alone], config) == found[20:]


@pytest.mark.parametrize("name", ["rss.xml", "feed.json"])
def test_other_formats_count_in_seconds(
    name: str, entry: MakeEntry, config: Config
) -> None:
    noon = entry(0).updated
    same = [entry(n, published=noon, updated=noon) for n in range(2)]

    assert b"12:00:00." not in build_feeds(same, config)[name]


def test_fractions_that_meet_move_on(entry: MakeEntry) -> None:
    """Those of 343 and 438 do."""
    noon = entry(0).updated

    made = [entry(n, published=noon, updated=noon) for n in (343, 438, 0)]
    first, second, alone = told_apart(made)

    assert (second - first).microseconds == 1
    assert alone == noon


def test_what_becomes_of_one_entry_gives_no_other_a_new_updated(
    entry: MakeEntry,
) -> None:
    day = entry(0).updated
    first, second, third = (entry(n, published=day, updated=day) for n in (1, 2, 3))
    later = replace(first, updated=day + timedelta(days=1))

    (alone,) = told_apart([first])
    two = list(told_apart([second, first]))

    assert list(told_apart([third, second, first]))[1:] == two, "another came"
    assert two[1] == alone
    assert list(told_apart([second, later])) == [two[0], later.updated], "a correction"


def test_a_correction_in_the_second_of_a_post_is_told_apart(entry: MakeEntry) -> None:
    noon = entry(0).updated
    corrected = [entry(n, updated=noon) for n in (1, 2)]

    found = list(told_apart([entry(0), *corrected]))

    assert found[0] == noon
    assert len(set(found)) == 3


def test_no_end_tag_is_left_in_any_plain_text(entry: MakeEntry) -> None:
    tag = "x </b> & y"
    site = {"url": "https://news.example", "title": tag, "author": tag}
    site |= {"description": tag}
    config = Config.model_validate({"site": site})
    made = entry(title=tag, authors=[tag], categories=[tag], excerpt=tag)
    files = build_feeds([made], config)

    rss = etree.fromstring(files["rss.xml"])
    html = {"description", "{http://purl.org/rss/1.0/modules/content/}encoded"}
    plain = [node.text or "" for node in rss.iter() if node.tag not in html]
    plain.append(rss.findtext("channel/description") or "")
    assert [text for text in plain if "</b>" in text] == []
    assert plain.count("x <\N{WORD JOINER}/b> & y") == 5
    atom = etree.fromstring(files["atom.xml"])
    names = [node.text for node in atom.iter(f"{ATOM}name")]
    assert names == ["x <\N{WORD JOINER}/b> & y"] * 2
