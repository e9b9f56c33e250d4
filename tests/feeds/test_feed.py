import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import syndicate
from syndicate.config import Config
from syndicate.feeds import formats
from syndicate.feeds.feed import EMPTY, site_feed, terms
from syndicate.model import Entry

MakeEntry = Callable[..., Entry]

NEW_FORMAT = """
from syndicate.feeds.feed import Format

FORMAT = Format(
    name="Titles",
    file="titles.txt",
    media_type="text/plain",
    write=lambda feed: feed.title.encode(),
)
"""


def test_three_formats_are_built_in() -> None:
    found = {(each.file, each.name, each.media_type) for each in formats()}

    assert found >= {
        ("atom.xml", "Atom 1.0", "application/atom+xml"),
        ("feed.json", "JSON Feed 1.1", "application/feed+json"),
        ("rss.xml", "RSS 2.0", "application/rss+xml"),
    }


def test_a_new_file_is_a_new_format(tmp_path: Path) -> None:
    shutil.copytree(Path(syndicate.__file__).parent, tmp_path / "syndicate")
    (tmp_path / "syndicate" / "feeds" / "titles.py").write_text(NEW_FORMAT)
    ask = "from syndicate.feeds import formats; print([f.file for f in formats()])"

    shown = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "titles.txt" in shown.stdout


def test_importing_the_feeds_does_not_import_feedgen() -> None:
    """Commands that write no feed do not pay for it: 70 ms of CPU."""
    ask = "import sys, syndicate.feeds; sys.exit('feedgen' in sys.modules)"

    subprocess.run([sys.executable, "-c", ask], check=True)


def test_a_feed_is_as_new_as_the_entry_changed_last(
    entry: MakeEntry, config: Config
) -> None:
    later = entry().published + timedelta(days=3)
    feed = site_feed([entry(0), entry(1, updated=later), entry(2)], config)

    assert feed.updated == later


def test_an_empty_feed_has_a_date_that_never_changes(config: Config) -> None:
    assert site_feed([], config).updated == EMPTY == datetime(2000, 1, 1, tzinfo=UTC)


def test_what_the_site_does_not_say_comes_from_its_address(bare_config: Config) -> None:
    feed = site_feed([], bare_config)

    assert feed.title == feed.description == feed.author == "news.example"
    assert feed.link == "https://news.example/blog/"
    assert feed.url == "https://news.example/blog/feeds/"
    assert feed.image is None


def test_a_description_of_the_site_stands_without_its_tags() -> None:
    site = {
        "url": "https://a.example",
        "description": 'By <a href="/">us</a> &amp; 1 < 2',
    }
    feed = site_feed([], Config.model_validate({"site": site}))

    assert feed.description == "By us & 1 < 2"


@pytest.mark.parametrize(
    ("image", "address"),
    [
        ("/logo.png", "https://news.example/blog/logo.png"),
        ("img/로고 1.png", "https://news.example/blog/img/%EB%A1%9C%EA%B3%A0%201.png"),
        ("https://cdn.example/a%20b.png?v=1", "https://cdn.example/a%20b.png?v=1"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
    ],
)
def test_the_logo_may_be_a_path_on_the_site(image: str, address: str) -> None:
    site = {"url": "https://news.example/blog", "image": image}

    assert site_feed([], Config.model_validate({"site": site})).image == address


def test_a_tag_that_repeats_a_category_is_left_out(entry: MakeEntry) -> None:
    filed = entry(categories=["News", "속보"], tags=["news", "비", "속보"])

    assert terms(filed) == [("category", "News"), ("category", "속보"), ("tag", "비")]
