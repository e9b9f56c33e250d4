from pathlib import Path
from typing import Any

from lxml import html

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
