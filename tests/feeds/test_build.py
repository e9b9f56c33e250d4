import json
import locale
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicate.config import Config
from syndicate.feeds import build_feeds
from syndicate.feeds.build import write_feed
from syndicate.feeds.clean import clean
from syndicate.feeds.feed import Feed, Format, formats, site_feed
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]

RSS_TITLES = "channel/item/title"
ATOM_TITLES = "{*}entry/{*}title"

NASTY = [
    "R&D <script>alert(1)</script>",
    "끝 ]]> 시작",
    "&amp; &lt; &#0;",
    "👩‍👩‍👧 🇰🇷 e\u0301",
    "\u202eפסק דין\u202c",
    "널\x00 이스케이프\x1b[31m",
    "줄\n바꿈",
    "\"따옴표\" '하나'",
]


def titles(files: dict[str, bytes]) -> dict[str, list[str | None]]:
    rss = etree.fromstring(files["rss.xml"]).iterfind(RSS_TITLES)
    atom = etree.fromstring(files["atom.xml"]).iterfind(ATOM_TITLES)
    return {
        "rss.xml": [(node.text or "").replace("\N{WORD JOINER}", "") for node in rss],
        "atom.xml": [
            unescape(node.text or "") if node.get("type") == "html" else node.text
            for node in atom
        ],
        "feed.json": [
            item["title"] for item in json.loads(files["feed.json"])["items"]
        ],
    }


def in_every_format(expected: list[str]) -> dict[str, list[str]]:
    return dict.fromkeys(["rss.xml", "atom.xml", "feed.json"], expected)


def test_every_format_is_written(config: Config, entry: MakeEntry) -> None:
    assert set(build_feeds([entry()], config)) == {each.file for each in formats()}


def test_nasty_titles_come_back_as_they_were(config: Config, entry: MakeEntry) -> None:
    entries = [entry(n, title=title) for n, title in enumerate(NASTY)]

    files = build_feeds(entries, config)

    assert titles(files) == in_every_format([clean(title) for title in NASTY])
    assert not feedparser.parse(files["rss.xml"]).bozo
    assert not feedparser.parse(files["atom.xml"]).bozo


@settings(max_examples=settings().max_examples // 2)
@given(words=st.lists(st.text(), min_size=8, max_size=8))
def test_any_text_makes_a_feed(words: list[str]) -> None:
    config = Config.model_validate(
        {"site": {"url": "https://news.example", "title": words[0], "author": words[1]}}
    )
    entry = make(words)

    files = build_feeds([entry, replace(entry, identity="tag:other")], config)

    (first, second) = titles(files)["rss.xml"]
    assert first == second
    assert titles(files) == in_every_format([first or "", second or ""])


def make(words: list[str]) -> Entry:
    when = datetime(2024, 5, 18, tzinfo=UTC)
    return Entry(
        identity="tag:one",
        title=words[2],
        link="https://news.example/",
        published=when,
        updated=when,
        excerpt=words[3],
        html=words[4],
        authors=[words[5]],
        categories=[words[6]],
        tags=[words[7]],
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"title": None},
        {"html": None},
        {"published": "today"},
        {"authors": [None]},
        {"identity": "\0"},
        {"link": ""},
    ],
)
def test_an_entry_that_is_none_costs_only_itself(
    config: Config, entry: MakeEntry, fields: dict[str, Any]
) -> None:
    bad = entry(1, **fields)

    files = build_feeds([entry(0), bad, entry(2)], config)

    assert titles(files) == in_every_format(["소식 0", "소식 2"])


@pytest.mark.parametrize("field", ["published", "updated"])
def test_a_date_without_a_zone_costs_its_entry_and_is_named(
    config: Config, entry: MakeEntry, field: str, caplog: pytest.LogCaptureFixture
) -> None:
    zoneless = entry().published.replace(tzinfo=None)
    bad = entry(1, identity="tag:bad", **{field: zoneless})

    with caplog.at_level(logging.WARNING):
        files = build_feeds([entry(0), bad, entry(2)], config)

    assert titles(files) == in_every_format(["소식 0", "소식 2"])
    assert "tag:bad left out of every feed: a date has no zone" in caplog.text


def test_of_two_entries_with_one_identity_the_newest_stays_and_the_other_is_named(
    config: Config, entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    twin = entry(1, identity=entry(0).identity)

    with caplog.at_level(logging.WARNING):
        files = build_feeds([entry(0), twin, entry(2)], config)

    assert titles(files) == in_every_format(["소식 0", "소식 2"])
    assert f"{twin.link} left out: another entry is {twin.identity}" in caplog.text


def short_titles(feed: Feed) -> bytes:
    """A format that refuses some entries, as a partner's may."""
    if long := [e.title for e in feed.entries if len(e.title) > 4]:
        raise ValueError(f"too long: {long[0]}")
    return "\n".join(entry.title for entry in feed.entries).encode()


def test_what_one_format_cannot_write_costs_only_itself_and_is_named(
    config: Config, entry: MakeEntry, caplog: pytest.LogCaptureFixture
) -> None:
    picky = Format(
        name="Short", file="short.txt", media_type="text/plain", write=short_titles
    )
    feed = site_feed([entry(0), entry(1, title="긴 소식 제목"), entry(2)], config)

    with caplog.at_level(logging.WARNING):
        written = write_feed(picky, feed)

    assert written.decode() == "소식 0\n소식 2"
    assert f"{entry(1).identity} left out of short.txt: too long" in caplog.text


def test_what_was_written_before_does_not_show(
    config: Config, bare_config: Config, full_entry: Entry
) -> None:
    """Entries are remembered as written; the feed they stand in is not."""
    korean, english = (
        build_feeds([full_entry], config),
        build_feeds([full_entry], bare_config),
    )
    seoul = ZoneInfo("Asia/Seoul")
    moved = replace(
        full_entry,
        published=full_entry.published.astimezone(seoul),
        updated=full_entry.updated.astimezone(seoul),
    )

    assert b'xml:lang="en"><id>' in korean["atom.xml"]
    assert b"<entry><id>" in english["atom.xml"]
    assert b"https://news.example/blog/feeds/tag/" in english["rss.xml"]
    assert build_feeds([moved], config) == korean


def test_the_same_entries_give_the_same_bytes_in_every_process(
    config: Config, entry: MakeEntry, full_entry: Entry, tmp_path: Path
) -> None:
    entries = [full_entry, *(entry(n) for n in range(2, 9))]
    told = config.model_dump_json(include={"site", "feeds"})
    (tmp_path / "input").write_bytes(pickle.dumps((entries, told)))
    script = (
        "import pickle, sys; from syndicate.config import Config;"
        "from syndicate.feeds import build_feeds;"
        "entries, config = pickle.load(open('input', 'rb'));"
        "files = build_feeds(entries, Config.model_validate_json(config));"
        "sys.stdout.buffer.write(pickle.dumps(files))"
    )

    def build(seed: str) -> Any:
        environ = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"Etc/GMT-{seed}"}
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            check=True,
        )
        return pickle.loads(done.stdout)

    assert build("1") == build("2") == build_feeds(entries, config)


def test_no_feed_is_stamped_now(config: Config, entry: MakeEntry) -> None:
    year = str(datetime.now(UTC).year)

    for content in build_feeds([entry()], config).values():
        assert year not in content.decode()
    for content in build_feeds([], config).values():
        assert year not in content.decode()


def test_threads_build_at_once_and_the_locale_stays(
    config: Config, entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """feedgen's own dates turn the locale of the process to "C" and back."""
    entries = [entry(n) for n in range(9)]
    alone = build_feeds(entries, config)

    def refuse(*_: object) -> str:
        raise AssertionError("the locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: build_feeds(entries, config), range(12)))

    assert together == [alone] * 12


def test_the_entries_given_are_left_as_they_were(
    config: Config, full_entry: Entry
) -> None:
    before = pickle.dumps(full_entry)

    build_feeds([full_entry], config)

    assert pickle.dumps(full_entry) == before
