"""What messages cost, where it is shown."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CONFIG

X = """
[[channels]]
name = "x-main"
kind = "x"
token = "put-the-user-token-here"
"""


@pytest.fixture
def paying(site: Path) -> Path:
    (site / "config.toml").write_text(CONFIG + X, "utf-8")
    post = "---\ntitle: 지진\n---\n\n본문입니다.\n"
    (site / "_posts" / "2026-11-22-a.md").write_text(post, "utf-8")
    return site


@pytest.mark.usefixtures("paying")
def test_a_preview_says_what_each_message_costs_and_all_of_them(run: Any) -> None:
    shown = run("preview", "2026-11-22-a.md").stdout

    assert shown.count("costs about $0.20") == 2
    assert shown.rstrip().endswith("costs about $0.20")


@pytest.mark.usefixtures("paying")
def test_a_preview_tells_programs_the_exact_amount(run_json: Any) -> None:
    terminal, x = run_json("preview", "2026-11-22-a.md")["channels"]

    assert terminal["price"] is None
    assert x["price"] == {"amount": "0.200", "currency": "USD"}


@pytest.mark.usefixtures("paying")
def test_whoever_pushes_sees_it_before(run: Any, run_json: Any) -> None:
    said = run("push", "--text", "속보", "--dry-run").stdout
    told = run_json("push", "--text", "속보", "--dry-run")

    assert "costs about $0.015" in said
    assert told["channels"][1]["price"]["amount"] == "0.015"


@pytest.mark.usefixtures("site")
def test_where_nobody_charges_nothing_is_said_of_it(run: Any) -> None:
    assert "costs" not in run("push", "--text", "속보", "--dry-run").stdout


@pytest.mark.usefixtures("paying")
def test_channels_say_what_went_out_this_month(run: Any, run_json: Any) -> None:
    run("build")

    assert "nothing spent this month" in run("channels").stdout
    terminal, x = run_json("channels")
    assert terminal["spent"] is None
    assert x["spent"] == {"messages": 0, "sums": []}


@pytest.mark.usefixtures("paying")
def test_a_correction_says_what_all_of_it_costs(run: Any, run_json: Any) -> None:
    run("build")
    run("push", "--text", "속보", "--to", "x-main", "--yes", "--no-wait")
    said = run("correct", "1", "--text", "정정", "--dry-run").stdout
    told = run_json("correct", "1", "--text", "정정", "--dry-run")

    assert "costs about $0.015" in said
    assert [each["price"]["amount"] for each in told["bodies"]] == ["0.015"]


def test_a_short_time_to_edit_is_told_in_minutes(paying: Path, run: Any) -> None:
    config = paying / "config.toml"
    config.write_text(config.read_text("utf-8") + "edits = true\n", "utf-8")

    assert "edit (within 30 minutes)" in run("channels").stdout
    assert "30분 안에" in run("--lang", "ko", "channels").stdout
