from pathlib import Path

from syndicate.feeds.digests import Digests


def test_a_feed_that_is_gone_has_no_digest_any_more(tmp_path: Path) -> None:
    feed = tmp_path / "tag" / "지진" / "rss.xml"
    feed.parent.mkdir(parents=True)
    feed.write_bytes(b"<rss/>")
    digests = Digests(tmp_path, "https://n.example/feeds/")
    found = digests.look([])
    feed.unlink()

    assert list(found) == ["https://n.example/feeds/tag/%EC%A7%80%EC%A7%84/rss.xml"]
    assert digests.look(["index.html"]) == found
    assert digests.look(["tag/지진/rss.xml"]) == {}
