"""The command in this process, on a real folder."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from syndicate.cli import main
from syndicate.words import speak

CONFIG = """
[site]
url = "https://news.example"
title = "솔바람 소식"
language = "ko"
timezone = "Asia/Seoul"

[[channels]]
name = "terminal"
kind = "log"
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a site whose folder is the current one."""
    (tmp_path / "_posts").mkdir()
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run() -> Iterator[Callable[..., Result]]:
    def called(*words: str, said: str | None = None) -> Result:
        result = CliRunner().invoke(main, words, input=said)
        unexpected = result.exception
        assert unexpected is None or isinstance(unexpected, SystemExit), unexpected
        return result

    yield called
    speak("en")  # what a command was asked to speak, this process would go on speaking


@pytest.fixture
def run_json(run: Any) -> Callable[..., Any]:
    return lambda *words: json.loads(run(*words, "--json").stdout)
