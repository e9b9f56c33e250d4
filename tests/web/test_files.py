import asyncio
import gzip
import os
import socket
from pathlib import Path
from unicodedata import normalize

import brotli
import pytest

from syndicate.feeds import publish
from syndicate.web.file import File
from syndicate.web.files import ROOM, Files

LONG = b"<rss>" * 500


def look(folder: Path, *paths: str, room: int = ROOM) -> list[File | None]:
    async def find() -> list[File | None]:
        files = Files(folder, room=room)
        return [await files.find(path) for path in paths]

    return asyncio.run(find())


def test_text_is_kept_in_every_form_with_a_tag_for_each(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": LONG})

    (file,) = look(tmp_path, "rss.xml")
    assert file
    assert list(file.bodies) == list(file.tags) == ["br", "gzip", "identity"]
    assert gzip.decompress(file.bodies["gzip"]) == file.bodies["identity"] == LONG
    assert brotli.decompress(file.bodies["br"]) == LONG
    assert len(set(file.tags.values())) == 3


def test_tags_come_from_the_content_alone(tmp_path: Path) -> None:
    publish(tmp_path, {"a/rss.xml": LONG, "b/rss.xml": LONG, "c/rss.xml": LONG + b" "})

    one, two, other = look(tmp_path, "a/rss.xml", "b/rss.xml", "c/rss.xml")
    assert one
    assert two
    assert other
    assert one.tags == two.tags
    assert not set(one.tags.values()) & set(other.tags.values())


@pytest.mark.parametrize("name", ["logo.png", "short.xml"])
def test_what_would_not_shrink_is_not_compressed(tmp_path: Path, name: str) -> None:
    publish(tmp_path, {name: b"\x89PNG" * 3})

    (file,) = look(tmp_path, name)
    assert file
    assert list(file.bodies) == ["identity"]


def test_a_version_is_read_once(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": LONG})

    first, second = look(tmp_path, "rss.xml", "rss.xml")
    assert first is second


def test_a_file_that_is_gone_is_not_shown_from_memory(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": LONG})

    async def twice() -> list[File | None]:
        files = Files(tmp_path)
        first = await files.find("rss.xml")
        (tmp_path / "rss.xml").unlink()
        return [first, await files.find("rss.xml")]

    first, second = asyncio.run(twice())
    assert first
    assert second is None


def test_many_who_ask_at_once_share_one_reading(tmp_path: Path) -> None:
    publish(tmp_path, {"rss.xml": LONG})

    async def together() -> list[File | None]:
        files = Files(tmp_path)
        return list(await asyncio.gather(*(files.find("rss.xml") for _ in range(9))))

    assert len({id(file) for file in asyncio.run(together())}) == 1


def test_memory_is_bounded_and_the_last_asked_for_stays(tmp_path: Path) -> None:
    names = ["a.png", "b.png", "c.png"]
    publish(tmp_path, dict.fromkeys(names, bytes(100)))

    async def find() -> list[bool]:
        files = Files(tmp_path, room=250)
        known = [
            await files.find(name) for name in ("a.png", "b.png", "a.png", "c.png")
        ]
        again = [await files.find(name) for name in names]
        return [again[0] is known[0], again[1] is known[1], again[2] is known[3]]

    assert asyncio.run(find()) == [True, False, False]


def test_a_file_too_large_to_keep_is_shown_all_the_same(tmp_path: Path) -> None:
    publish(tmp_path, {"a.png": bytes(300)})

    (file,) = look(tmp_path, "a.png", room=250)
    assert file
    assert file.size == 300


@pytest.mark.parametrize(
    "path",
    [
        "../secret",
        "tag/../../secret",
        "tag/../rss.xml",
        "/etc/passwd",
        "//etc/passwd",
        "tag//rss.xml",
        "./rss.xml",
        ".hidden",
        ".syndicate-0123",
        "tag/.hidden/rss.xml",
        "rss.xml\0",
        "rss.xml/",
        "rss.xml/x",
        "tag",
        "none.xml",
        "\ud800",
        "n" * 300,
        "link",
        "way/secret",
        "fifo",
        "socket",
    ],
)
def test_only_files_of_the_folder_are_shown(tmp_path: Path, path: str) -> None:
    feeds = tmp_path / "feeds"
    publish(feeds, {"rss.xml": b"x", "tag/rss.xml": b"x"})
    (tmp_path / "secret").write_text("secret")
    for name in (".hidden", ".syndicate-0123"):
        (feeds / name).write_text("x")
    (feeds / "tag" / ".hidden").mkdir()
    (feeds / "tag" / ".hidden" / "rss.xml").write_text("x")
    (feeds / "link").symlink_to(tmp_path / "secret")
    (feeds / "way").symlink_to(tmp_path)
    os.mkfifo(feeds / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(feeds / "socket"))

        assert look(feeds, path) == [None]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    publish(tmp_path / "real", {"rss.xml": b"x"})
    (tmp_path / "feeds").symlink_to("real")

    (file,) = look(tmp_path / "feeds", "rss.xml")
    assert file


def test_a_folder_shows_its_page(tmp_path: Path) -> None:
    publish(tmp_path, {"index.html": b"all", "tag/속보/index.html": b"one"})

    files = look(tmp_path, "", "tag/속보/")
    assert [file.bodies["identity"] for file in files if file] == [b"all", b"one"]


def test_hangul_is_found_however_it_is_composed(tmp_path: Path) -> None:
    publish(tmp_path, {"tag/속보/rss.xml": b"x"})

    (file,) = look(tmp_path, normalize("NFD", "tag/속보/rss.xml"))
    assert file


def test_a_folder_that_is_not_there_yet_shows_nothing(tmp_path: Path) -> None:
    assert look(tmp_path / "feeds", "rss.xml", "") == [None, None]
