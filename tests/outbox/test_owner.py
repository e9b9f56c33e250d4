import os
import subprocess
import sys
from pathlib import Path

import pytest

from syndicate.outbox.owner import is_gone, new_owner, place_of


def test_nobody_had_the_name_before() -> None:
    assert new_owner() != new_owner()


def test_a_process_that_lives_is_not_gone() -> None:
    assert not is_gone(new_owner())


def test_a_process_that_ended_here_is_gone() -> None:
    code = "from syndicate.outbox.owner import new_owner; print(new_owner())"
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert is_gone(ended.stdout.strip())


@pytest.mark.parametrize("place", ["elsewhere", "restarted", "unreadable"])
def test_of_a_process_elsewhere_nobody_can_tell(place: str) -> None:
    host, number, mark = new_owner().split(":")
    unknown = {
        "elsewhere": f"another-{host}:{2**22 + 1}:{mark}",
        "restarted": f"{host}:{2**22 + 1}:000000-{mark[-6:]}",
        "unreadable": "lane",
    }

    assert not is_gone(unknown[place])
    assert number == str(os.getpid())


def test_where_nothing_tells_one_start_from_another_no_place_is_named(
    tmp_path: Path,
) -> None:
    assert place_of()
    assert place_of(tmp_path / "none") == ""


def test_a_process_we_may_not_signal_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refused)

    assert not is_gone(new_owner())
