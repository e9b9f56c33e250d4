import json
import os
from pathlib import Path
from typing import Any

import pytest

from syndicate.app import open_app
from syndicate.cli import COMMANDS
from syndicate.outbox.file_right import FileRight

POST = "---\ntitle: '[속보] 지진'\ncategories: [속보]\n---\n\n땅이 흔들렸습니다.\n"


def save(site: Path, name: str = "a.md", text: str = POST) -> None:
    (site / "_posts" / name).write_text(text, "utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_its_use(run: Any, command: str) -> None:
    shown = run(command, "--help")

    assert shown.exit_code == 0
    assert f"Usage: main {command}" in shown.output


def test_a_command_nobody_knows_is_a_wrong_use(run: Any) -> None:
    assert run("broadcast").exit_code == 2


@pytest.mark.parametrize("command", ["build", "check", "run", "alerts"])
def test_a_missing_configuration_is_named_with_the_way_to_one(
    run: Any, command: str, tmp_path: Path
) -> None:
    failed = run("-c", str(tmp_path / "no.toml"), command)

    assert failed.exit_code == 2
    assert "no.toml:1:1" in failed.stderr
    assert "syndicate init" in failed.stderr


def test_the_configuration_may_be_named_before_or_after_the_command(
    run: Any, site: Path, tmp_path: Path
) -> None:
    (site / "config.toml").rename(site / "other.toml")

    assert run("-c", "other.toml", "check").exit_code == 0
    assert run("check", "--config", "other.toml").exit_code == 0


def test_a_folder_that_is_not_there_is_the_environments_fault(
    run: Any, site: Path
) -> None:
    (site / "_posts").rmdir()
    failed = run("build")

    assert failed.exit_code == 3
    assert "posts.dir" in failed.stderr


def test_a_build_says_what_it_did_and_what_it_left(
    run: Any, run_json: Any, site: Path
) -> None:
    run("build")
    save(site)
    said = run("build").stdout

    assert "1 new" in said
    assert "rss.xml" in said
    assert "`syndicate run` sends" in said
    assert run_json("build")["files"] == []


def test_a_build_ends_as_a_check_does_where_a_post_is_in_error(
    run: Any, run_json: Any, site: Path
) -> None:
    save(site)
    save(site, "warned.md", "---\ntitle: 경고\ntitle: 둘\n---\n")
    warned = run("build").exit_code
    save(site, "b.md", "---\ntitle: {{ x }}\n---\n")
    failed = run("build", "--json")

    assert warned == 0
    assert failed.exit_code == 2
    assert "rss.xml" not in json.loads(failed.stdout)["files"]
    assert run("build").exit_code == 2  # with nothing to do, too
    assert (site / "feeds" / "rss.xml").exists()


def test_a_build_sees_that_data_of_the_site_changed(
    run: Any, run_json: Any, site: Path
) -> None:
    (site / "_data").mkdir()
    (site / "_data" / "desk.yml").write_text("phone: 02-000\n", "utf-8")
    save(site, text="---\ntitle: 강진\n---\n전화 {{ site.data.desk.phone }}\n")
    run("build")
    feed = site / "feeds" / "feed.json"
    before = feed.read_text("utf-8")
    unchanged = run_json("build")["files"]
    (site / "_data" / "desk.yml").write_text("phone: 02-111\n", "utf-8")
    run("build")

    assert "02-000" in before
    assert unchanged == []
    assert "02-111" in feed.read_text("utf-8")


def test_a_check_counts_and_names_what_is_wrong(
    run: Any, run_json: Any, site: Path
) -> None:
    save(site)
    assert run("check").exit_code == 0

    save(site, "b.md", "---\ntitle: {{ x }}\n---\n")
    failed = run("check")

    assert failed.exit_code == 2
    assert "_posts/b.md:2:8" in failed.stderr
    assert "2 files read: 1 post, 1 error, 0 warnings" in failed.stdout
    assert run_json("check")["problems"][0]["file"] == "_posts/b.md"
    assert not (site / "syndicate.db").exists()


def test_a_preview_shows_the_bytes_that_a_push_will_send(
    run: Any, run_json: Any, site: Path
) -> None:
    save(site)
    [shown] = run_json("preview", "a.md")["channels"]

    assert shown["sha256"] in run("preview", "_posts/a.md").stdout
    assert run("push", "a.md", "--yes").exit_code == 0

    [alert] = run_json("alerts")
    assert alert["deliveries"][0]["text"] == shown["text"]
    assert alert["deliveries"][0]["state"] == "sent"


def test_a_push_asks_once_and_takes_no_for_an_answer(
    run: Any, run_json: Any, site: Path
) -> None:
    refused = run("push", "--text", "대피하세요")

    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert run_json("alerts") == []


def test_a_dry_run_accepts_nothing(run: Any, run_json: Any, site: Path) -> None:
    save(site)
    shown = run("push", "a.md", "--dry-run")

    assert "지진" in shown.stdout
    assert run_json("push", "a.md", "--dry-run")["alert"] is None
    assert run_json("alerts") == []


def test_a_push_that_has_nowhere_left_to_go_says_so(run: Any, site: Path) -> None:
    save(site)
    run("push", "a.md", "--yes")
    again = run("push", "a.md", "--yes")

    assert again.exit_code == 2
    assert "--again" in again.stderr
    assert "alert 1: sent" in again.stdout
    assert run("push", "a.md", "--yes", "--again").exit_code == 0


def test_a_push_for_later_waits_in_the_outbox(
    run: Any, run_json: Any, site: Path
) -> None:
    accepted = run(
        "push", "--text", "내일", "--at", "2999-01-01T09:00", "--yes", "--no-wait"
    )

    assert accepted.exit_code == 0
    [alert] = run_json("alerts")
    assert alert["deliveries"][0]["due_at"].startswith("2999-01-01T00:00")


@pytest.mark.parametrize("when", ["soon", "25:00", "2001-01-01T00:00"])
def test_a_time_that_cannot_be_is_said(run: Any, site: Path, when: str) -> None:
    failed = run("push", "--text", "x", "--at", when, "--yes")

    assert failed.exit_code == 2
    assert "--at" in failed.stderr


def test_one_alert_is_shown_whole(run: Any, site: Path) -> None:
    save(site)
    run("push", "a.md", "--yes")
    shown = run("alerts", "1").stdout

    assert "[속보] 지진" in shown
    assert "https://news.example/" in shown
    assert "sent" in shown


def test_an_alert_nobody_knows_is_said(run: Any, site: Path) -> None:
    assert "no alert yet" in run("alerts").stdout

    failed = run("alerts", "7")

    assert failed.exit_code == 2
    assert "there is no alert 7" in failed.stderr


HELD = """
[alerts]
approval = ["breaking"]
"""


def held(run: Any, site: Path) -> None:
    """File an alert that waits for a second person."""
    config = site / "config.toml"
    config.write_text(config.read_text("utf-8") + HELD, "utf-8")
    run("build")
    save(site)
    with open_app(config) as app:
        app.newsroom.look(app.newsroom.folder.scan())


def test_a_held_alert_goes_when_a_person_lets_it(
    run: Any, run_json: Any, site: Path
) -> None:
    held(run, site)

    assert "held: waits for a person" in run("alerts").stdout
    assert "1 message let go" in run("approve", "1").stdout
    assert run_json("alerts")[0]["deliveries"][0]["state"] == "queued"


@pytest.mark.parametrize("command", ["reject", "cancel"])
def test_an_alert_that_has_not_left_can_be_withdrawn(
    run: Any, run_json: Any, site: Path, command: str
) -> None:
    held(run, site)

    assert "1 message withdrawn" in run(command, "1", "--reason", "오보").stdout
    assert run_json("alerts", "1")["deliveries"][0]["state"] == "cancelled"


@pytest.mark.parametrize("command", ["approve", "reject", "cancel"])
def test_what_does_not_wait_cannot_be_decided_about(
    run: Any, site: Path, command: str
) -> None:
    save(site)
    run("push", "a.md", "--yes")
    if command == "approve":  # one's own
        run("cancel", "1")
    failed = run(command, "1")

    assert failed.exit_code == (2 if command == "approve" else 1)
    assert failed.stdout == ""


def test_a_push_waits_for_a_second_person_too(
    run: Any, run_json: Any, site: Path
) -> None:
    config = site / "config.toml"
    config.write_text(config.read_text("utf-8") + HELD, "utf-8")
    pushed = run("push", "--text", "속보", "--severity", "breaking", "--yes")

    assert "waits for approval" in pushed.stdout
    assert "somebody else lets it go: `syndicate approve 1`" in pushed.stdout
    assert run_json("alerts", "1")["deliveries"][0]["state"] == "held"
    own = run("approve", "1")
    assert own.exit_code == 2
    assert "a second person is needed" in own.stderr


@pytest.mark.parametrize("command", ["approve", "reject", "cancel"])
def test_nothing_can_be_decided_about_an_alert_nobody_knows(
    run: Any, site: Path, command: str
) -> None:
    failed = run(command, "7")

    assert failed.exit_code == 2
    assert "there is no alert 7" in failed.stderr


def test_only_a_doubt_can_be_resolved(run: Any, site: Path) -> None:
    save(site)
    run("push", "a.md", "--yes")
    failed = run("resolve", "1", "sent")

    assert failed.exit_code == 2
    assert "not in doubt" in failed.stderr


def test_the_same_request_is_told_once_and_shown_for_what_it_was(
    run: Any, run_json: Any, site: Path
) -> None:
    words = ("--request-id", "k", "--yes")
    run("push", "--text", "첫째", *words)
    again = run("push", "--text", "둘째", *words)

    assert again.exit_code == 0
    assert "k is alert 1 already" in again.stderr
    [alert] = run_json("alerts")
    assert alert["deliveries"][0]["text"] == "첫째"


def test_a_push_that_nobody_will_send_says_who_should(run: Any, site: Path) -> None:
    assert (
        "start `syndicate run`"
        in run("push", "--text", "x", "--yes", "--no-wait").stdout
    )


def test_an_address_that_is_none_of_the_web_is_refused(run: Any, site: Path) -> None:
    failed = run("push", "--text", "x", "--url", "javascript:x", "--yes")

    assert failed.exit_code == 2
    assert "--url" in failed.stderr


def test_an_error_is_json_where_json_was_asked_for(
    run: Any, run_json: Any, site: Path
) -> None:
    assert "alert 9" in run_json("alerts", "9")["error"]

    (site / "config.toml").write_text("[site]\nurll = 1\n", "utf-8")
    codes = {problem["code"] for problem in run_json("check")["problems"]}

    assert codes == {"CF003", "CF004"}


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30, "x"])
def test_a_number_that_cannot_be_is_a_wrong_use(
    run: Any, site: Path, number: str
) -> None:
    assert run("alerts", "--", number).exit_code == 2
    assert run("alerts", "--last", number).exit_code == 2


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("alerts", "--bogus"), "there is no option --bogus"),
        (("alerts", "1", "2"), "2: more than the command asks for"),
        (("correct",), "ID is missing"),
        (("nothing",), "there is no command nothing"),
        (("resolve", "1", "so"), "WORD: write one of sent, resend, cancel"),
        (("push", "--text"), "--text needs a value"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_answered_in_json_if_asked(
    run: Any, words: tuple[str, ...], wrong: str
) -> None:
    result = run(words[0], "--json", *words[1:])

    assert result.exit_code == 2
    assert json.loads(result.stdout) == {"error": wrong}
    assert result.stderr.endswith(f"syndicate: {wrong}\n")


def test_a_configuration_that_is_a_pipe_is_refused_at_once(
    site: Path, run: Any
) -> None:
    os.mkfifo(site / "pipe")
    result = run("check", "-c", "pipe")

    assert result.exit_code == 2
    assert "not a regular file" in result.stderr


def test_a_database_that_vanished_below_a_daemon_is_not_made_anew(
    site: Path, run: Any
) -> None:
    run("push", "--text", "하나", "--yes", "--no-wait")
    right = FileRight(site / "syndicate.db")
    assert right.acquire()
    (site / "syndicate.db").unlink()

    for words in (("push", "--text", "둘", "--yes"), ("build",)):
        result = run(*words)
        assert result.exit_code == 3
        assert "is gone while a process works with it" in result.stderr
    assert not (site / "syndicate.db").exists()

    right.release()
    assert run("push", "--text", "셋", "--yes").exit_code == 0


def test_trouble_with_a_file_is_told_as_that_and_not_as_one_of_printing(
    site: Path, run: Any
) -> None:
    name = "a" * 300
    result = run("init", str(site / name))

    assert result.exit_code == 3
    assert result.stderr.startswith(f"syndicate: {site / name}")
    assert result.stderr.endswith("File name too long\n")
