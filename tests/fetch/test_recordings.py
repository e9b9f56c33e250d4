import os
from pathlib import Path

import pytest

from syndicate.config import Config
from syndicate.fetch.recordings import measure_recording, type_of, with_recordings
from syndicate.model import Enclosure
from tests.feeds.conftest import make_entry

MP3 = b"ID3\x04" + bytes(996)


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (MP3, "a", "audio/mpeg"),
        (b"\xff\xfb\x90\x64", "a.mp3", "audio/mpeg"),
        (b"\xff\xf1\x50\x80", "a.aac", "audio/aac"),
        (b"\0\0\0\x20ftypM4A ", "a.mp4", "audio/mp4"),
        (b"\0\0\0\x20ftypisom", "a.mp4", "video/mp4"),
        (b"\0\0\0\x20ftypisom", "a.m4a", "audio/mp4"),
        (b"\0\0\0\x14ftypqt  ", "a.mov", "video/quicktime"),
        (b"OggS\0\x02OpusHead", "a.opus", "audio/ogg"),
        (b"OggS\0\x02\x80theora", "a.ogv", "video/ogg"),
        (b"\x1aE\xdf\xa3\x42\x82\x84webm", "a.webm", "video/webm"),
        (b"\x1aE\xdf\xa3\x42\x82\x84webm", "a.weba", "audio/webm"),
        (b"\x1aE\xdf\xa3\x42\x82\x88matroska", "a.mkv", None),
        (b"RIFF\0\0\0\0WAVE", "a.wav", "audio/wav"),
        (b"fLaC", "a.flac", "audio/flac"),
        (b"<html>", "a.mp3", None),
        (b"", "a.mp3", None),
    ],
)
def test_bytes_tell_the_type(head: bytes, name: str, expected: str | None) -> None:
    assert type_of(head, name=name) == expected


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "static").mkdir()
    site = {"url": "https://news.example", "files": [str(tmp_path / "static")]}
    return Config.model_validate({"site": site})


def test_a_file_of_the_site_is_measured(config: Config, tmp_path: Path) -> None:
    (tmp_path / "static" / "첫 회.mp3").write_bytes(MP3)
    ours = "https://news.example/%EC%B2%AB%20%ED%9A%8C.mp3"
    wrong = Enclosure(url=ours, type="audio/x", length=1, duration=9)
    away = Enclosure(url="https://cdn.example/a.mp3")

    entry = with_recordings(make_entry(enclosures=(wrong, away)), config)

    assert entry.enclosures == (
        Enclosure(url=ours, type="audio/mpeg", length=1000, duration=9),
        away,
    )


def test_what_the_bytes_do_not_tell_the_author_may(
    config: Config, tmp_path: Path
) -> None:
    (tmp_path / "static" / "a.mp3").write_bytes(b"")
    written = Enclosure(url="https://news.example/a.mp3", type="audio/mpeg", length=5)

    [found] = with_recordings(make_entry(enclosures=(written,)), config).enclosures

    assert (found.type, found.length) == ("audio/mpeg", None)


def test_an_entry_without_recordings_stays_as_it_is(config: Config) -> None:
    entry = make_entry()

    assert with_recordings(entry, config) is entry


def test_nothing_outside_of_the_folder_is_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "static"
    folder.mkdir()
    (tmp_path / "secret.mp3").write_bytes(MP3)
    (folder / "link.mp3").symlink_to(tmp_path / "secret.mp3")
    os.mkfifo(folder / "pipe.mp3")
    (folder / "folder.mp3").mkdir()

    for name in ("link.mp3", "../secret.mp3", "none.mp3", "folder.mp3"):
        assert measure_recording(name, [tmp_path / "none", folder]) is None
