"""Corrections and retractions, as an operator makes them."""

from pathlib import Path
from typing import Any

import pytest

from syndicate.app import open_app
from syndicate.model import Alert
from syndicate.outbox.enqueue import accept

POST = "---\ntitle: 동해에서 강진\ndate: 2026-01-01 12:00\n---\n규모 5.2 지진.\n"


@pytest.fixture
def told(site: Path, run: Any) -> Path:
    """Give a site whose terminal was told of a post."""
    (site / "_posts" / "2026-01-01-a.md").write_text(POST, "utf-8")
    run("build")
    assert run("push", "_posts/2026-01-01-a.md", "--yes").exit_code == 0
    return site


def test_a_plan_shows_act_bodies_and_hash_and_changes_nothing(
    told: Path, run: Any, run_json: Any
) -> None:
    shown = run("correct", "1", "--text", "규모 4.2", "--dry-run")
    plan = run_json("correct", "1", "--text", "규모 4.2", "--dry-run")

    assert shown.exit_code == 0
    for words in ("notice", "cannot be", "[정정] 규모 4.2", "sha256", "has a note"):
        assert words in shown.stdout
    assert plan["messages"][0]["acts"] == ["notice"]
    assert plan["bodies"][0]["text"].startswith("[정정] 규모 4.2")
    assert len(run_json("alerts")) == 1
    assert (told / "feeds" / "atom.xml").is_file()


def test_a_correction_is_told_and_covered_and_the_feed_follows(
    told: Path, run: Any, run_json: Any
) -> None:
    result = run("correct", "1", "--text", "규모 4.2", "--yes", "--lang", "ko")

    assert result.exit_code == 0
    assert "안내를 보냈습니다. 첫 메시지는 회수할 수 없습니다" in result.stdout
    assert "처리됨: 1건 가운데 1건" in result.stdout
    run("build")
    feed = (told / "feeds" / "feed.json").read_text("utf-8")
    assert "[정정] 규모 4.2" in feed
    alert = run_json("alerts", "2")
    assert (alert["corrects"], alert["retracts"]) == (1, None)
    assert [each["is_reached"] for each in alert["coverage"]] == [True]
    assert "corrected by alert 2" in run("alerts", "1").stdout
    assert "corrects alert 1" in run("alerts", "2").stdout


def test_a_retraction_takes_the_post_out_of_the_feeds_and_can_be_undone(
    told: Path, run: Any, run_json: Any
) -> None:
    run("correct", "1", "--text", "규모 4.2", "--yes")
    result = run("retract", "2", "--reason", "오보", "--yes")
    feed = told / "feeds" / "feed.json"

    assert result.exit_code == 0
    assert "covered: 1 of 1" in result.stdout, "one notice in each channel"
    run("build")
    assert "동해에서 강진" not in feed.read_text("utf-8")
    assert "taken back by alert 3" in run("alerts", "1").stdout
    assert "takes back alert 2" in run("alerts", "3").stdout

    again = run("retract", "1", "--reason", "오보", "--yes")
    assert (again.exit_code, "alert 3 took it back" in again.stdout) == (0, True)
    assert len(run_json("alerts")) == 3
    corrected = run("correct", "1", "--text", "규모 4.2", "--yes")
    assert (corrected.exit_code, "by alert 3" in corrected.stderr) == (2, True)

    assert "in the feeds again" not in run("alerts", "1").stdout
    assert "in the feeds again" in run("reinstate", "1").stdout
    assert "stands in the feeds again since" in run("alerts", "1").stdout
    run("build")
    assert "동해에서 강진" in feed.read_text("utf-8")
    assert run("reinstate", "1").exit_code == 2
    assert len(run_json("alerts")) == 3


@pytest.mark.usefixtures("told")
def test_a_retraction_with_json_gives_number_and_coverage(run_json: Any) -> None:
    done = run_json("retract", "1", "--reason", "오보", "--yes", "--no-feeds")

    assert done["alert"] == 2
    assert done["coverage"][0]["channel"] == "terminal"
    assert run_json("retract", "1", "--reason", "오보", "--no-feeds")["alert"] is None


@pytest.mark.usefixtures("told")
def test_the_same_request_is_accepted_once(run: Any, run_json: Any) -> None:
    words = ("retract", "1", "--reason", "오보", "--yes", "--request-id", "r")
    assert run(*words).exit_code == 0
    again = run(*words)

    assert again.exit_code == 0
    assert "alert 2 already" in again.stderr
    assert len(run_json("alerts")) == 2


@pytest.mark.usefixtures("site")
def test_words_of_ones_own_touch_no_feed(run: Any) -> None:
    run("push", "--text", "규모 5.2", "--yes")
    result = run("retract", "1", "--reason", "오보", "--yes")

    assert result.exit_code == 0
    assert "feeds:" not in result.stdout
    assert "[취소] 규모 5.2" in result.stdout


def test_a_channel_that_is_configured_no_more_is_said_plainly(
    told: Path, run: Any
) -> None:
    config = told / "config.toml"
    config.write_text(config.read_text("utf-8").replace('"terminal"', '"other"'))
    result = run("retract", "1", "--reason", "오보", "--yes")

    assert result.exit_code == 0
    assert "not configured any more" in result.stdout
    assert "delivered; it cannot be recalled" in result.stdout


@pytest.mark.usefixtures("told")
def test_without_a_person_only_yes_is_an_answer(run: Any) -> None:
    result = run("retract", "1", "--reason", "오보")

    assert (result.exit_code, "say --yes" in result.stderr) == (2, True)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("correct", "9", "--text", "a"), "no alert 9"),
        (("correct", "1", "--text", " "), "say something"),
        (("retract", "1", "--reason", "a", "--to", "nobody"), "was not for nobody"),
        (("reinstate", "9"), "no alert 9"),
    ],
)
def test_what_cannot_be_is_told(run: Any, words: tuple[str, ...], said: str) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("command", ["correct", "retract"])
def test_where_no_alert_was_ever_told_no_database_is_made(
    site: Path, run: Any, command: str
) -> None:
    option = "--text" if command == "correct" else "--reason"
    assert run(command, "1", option, "a").exit_code == 2
    assert not (site / "syndicate.db").exists()


@pytest.mark.usefixtures("told")
def test_a_plan_names_each_messages_alert_where_there_are_several(
    run: Any, run_json: Any
) -> None:
    words = ("retract", "1", "--reason", "오보", "--dry-run")
    alone = run(*words)
    with open_app(Path("config.toml")) as app, app.store.begin() as connection:
        echo = Alert(title="동해에서 강진", link=None, language="ko", held="a repeat")
        accept(connection, echo, app.roster.write(echo, ["terminal"]), now=app.clock())

    assert "alert 2" not in alone.stdout
    assert "terminal, alert 2" in run(*words).stdout
    assert "terminal, 알림 2번" in run(*words, "--lang", "ko").stdout
    assert [each["alert"] for each in run_json(*words)["messages"]] == [1, 2]
