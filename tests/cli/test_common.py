"""Who is at work, and words that cannot be read."""

import os
import pwd
from pathlib import Path
from typing import Any

import pytest

GARBLED = os.fsdecode("속보".encode("cp949"))
NAMED = ("LOGNAME", "USER", "LNAME", "USERNAME")


def test_an_account_without_a_name_can_press_the_red_button(
    site: Path, run: Any, run_json: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)  # as in a container: KeyError

    (paused,) = run_json("pause", "--reason", "drill")["paused"]

    assert paused["who"] == f"uid {os.getuid()}"


def test_a_name_that_is_not_utf_8_is_kept_as_far_as_it_can_be_read(
    site: Path, run_json: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "kim" + os.fsdecode(b"\xff"))
    (paused,) = run_json("pause")["paused"]
    assert paused["who"] == "kim?"


@pytest.mark.parametrize("command", ["push --yes --text", "retract 1 --yes --reason"])
def test_words_of_a_terminal_that_is_not_utf_8_are_refused_with_the_mend(
    site: Path, run: Any, command: str
) -> None:
    refused = run(*command.split(), GARBLED, "--lang", "ko")
    assert refused.exit_code == 2
    assert "UTF-8이 아닙니다. 터미널이나" in refused.stderr


def test_a_file_whose_name_is_not_utf_8_is_still_a_file(site: Path, run: Any) -> None:
    (site / "config.toml").replace(site / GARBLED)
    assert run("pause", "-c", str(site / GARBLED)).exit_code == 0
