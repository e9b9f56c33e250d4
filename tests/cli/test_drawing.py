import sqlite3
from contextlib import closing
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


def test_what_is_due_already_says_nothing_of_a_time(run: Any, site: Path) -> None:
    run("pause")
    said = run("push", "--text", "지금", "--yes", "--no-wait").stdout

    assert "not before" not in said + run("alerts", "1").stdout


def test_the_rest_of_a_channel_counts_for_the_next_try(run: Any, site: Path) -> None:
    run("push", "--text", "지금", "--yes", "--no-wait")
    with closing(sqlite3.connect(site / "syndicate.db")) as database:
        database.execute("UPDATE deliveries SET last_error = 'connection refused'")
        database.execute(
            "INSERT INTO lanes (channel, changed_at, not_before, failures) VALUES"
            " ('terminal', '2026-11-22T10:00:00.000000+00:00', '2999-01-01T00:00:00.000000+00:00', 6)"
        )
        database.commit()
    shown = " ".join(run("alerts", "1").stdout.split())

    assert "connection refused; next try 2999-01-01 09:00:00 KST" in shown
    assert "연결이 거부됨. 다음 시도 2999" in " ".join(
        run("alerts", "1", "--lang", "ko").stdout.split()
    )


def test_a_plan_is_told_in_lines_where_the_terminal_is_narrow(
    run: Any, site: Path, narrow: None
) -> None:
    run("push", "--text", "지금", "--yes", "--no-wait")
    lines = run("retract", "1", "--reason", "오보", "--dry-run").stdout.splitlines()

    assert lines[0] == "terminal queued"
    assert lines[1].startswith("  cancel: nothing")


def test_what_folds_stays_set_in(run: Any, site: Path, narrow: None) -> None:
    run("push", "--text", "지금", "--yes", "--no-wait")
    with closing(sqlite3.connect(site / "syndicate.db")) as database:
        reason = "no answer in time, after many words that fill more than a line"
        database.execute("UPDATE deliveries SET last_error = ?", (reason,))
        database.commit()
    lines = [each for each in run("alerts", "1").stdout.splitlines() if each.strip()]

    assert [each.startswith("  ") for each in lines[-3:]] == [True, True, True]
