"""What a build may not pass over, though it does not check its configuration again."""

import os
from pathlib import Path

import pytest

from syndicate.app.ground import Ground, ground_of

CONFIG = """
[site]
url = "https://news.example"

[[channels]]
name = "desk"
kind = "telegram"
token_file = "token"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a configuration that nobody has checked."""
    (tmp_path / "token").write_text("123:abc", "ascii")
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path / "config.toml"


def ground(path: Path, **environ: str) -> Ground:
    found = ground_of(path, environ)
    assert found
    return found


def test_the_same_configuration_rests_on_the_same_ground(path: Path) -> None:
    first = ground(path, PATH="/bin", SYNDICATE_DESK_TOKEN="")

    assert first == ground(path, PATH="/usr/bin")
    assert first.database == path.with_name("syndicate.db")


def test_a_changed_file_is_another_ground(path: Path) -> None:
    before = ground(path)
    path.write_text(CONFIG + "# mended\n", "utf-8")

    assert ground(path) != before


def test_a_secret_from_the_environment_is_another_ground(path: Path) -> None:
    assert ground(path, SYNDICATE_DESK_TOKEN="123:abc") != ground(path)


def test_a_secret_that_was_touched_is_another_ground(path: Path) -> None:
    before = ground(path)
    os.utime(path.with_name("token"), ns=(1, 1))

    assert ground(path) != before


def test_without_a_secret_that_is_named_there_is_none(path: Path) -> None:
    path.with_name("token").unlink()

    assert ground_of(path) is None


@pytest.mark.parametrize(
    "said",
    [
        "[store",
        "store = 1",
        "[store]\nurl = 1",
        '[store]\nurl = "postgresql+psycopg://db/news"',
        '[store]\nurl = "sqlite:///a.db?mode=ro"',
    ],
)
def test_without_a_file_of_sqlite_there_is_none(path: Path, said: str) -> None:
    path.write_text(said, "utf-8")

    assert ground_of(path) is None


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")

    assert ground_of(tmp_path / "config.toml") is None
