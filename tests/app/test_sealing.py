"""A build that finds nothing changed, and everything that must keep it from saying so."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.app import Built, build
from syndicate.app.ground import ground_of
from syndicate.app.sealing import Seal, find_seal, holds
from syndicate.posts.watch import scan
from syndicate.words import speaking

CONFIG = """
[site]
url = "https://news.example"
"""
NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def save(folder: Path, name: str, title: str) -> Path:
    path = folder / "_posts" / name
    path.write_text(f"---\ntitle: {title}\n---\n\nText.\n", "utf-8")
    return path


def run(folder: Path, *, now: datetime = NOW) -> Built:
    return build(folder / "config.toml", clock=lambda: now)


def seal_of(folder: Path) -> Seal | None:
    ground = ground_of(folder / "config.toml")
    seal = find_seal(ground) if ground else None
    if ground is None or seal is None:
        return None
    there = scan(seal.posts_dir, seal.posts_folders)
    return seal if holds(seal, ground, there) else None


def is_sealed(folder: Path) -> bool:
    return seal_of(folder) is not None


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site that was built."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    save(tmp_path, "2025-05-01-one.md", "One")
    save(tmp_path, "2025-07-01-later.md", "Later")
    run(tmp_path)
    assert is_sealed(tmp_path)
    return tmp_path


def test_a_build_with_nothing_to_do_counts_the_posts_and_touches_nothing(
    site: Path,
) -> None:
    before = {path: path.stat() for path in site.rglob("*")}

    built = run(site)

    assert built.look.posts == 2
    assert built.files == ()
    assert {path: path.stat() for path in site.rglob("*")} == before


def test_a_saved_post_breaks_the_seal(site: Path) -> None:
    save(site, "2025-05-02-two.md", "Two")

    built = run(site)

    assert built.look.new == ("2025-05-02-two.md",)
    assert b"Two" in (site / "feeds/feed.json").read_bytes()


def test_a_new_post_that_waits_for_the_daemon_keeps_no_build_busy(site: Path) -> None:
    save(site, "2025-05-02-two.md", "Two")
    run(site)
    seal = seal_of(site)

    assert seal
    assert seal.until
    assert seal.until > NOW


def test_a_post_that_was_edited_or_is_gone_breaks_the_seal(site: Path) -> None:
    path = save(site, "2025-05-01-one.md", "Uno")
    assert run(site).look.changed == (path.name,)

    path.unlink()

    assert run(site).look.gone == (path.name,)


@pytest.mark.parametrize(
    "harm",
    [
        lambda feed: feed.unlink(),
        lambda feed: feed.write_bytes(feed.read_bytes() + b" "),
    ],
)
def test_a_feed_that_is_not_as_it_was_left_is_written_again(
    site: Path, harm: Callable[[Path], object]
) -> None:
    feed = site / "feeds/rss.xml"
    whole = feed.read_bytes()
    harm(feed)

    assert run(site).files == ("rss.xml",)
    assert feed.read_bytes() == whole


def test_another_configuration_breaks_the_seal(site: Path) -> None:
    with (site / "config.toml").open("a", encoding="utf-8") as config:
        config.write('title = "Another"\n')

    assert "rss.xml" in run(site).files


def test_what_anybody_writes_into_the_database_breaks_the_seal(site: Path) -> None:
    database = sqlite3.connect(site / "syndicate.db")
    database.execute("UPDATE posts SET title = 'Other'")
    database.commit()
    assert not is_sealed(site)  # it stands in the log
    database.close()

    assert not is_sealed(site)


def test_a_lost_database_breaks_the_seal(site: Path) -> None:
    (site / "syndicate.db").unlink()

    assert run(site).look.first_run


def test_a_post_whose_time_has_come_breaks_the_seal(site: Path) -> None:
    assert b"Later" not in (site / "feeds/feed.json").read_bytes()

    run(site, now=NOW + timedelta(days=60))

    assert b"Later" in (site / "feeds/feed.json").read_bytes()


@pytest.mark.parametrize("torn", ["", "x\n2\n", "\udcff"])
def test_a_torn_seal_is_none(site: Path, torn: str) -> None:
    (site / "syndicate.db-seal").write_text(torn, "utf-8", "surrogateescape")

    assert not is_sealed(site)
    assert run(site).look.posts == 2


def test_a_post_that_cannot_be_read_is_told_of_by_every_build(site: Path) -> None:
    (site / "_posts/2025-05-03-bad.md").write_text("---\ntitle: Bad\n", "utf-8")

    first = run(site)
    assert [problem.code for problem in first.problems] == ["FM006"]
    assert is_sealed(site)
    for spoken in ("en", "ko"):
        with speaking(spoken):
            told = [str(problem) + problem.effect for problem in first.problems]
            assert [str(each) + each.effect for each in run(site).problems] == told


def test_a_seal_whose_problems_cannot_be_read_is_none(site: Path) -> None:
    (site / "_posts/2025-05-03-bad.md").write_text("---\ntitle: Bad\n", "utf-8")
    run(site)
    seal = site / "syndicate.db-seal"
    seal.write_text(
        seal.read_text("ascii").replace('"gravity": "error"', '"gravity": 7')
    )

    assert not is_sealed(site)
    assert run(site).problems


def test_a_post_that_asks_for_an_alert_is_named_by_every_build(site: Path) -> None:
    path = site / "_posts/2025-05-04-now.md"
    path.write_text("---\ntitle: Now\nbreaking: true\n---\n\nText.\n", "utf-8")

    assert run(site).look.unheard == (path.name,)
    assert run(site).look.unheard == (path.name,)


def test_a_folder_that_cannot_hold_a_seal_is_built_all_the_same(site: Path) -> None:
    (site / "syndicate.db-seal").unlink()
    (site / "syndicate.db-seal").mkdir()
    save(site, "2025-05-02-two.md", "Two")

    assert run(site).look.new == ("2025-05-02-two.md",)
    assert not is_sealed(site)
