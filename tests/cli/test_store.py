"""A ledger that moves: the real command, real databases."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from syndicate.outbox.sending_right import sending_right
from syndicate.store import audit
from syndicate.store.engine import Store, open_store

OLD = "sqlite:///syndicate.db"


@pytest.fixture
def ledger(site: Path, run: Any) -> Path:
    """Give a site that has built, told somebody something, and holds something back."""
    (site / "_posts/a.md").write_text("---\ntitle: 첫 소식\n---\n본문\n", "utf-8")
    run("build")
    run("push", "--text", "속보 하나", "--yes", "--no-wait")
    run("push", "--text", "속보 둘", "--yes", "--no-wait")
    run("cancel", "2")
    return site


@pytest.fixture
def new(schema: str) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def opening() -> Store:
        opened.append(open_store(schema, Path()))
        return opened[-1]

    yield opening
    for store in opened:
        store.close()


def use(site: Path, url: str) -> None:
    config = site / "config.toml"
    config.write_text(config.read_text() + f"[store]\nurl = {json.dumps(url)}\n")


def test_a_ledger_moves_whole_and_goes_on(
    ledger: Path, schema: str, new: Callable[[], Store], run: Any, run_json: Any
) -> None:
    before = run_json("alerts")
    (ledger / "to").write_text(schema + "\n")
    moved = run_json("store", "migrate", OLD, "@to")
    old_pauses = run("resume", "terminal").output
    use(ledger, schema)
    with new().read() as connection:
        chain = audit.verify(connection)
    after = run_json("alerts")
    run("push", "--text", "속보 셋", "--yes")
    later = run_json("alerts")

    assert moved["rows"]["alerts"] == 2
    assert moved["rows"]["posts"] == 1
    assert chain.is_whole
    assert chain.rows == moved["rows"]["audit"]
    assert after == before
    assert [(each["id"], each["deliveries"][0]["state"]) for each in later] == [
        (3, "sent"),
        (2, "cancelled"),
        (1, "sent"),
    ]
    assert "moved to postgresql" in old_pauses
    assert "store.url" in old_pauses


def test_it_goes_to_an_empty_database_only(ledger: Path, schema: str, run: Any) -> None:
    assert run("store", "migrate", OLD, schema).exit_code == 0

    again = run("store", "migrate", OLD, schema)

    assert again.exit_code == 3
    assert "not empty" in again.stderr


def test_it_may_come_back(ledger: Path, schema: str, run: Any, run_json: Any) -> None:
    run("store", "migrate", OLD, schema)
    back = run("store", "migrate", schema, "sqlite:///again.db")
    use(ledger, "sqlite:///again.db")

    assert back.exit_code == 0, back.output
    assert [alert["id"] for alert in run_json("alerts")] == [2, 1]

    run("push", "--text", "속보 셋", "--yes", "--no-wait")

    assert run_json("alerts")[0]["id"] == 3


@pytest.mark.parametrize("side", ["old", "new"])
def test_it_waits_until_no_daemon_runs(
    ledger: Path, schema: str, new: Callable[[], Store], run: Any, side: str
) -> None:
    store = open_store(OLD, ledger) if side == "old" else new()
    right = sending_right(store)
    right.acquire()
    refused = run("store", "migrate", OLD, schema)
    right.release()
    store.close()

    assert refused.exit_code == 2
    assert "a daemon runs on" in refused.stderr


@pytest.mark.parametrize(
    ("before", "said"),
    [("sqlite:///none.db", "no database to move"), ("@none", "none: ")],
)
def test_what_is_not_there_is_named(
    site: Path, schema: str, run: Any, before: str, said: str
) -> None:
    refused = run("store", "migrate", before, schema)

    assert refused.exit_code == 2
    assert said in refused.stderr
    assert not (site / "none.db").exists()
