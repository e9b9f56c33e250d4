import os
from pathlib import Path

import pytest

from syndicate.posts.data_files import MOST, look_at
from syndicate.posts.site_data import data_of
from tests.posts.samples import front, read, site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people").mkdir()
    for name, text in {
        "desk.yml": "phone: 02-000\nrooms: 3\nopen: true\n",
        "people/kim.json": '{"name": "김", "age": 40}',
        "members.csv": "name,room\n박,1\n",
        "tabs.tsv": "name\troom\n최\t2\n",
        "site settings.toml": "colour = 'red'\n",
        "broken.yml": "a: [\n",
        "deep.json": "[" * 100_000,
        "dots.toml": "a." * 1000 + "a = 1",
        "rows.csv": "a\n" * 60_000,
        "latin.yml": "a: ok",
        "notes.txt": "no",
    }.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "latin.yml").write_bytes(b"a: \xe9")
    return tmp_path


def test_files_are_known_by_their_names(folder: Path) -> None:
    data = data_of(folder)

    assert data["desk"] == {"phone": "02-000", "rooms": 3, "open": True}
    assert data["people"] == {"kim": {"name": "김", "age": 40}}
    assert data["members"] == [{"name": "박", "room": "1"}]
    assert data["tabs"] == [{"name": "최", "room": "2"}]
    assert data["site_settings"] == {"colour": "red"}
    assert len(data) == 10
    assert "notes" not in data


@pytest.mark.parametrize("name", ["broken", "deep", "latin", "dots"])
def test_a_file_that_cannot_be_read_says_nothing(folder: Path, name: str) -> None:
    assert data_of(folder)[name] is None


def test_of_a_long_table_the_first_rows_are_read(folder: Path) -> None:
    rows = data_of(folder)["rows"]

    assert isinstance(rows, list)
    assert len(rows) == 50_000


def test_links_pipes_and_huge_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "link.yml").symlink_to("/etc/hostname")
    (tmp_path / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "huge.yml").write_bytes(b"#" * (MOST + 1))
    (tmp_path / "a/b/c/d/e").mkdir(parents=True)
    (tmp_path / "a/b/c/d/far.yml").write_text("a: b")
    data = data_of(tmp_path)

    assert data.get("link") is None
    assert data.get("pipe") is None
    assert set(data) == {"link", "pipe"}


def test_a_file_is_read_once_until_it_changes(folder: Path) -> None:
    before = data_of(folder)
    assert before["desk"] is data_of(folder)["desk"]

    (folder / "desk.yml").write_text("phone: 02-1\n")
    assert data_of(folder)["desk"] == {"phone": "02-1"}


def test_no_folder_is_no_data(tmp_path: Path) -> None:
    assert look_at(tmp_path / "_data") == ()
    assert not data_of(tmp_path / "_data")


def test_a_body_that_asks_for_what_is_not_there_is_told() -> None:
    reading = read(front("title: 강진", "{{ site.data.desk.phone }}"), config=site())

    assert [found.message for found in reading.problems] == [
        "{{ site.data.desk.phone }} stands for nothing"
    ]
