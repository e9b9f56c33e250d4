from pathlib import Path

from syndicate.config import Config
from syndicate.feeds import build_feeds, publish
from syndicate.feeds.opml import write_opml
from syndicate.feeds.standing import standing
from syndicate.feeds.topic import Topic
from syndicate.model import Entry


def test_what_stands_is_counted_and_what_does_not_is_said(
    tmp_path: Path, full_entry: Entry
) -> None:
    config = Config.model_validate(
        {"site": {"url": "https://news.example"}, "feeds": {"dir": str(tmp_path)}}
    )
    assert {each.size for each in standing(config)} == {None}

    files = build_feeds([full_entry], config)
    topic = Topic(by="tag", name="지진", slug="지진")
    opml = write_opml([topic], config)
    publish(tmp_path, files | {"feeds.opml": opml, "tag/지진/rss.xml": b"<rss>"})

    found = {each.name: each for each in standing(config)}

    rss = found["rss.xml"]
    assert (rss.entries, rss.size) == (1, len(files["rss.xml"]))
    assert rss.address == "https://news.example/feeds/rss.xml"
    broken = found["tag/지진/rss.xml"]
    assert (broken.entries, broken.size) == (None, 5)
    assert broken.address.endswith("/tag/%EC%A7%80%EC%A7%84/rss.xml")
    assert found["tag/지진/feed.json"].size is None


def test_the_feeds_of_partners_are_listed_last(
    tmp_path: Path, full_entry: Entry
) -> None:
    partners = [{"name": "desk", "profile": "msn"}]
    feeds = {"dir": str(tmp_path), "partners": partners}
    config = Config.model_validate(
        {"site": {"url": "https://news.example"}, "feeds": feeds}
    )
    rss = build_feeds([full_entry], config)["rss.xml"]
    publish(tmp_path, {"partner/desk.xml": rss})

    *_, last = standing(config)

    assert (last.name, last.format, last.entries) == ("partner/desk.xml", "RSS 2.0", 1)
    assert last.address == "https://news.example/feeds/partner/desk.xml"
