"""When credentials end, where people look."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from syndicate.app import open_app
from syndicate.app.roll_call import CALM, RollCall
from tests.cli.test_doctor import FAKE, grades


def test_what_a_platform_said_last_is_shown_and_warned_of(
    site: Path, run: Any, run_json: Any
) -> None:
    config = site / "config.toml"
    written = config.read_text("utf-8") + FAKE.format(kind="Welcome")
    config.write_text(written, "utf-8")
    run("build")
    unasked = run("channels").stdout
    run("channels", "--probe")
    later = run("channels").stdout
    doctor = run("doctor")

    assert "credentials end" not in unasked
    assert "asked last" in later
    assert "credentials end in 3 days" in later
    assert doctor.exit_code == 0
    assert "credentials end in 3 days" in doctor.stdout
    assert grades(run_json("doctor"))["channel desk"] == "note"

    config.write_text(written + '\n[fetch]\ncredentials = "2d"\n', "utf-8")
    assert grades(run_json("doctor"))["channel desk"] == "well"


def test_credentials_that_were_refused_when_last_asked_are_ill(
    site: Path, run: Any, run_json: Any
) -> None:
    with (site / "config.toml").open("a", encoding="utf-8") as config:
        config.write(FAKE.format(kind="Unwelcome"))
    run("build")
    run("channels", "--probe")
    shown = run("channels")

    assert shown.exit_code == 0, "nobody was asked now"
    assert "refused: HTTP 401" in shown.stdout
    assert grades(run_json("doctor"))["channel desk"] == "ill"


def test_credentials_that_have_ended_are_ill(site: Path, run: Any) -> None:
    with (site / "config.toml").open("a", encoding="utf-8") as config:
        config.write(FAKE.format(kind="Welcome").replace("Welcome", "Ended"))
    run("build")
    run("channels", "--probe")

    assert run("doctor").exit_code == 1
    assert "자격 증명이 0일 뒤에 만료됨" in run("--lang", "ko", "channels").stdout


def test_the_clock_asks_what_a_channel_of_anybodys_code_says(
    site: Path, run: Any, caplog: Any
) -> None:
    caplog.set_level(logging.INFO)
    with (site / "config.toml").open("a", encoding="utf-8") as config:
        config.write(FAKE.format(kind="Broken"))
    run("build")
    with open_app(site / "config.toml") as app:
        call = RollCall(
            roster=app.roster,
            store=app.store,
            clock=app.clock,
            ahead=timedelta(days=14),
            zone=app.config.site.zone,
        )
        call._calm -= CALM  # a minute is long
        call.round()

    assert "desk: cannot be asked: ZeroDivisionError" in caplog.text
    assert "secret" not in caplog.text
