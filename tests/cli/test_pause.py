"""The red button, and deciding for all that is held."""

import time
from pathlib import Path
from typing import Any

import pytest

from syndicate.app import open_app

BREAKING = '---\ntitle: "[속보] 지진 {0}"\nbreaking: true\n---\n\n본문.\n'


@pytest.fixture
def held(site: Path, run: Any) -> Path:
    """Give a site with four alerts that ask at once, and so are held."""
    run("build")
    for number in range(4):
        post = site / "_posts" / f"{number}.md"
        post.write_text(BREAKING.format(number), "utf-8")
    with open_app(site / "config.toml") as app:
        app.newsroom.look(app.newsroom.folder.scan())
    return site


def states(run_json: Any) -> set[str]:
    return {d["state"] for alert in run_json("alerts") for d in alert["deliveries"]}


def test_a_pause_is_shown_until_it_is_over(site: Path, run: Any, run_json: Any) -> None:
    assert run("pause", "terminal", "--reason", "drill").stdout == "terminal: paused\n"
    assert "terminal: was paused already" in run("pause", "terminal").stdout
    assert "terminal is paused since" in run("alerts").stdout
    (paused,) = run_json("pause")["paused"][1:]
    assert paused["channel"] == "terminal"

    said = run("resume").stdout
    assert said.startswith("every channel: sends again\nterminal is paused since")
    assert run_json("resume", "terminal") == {"changed": True, "paused": []}
    assert "terminal: was not paused" in run("resume", "terminal").stdout
    assert "paused" not in run("alerts").stdout


@pytest.mark.parametrize("channel", [[], ["terminal"]])
def test_a_push_into_a_pause_says_so_and_does_not_wait(
    site: Path, run: Any, channel: list[str]
) -> None:
    run("pause", *channel, "--reason", "drill")
    started = time.monotonic()
    said = run("push", "--text", "words", "--yes").stdout

    assert f"{channel[0] if channel else 'every channel'} is paused since" in said
    assert time.monotonic() - started < 60


def test_a_channel_nobody_knows_cannot_be_paused(site: Path, run: Any) -> None:
    assert run("pause", "desk").exit_code == 2


def test_all_that_is_held_goes_at_a_word(held: Path, run: Any, run_json: Any) -> None:
    assert states(run_json) == {"held"}
    assert run("approve").exit_code == 2
    assert run_json("approve", "--rule", "other") == {"alerts": []}
    assert run("approve", "--all").stdout == "4 alerts let go\n"
    assert states(run_json) == {"queued"}


def test_all_that_is_held_is_turned_down_at_a_word(
    held: Path, run: Any, run_json: Any
) -> None:
    assert run("reject").exit_code == 2
    assert run_json("reject", "--rule", "breaking") == {"alerts": [1, 2, 3, 4]}
    assert states(run_json) == {"cancelled"}
