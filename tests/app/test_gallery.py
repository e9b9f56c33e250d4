import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from syndicate.app.gallery import hung
from syndicate.model import Measure, Picture
from tests.app.conftest import Desk
from tests.fetch.samples import png

FAR = "https://far.example/a.png"


def save(desk: Desk, path: str, content: bytes) -> Path:
    file = desk.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def attachments(desk: Desk) -> Any:
    return json.loads(desk.feed())["items"][0].get("attachments")


def rss(desk: Desk) -> str:
    return (desk.folder / "feeds" / "rss.xml").read_text("utf-8")


@pytest.mark.parametrize("path", ["images/a.jpg", "static/images/a.jpg"])
def test_a_picture_of_the_site_is_measured_while_feeds_are_built(
    desk: Desk, path: str
) -> None:
    size = len(save(desk, path, png()).read_bytes())
    desk.save("a.md", "title: 지진", "image: /images/a.jpg")
    desk.app.build()

    assert f'length="{size}" type="image/png"' in rss(desk)
    assert f'fileSize="{size}" type="image/png" width="40" height="30"' in rss(desk)


def test_what_was_measured_is_remembered_with_the_entry(desk: Desk) -> None:
    file = save(desk, "images/a.png", png())
    desk.save("a.md", "title: 지진", "image: /images/a.png")
    desk.app.build()
    before = rss(desk)
    file.unlink()
    desk.reopen()
    desk.app.build()

    assert rss(desk) == before


def test_a_picture_that_is_nowhere_has_no_type_and_no_size(desk: Desk) -> None:
    desk.save("a.md", "title: 지진", "image: /images/a.png")
    desk.app.build()

    assert "<enclosure" not in rss(desk)
    assert '<media:content url="https://news.example/images/a.png"' in rss(desk)
    assert attachments(desk) is None


def test_one_pixel_stands_for_no_post(desk: Desk) -> None:
    save(desk, "dot.png", png(1, 1))
    desk.save("a.md", "title: 지진", body="![](/dot.png)")
    desk.app.build()

    assert "media:content" not in rss(desk)


def test_what_was_measured_far_away_comes_into_the_feed(
    open_desk: Callable[[], Desk],
) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 지진", body=f"![땅]({FAR})")
    desk.save("b.md", "title: 다른 글")
    desk.look()
    before = desk.feed()
    found = {FAR: Measure(type="image/webp", length=9, width=640, height=480)}
    changed = desk.app.newsroom.stand.hang(found)
    after = desk.feed()

    assert changed
    assert "image/webp" not in before
    assert '"mime_type":"image/webp","size_in_bytes":9' in after
    assert not desk.app.newsroom.stand.hang(found)


def test_a_feed_of_a_topic_is_written_again_too(tmp_path: Path, desk: Desk) -> None:
    config = tmp_path / "config.toml"
    config.write_text(config.read_text("utf-8") + '\n[feeds]\nby = ["tag"]\n', "utf-8")
    desk.reopen()
    desk.save("a.md", "title: 지진", "tags: [a]", body=f"![땅]({FAR})")
    desk.save("b.md", "title: 다른 글", "tags: [b]")
    desk.look()
    desk.feed()
    desk.app.newsroom.stand.hang({FAR: Measure(type="image/webp", length=9)})
    names = desk.app.newsroom.stand.publish()

    assert {"tag/a/rss.xml", "rss.xml"} <= set(names)
    assert "tag/b/rss.xml" not in names


def test_what_was_measured_stays_measured_over_a_restart(
    open_desk: Callable[[], Desk],
) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 지진", body=f"![땅]({FAR})")
    desk.look()
    desk.app.newsroom.stand.hang({FAR: Measure(type="image/webp", length=9)})
    desk.look()
    before = desk.feed()
    desk.reopen()
    desk.look()

    assert desk.feed() == before


def test_the_authors_numbers_stand_where_the_bytes_say_none() -> None:
    picture = Picture(url=FAR, width=640, height=480)

    assert hung(picture, Measure(type="image/svg+xml", length=9)) == Picture(
        url=FAR, type="image/svg+xml", length=9, width=640, height=480
    )
    assert hung(picture, Measure(type="image/png", width=8, height=6)) == Picture(
        url=FAR, type="image/png", width=8, height=6
    )
