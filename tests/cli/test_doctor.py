"""``doctor``, ``channels`` and ``audit verify``, as people call them."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

FAKE = """
[[channels]]
name = "desk"
kind = "tests.cli.probed:{kind}"
"""


def change(site: Path, *statements: str) -> None:
    with closing(sqlite3.connect(site / "syndicate.db")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def grades(found: Any) -> dict[str, str]:
    return {each["of"]: each["grade"] for each in found}


def test_a_new_site_lacks_much_and_is_well(site: Path, run: Run, run_json: Any) -> None:
    result = run("doctor")

    assert result.exit_code == 0
    assert "the first `syndicate run` makes it" in result.stdout
    assert not (site / "syndicate.db").exists(), "looking makes no database"
    assert set(grades(run_json("doctor")).values()) == {"well", "note"}


def test_all_is_well_after_a_build(site: Path, run: Run, run_json: Any) -> None:
    (site / "_posts/a.md").write_text("---\ntitle: a\n---\n")
    run("build")

    assert grades(run_json("doctor")) == {
        "posts": "well",
        "feeds": "well",
        "database": "well",
        "clock": "well",
        "daemon": "note",
        "backlog": "well",
        "channel terminal": "well",
    }


def test_a_database_that_is_damaged_is_told_once(site: Path, run: Run) -> None:
    run("build")
    for name in ("syndicate.db-wal", "syndicate.db-shm"):
        (site / name).unlink(missing_ok=True)
    with (site / "syndicate.db").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(8192))

    result = run("doctor")
    assert result.exit_code == 3
    assert result.stdout.count("✗") == 1


def test_a_feed_that_is_gone_is_told(site: Path, run: Run) -> None:
    run("build")
    (site / "feeds/atom.xml").unlink()

    result = run("doctor")
    assert result.exit_code == 1
    assert "cannot be read: atom.xml" in result.stdout


@pytest.mark.parametrize(
    ("state", "status", "said"),
    [
        ("queued", 1, "1 alert waiting for terminal"),
        ("in_doubt", 4, "1 delivery in doubt"),
        ("held", 0, "1 delivery held"),
    ],
)
def test_what_waits_is_told_with_what_to_do(
    site: Path, run: Run, state: str, status: int, said: str
) -> None:
    run("build")
    run("push", "--text", "지진", "--at", "23:59", "--yes", "--no-wait")
    past = "2020-01-01T00:00:00.000000+00:00"
    change(site, f"UPDATE deliveries SET due_at = '{past}', state = '{state}'")

    result = run("doctor")
    assert (result.exit_code, said in result.stdout) == (status, True), result.stdout


def test_channels_tell_what_they_can_do(site: Path, run: Run, run_json: Any) -> None:
    result = run("channels")

    assert result.exit_code == 0
    assert result.stdout.startswith("terminal (log)\n")
    (found,) = run_json("channels")
    assert (found["kind"], found["paused"], found["answer"]) == ("log", None, None)


def test_a_platform_is_asked_only_when_told_to(
    site: Path, run: Run, run_json: Any
) -> None:
    config = (site / "config.toml").read_text("utf-8")
    (site / "config.toml").write_text(config + FAKE.format(kind="Welcome"), "utf-8")

    assert "answers" not in run("channels").stdout
    shown = run("channels", "--probe").stdout
    assert "answers as @desk" in shown
    assert "may read and write" in shown.replace(", ", " and ")
    assert "credentials end in 3 days" in shown
    assert "left: 17 of 50 today" in shown
    assert "can edit (within 48 hours), delete" in shown
    assert "answers as @desk" in run("doctor", "--probe").stdout
    (_, desk) = run_json("channels", "--probe")
    assert desk["answer"]["standing"]["account"] == "@desk"
    assert desk["edit"] == {"can": True, "within": 48 * 3600}


@pytest.mark.parametrize(
    ("kind", "reason"), [("Unwelcome", "HTTP 401"), ("Broken", "ZeroDivisionError")]
)
def test_a_platform_that_refuses_us_is_told(
    site: Path, run: Run, kind: str, reason: str
) -> None:
    (site / "config.toml").write_text(
        '[site]\nurl = "https://news.example"\n' + FAKE.format(kind=kind)
    )

    for command in ("channels", "doctor"):
        result = run(command, "--probe")
        assert result.exit_code == 1
        assert f"refused: {reason}" in result.stdout


def test_a_pause_is_told(site: Path, run: Run) -> None:
    run("build")
    run("pause", "terminal", "--reason", "drill")

    for command in ("channels", "doctor"):
        result = run(command)
        assert (result.exit_code, "paused: drill" in result.stdout) == (0, True)


def test_the_audit_log_is_whole_and_its_head_can_be_noted(
    site: Path, run: Run, run_json: Any
) -> None:
    assert run("audit", "verify").exit_code == 2, "there is no database yet"
    run("build")
    run("pause", "--reason", "drill")
    whole = run("audit", "verify")
    mark = run_json("audit", "verify")["mark"]
    run("resume")

    assert (whole.exit_code, whole.stdout) == (
        0,
        f"2 rows, each as it was written\nhead  {mark}\n",
    )
    assert run("audit", "verify", "--head", mark).exit_code == 0
    change(site, "DELETE FROM audit WHERE number > 1")
    assert run("audit", "verify").exit_code == 0, "a cut tail does not show by itself"
    assert run("audit", "verify", "--head", mark).exit_code == 1


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit SET note = 'x' WHERE number = 2", "row 2 was changed"),
        ("DELETE FROM audit WHERE number = 2", "row 2 is missing"),
        ("DELETE FROM audit WHERE number = 1", "row 1 is missing"),
    ],
)
def test_the_first_row_that_was_tampered_with_is_found(
    site: Path, run: Run, statement: str, broken: str
) -> None:
    run("build")
    for word in ("pause", "resume"):
        run(word)
    change(site, statement)

    result = run("audit", "verify")
    assert result.exit_code == 1
    assert f"the chain is broken: {broken}" in result.stdout


def test_a_delivery_that_changed_without_the_log_is_found(
    site: Path, run: Run, run_json: Any
) -> None:
    config = (site / "config.toml").read_text("utf-8")
    (site / "config.toml").write_text(config + FAKE.format(kind="Welcome"), "utf-8")
    run("push", "--text", "지진", "--yes", "--no-wait")
    assert run("audit", "verify").exit_code == 0
    change(site, "UPDATE deliveries SET state = 'sent'")
    result = run("audit", "verify")
    change(site, "DELETE FROM audit WHERE number > 1")

    assert result.exit_code == 1
    assert "delivery 1 is sent; by the log it is queued" in result.stdout
    assert "the log does not know it" in run("audit", "verify").stdout
    odd = {"delivery": 1, "state": "sent", "logged": None}
    assert run_json("audit", "verify")["mismatch"] == odd


def test_a_hub_or_channel_that_fails_again_and_again_is_not_well(
    site: Path, run: Run, run_json: Any
) -> None:
    with (site / "config.toml").open("a") as config:
        config.write('[feeds]\nhubs = ["http://127.0.0.1:9/"]\n')
    run("build")
    change(
        site,
        "INSERT INTO lanes (channel, changed_at, failures) VALUES"
        " ('hub-127-0-0-1', '2026-11-22T10:00:00.000000+00:00', 5)",
    )

    result = run("doctor")
    assert result.exit_code == 1
    assert "failed 5 times in a row" in result.stdout
    assert grades(run_json("doctor"))["channel hub-127-0-0-1"] == "ill"
    columns = {
        line.index("configured")
        for line in result.stdout.splitlines()
        if "configured" in line
    }
    columns |= {
        line.index("failed 5")
        for line in result.stdout.splitlines()
        if "failed 5" in line
    }
    assert len(columns) == 1, "one column"


def test_the_doctor_names_what_it_looks_at_in_korean(site: Path, run: Run) -> None:
    run("build")
    shown = run("doctor", "--lang", "ko").stdout

    assert "채널 terminal" in shown
    assert "database" not in shown.replace("syndicate.db", "")
