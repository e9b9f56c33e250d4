from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")


def test_a_narrow_terminal_gets_lines_in_place_of_a_folded_table(
    run: Any, site: Path, narrow: None
) -> None:
    run("push", "--text", "지진입니다. 높은 곳으로 대피하세요.", "--yes")
    lines = [line.strip() for line in run("alerts").stdout.splitlines()]
    one = [line.strip() for line in run("alerts", "1").stdout.splitlines()]

    assert lines[0] == "1 지진입니다. 높은 곳으로 대피하세요."
    assert lines[1].endswith("KST")
    assert lines[2] == "sent terminal"
    assert one[-3] == "terminal sent"
    assert one[-2].startswith("1 try, ")


def test_a_delivery_for_later_says_when_in_the_zone_of_the_site(
    run: Any, site: Path, narrow: None
) -> None:
    words = ("--at", "2999-01-01T09:00", "--yes", "--no-wait")
    run("push", "--text", "내일", *words)

    assert "not before 2999-01-01 09:00:00 KST" in " ".join(
        run("alerts", "1").stdout.split()
    )


def test_looking_at_a_ledger_makes_no_database(run: Any, site: Path) -> None:
    assert "no alert yet" in run("alerts").stdout
    assert run("alerts", "1").exit_code == 2
    assert not (site / "syndicate.db").exists()
