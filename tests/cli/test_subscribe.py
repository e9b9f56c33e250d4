from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import html

from syndicate.store.engine import open_store
from syndicate.store.polls import Poll, add_polls

POST = "---\ntitle: 지진\ntags: [속보]\n---\n\n땅이 흔들렸습니다.\n"


def test_feeds_are_listed_with_their_addresses(
    run: Any, run_json: Any, site: Path
) -> None:
    (site / "_posts" / "a.md").write_text(POST, "utf-8")
    config = site / "config.toml"
    config.write_text(config.read_text("utf-8") + '\n[feeds]\nby = ["tag"]\n', "utf-8")

    assert "`syndicate build`" in run("feeds").stdout

    run("build")
    found = run_json("feeds")

    assert len(found) == 6
    assert {each["entries"] for each in found} == {1}
    assert "https://news.example/feeds/rss.xml" in run("feeds").stdout


def test_the_tags_to_paste_are_those_of_the_site(run: Any, site: Path) -> None:
    config = site / "config.toml"
    config.write_text(config.read_text("utf-8").replace("솔바람 소식", "R&D"), "utf-8")

    shown = html.fragments_fromstring(run("feeds", "--html").stdout)

    assert [(node.get("type"), node.get("href")) for node in shown] == [
        ("application/atom+xml", "https://news.example/feeds/atom.xml"),
        ("application/feed+json", "https://news.example/feeds/feed.json"),
        ("application/rss+xml", "https://news.example/feeds/rss.xml"),
    ]
    assert shown[0].get("title") == "R&D (Atom 1.0)"


def poll(site: Path, reader: str, requests: int, unmodified: int) -> None:
    counted = Poll(
        day=datetime.now(UTC).date().isoformat(),
        feed="rss.xml",
        reader=reader,
        requests=requests,
        unmodified=unmodified,
        deltas=0,
        size_bytes=100_000,
        subscribers=42 if reader == "Feedly" else None,
    )
    store = open_store("sqlite:///syndicate.db", site)
    with store.begin() as connection:
        add_polls(connection, [counted])
    store.close()


def test_who_reads_a_feed_is_shown_beside_it(
    run: Any, run_json: Any, site: Path
) -> None:
    run("build")
    poll(site, "Feedly", 40, 30)
    poll(site, "curl", 2, 0)

    shown = run("feeds").stdout
    found = {each["name"]: each["readers"] for each in run_json("feeds")}

    assert "Feedly" in shown
    assert "75%" in shown
    assert found["atom.xml"] == []
    assert [each["reader"] for each in found["rss.xml"]] == ["Feedly", "curl"]
    assert found["rss.xml"][0]["subscribers"] == 42
    assert found["rss.xml"][0]["a_day"] == 40
    assert found["rss.xml"][0]["unmodified"] == 0.75


def test_many_readers_are_shown_in_part(run: Any, run_json: Any, site: Path) -> None:
    run("build")
    for number in range(33):
        poll(site, f"Reader{number}", 1, 0)

    assert "3 more: --json lists all" in run("feeds").stdout
    assert sum(len(each["readers"]) for each in run_json("feeds")) == 33


def test_feeds_are_listed_although_the_store_fails(run: Any, site: Path) -> None:
    run("build")
    (site / "syndicate.db").write_text("no database")
    result = run("feeds")

    assert "https://news.example/feeds/rss.xml" in result.stdout
    assert "who reads them is not known" in result.stderr
    assert result.exit_code == 0
