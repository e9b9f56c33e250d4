from pathlib import Path

import pytest

from syndicate.config import Config
from syndicate.errors import SetupError
from syndicate.feeds.partners.retire import retire_partners
from syndicate.feeds.press import Press
from syndicate.feeds.select import select
from syndicate.model import Entry, FiledPost, Post


def config_with(folder: Path, *names: str, tombstones: bool = False) -> Config:
    partners = [{"name": name, "profile": "naver"} for name in names]
    feeds = {"dir": str(folder), "partners": partners, "tombstones": tombstones}
    return Config.model_validate(
        {"site": {"url": "https://news.example"}, "feeds": feeds}
    )


def publish(config: Config, entry: Entry) -> list[str]:
    post = Post(path="a.md", title="a", link=entry.link, published=entry.published)
    filed = FiledPost(post=post, identity=entry.identity, first_seen=entry.published)
    chosen = select([filed], now=entry.published, config=config)
    return Press(config).publish(chosen, lambda _: [entry])


def test_partners_come_and_go_with_the_configuration(
    tmp_path: Path, full_entry: Entry
) -> None:
    wrote = publish(config_with(tmp_path, "one", "two"), full_entry)
    again = publish(config_with(tmp_path, "two"), full_entry)

    assert {"partner/one.xml", "partner/two.xml"} <= set(wrote)
    assert again == []
    assert not (tmp_path / "partner" / "one.xml").exists()
    assert (tmp_path / "partner" / ".one.xml").read_bytes() == b""
    assert (tmp_path / "partner" / "two.xml").exists()


def test_tombstones_go_with_the_configuration(
    tmp_path: Path, full_entry: Entry
) -> None:
    assert "tombstones.xml" in publish(
        config_with(tmp_path, tombstones=True), full_entry
    )

    publish(config_with(tmp_path), full_entry)

    assert not (tmp_path / "tombstones.xml").exists()
    assert (tmp_path / ".tombstones.xml").read_bytes() == b""


def test_what_somebody_put_there_stays(tmp_path: Path, full_entry: Entry) -> None:
    config = config_with(tmp_path)
    (tmp_path / "partner" / "folder.xml").mkdir(parents=True)
    (tmp_path / "partner" / "own.xml").write_text("<rss/>")
    (tmp_path / "tombstones.xml").write_text("<feed/>")

    retire_partners(config)

    assert (tmp_path / "partner" / "own.xml").exists()
    assert (tmp_path / "tombstones.xml").exists()
    assert publish(config, full_entry)


def test_a_disk_that_refuses_is_told(tmp_path: Path, full_entry: Entry) -> None:
    publish(config_with(tmp_path, "one"), full_entry)
    (tmp_path / "partner" / ".one.xml").symlink_to("/proc/nowhere/at/all")

    with pytest.raises(SetupError, match=r"cannot remove .*one.xml"):
        retire_partners(config_with(tmp_path))
