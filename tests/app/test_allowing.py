"""What servers say they take: asked by the clock, kept, gone by everywhere."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.app import App, Words
from syndicate.app.allowing import Enquiry, recall
from syndicate.app.opening import open_config
from syndicate.app.telling import open_roster
from syndicate.channels.mastodon import Mastodon
from syndicate.store.allowances import AllowanceRow, keep_allowance, load_allowances
from syndicate.store.engine import Store
from syndicate.testing import StoppedClock
from tests.receiver import Connection, Receiver

CONFIG = """
[site]
url = "https://news.example"

[[channels]]
name = "fediverse"
kind = "mastodon"
instance = "{url}"
token = "put-the-access-token-here"
"""
DAY = timedelta(days=1)


class Instance:
    """Takes statuses of some length, unless it is away."""

    def __init__(self) -> None:
        self.most: Any = 5_000
        self.is_away = False

    def __call__(self, connection: Connection) -> None:
        connection.read()
        if self.is_away:
            return
        said = {"configuration": {"statuses": {"max_characters": self.most}}}
        body = json.dumps(said).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.send(head.encode() + body)


class Desk:
    """A server, a database, and the clock that asks."""

    def __init__(self, peer: Receiver, store: Store, folder: Path) -> None:
        self.config = folder / "config.toml"
        self.config.write_text(CONFIG.format(url=peer.url), "utf-8")
        self.store, self.clock = store, StoppedClock()
        self.roster = open_roster(open_config(self.config))
        self.enquiry = Enquiry(roster=self.roster, store=store, clock=self.clock)
        self.peer = peer

    def limit(self) -> int:
        """Give the limit that a process which starts now goes by."""
        roster = open_roster(open_config(self.config))
        recall(roster, self.store)
        return roster.channels["fediverse"].configured_limits.text


@pytest.fixture
def instance() -> Instance:
    return Instance()


@pytest.fixture
def desk(instance: Instance, store: Store, tmp_path: Path) -> Any:
    with Receiver(instance) as peer:
        yield Desk(peer, store, tmp_path)


def test_a_server_is_asked_once_a_day_and_every_process_goes_by_its_word(
    desk: Desk, instance: Instance
) -> None:
    before = desk.limit()
    for _ in range(3):
        desk.enquiry.round()
    first = desk.limit()
    instance.most = 300
    desk.enquiry.round()
    unasked = desk.limit()
    desk.clock.advance(DAY)
    desk.enquiry.round()

    assert (before, first, unasked, desk.limit()) == (500, 5_000, 5_000, 300)
    assert len(desk.peer.requests) == 2


def test_the_hour_it_was_read_is_kept(desk: Desk) -> None:
    desk.enquiry.round()
    with desk.store.read() as connection:
        row = load_allowances(connection)["fediverse"]

    assert (row.read_at, row.server) == (desk.clock(), desk.peer.url)


def test_a_server_that_is_away_changes_nothing_and_is_asked_again_in_an_hour(
    desk: Desk, instance: Instance
) -> None:
    desk.enquiry.round()
    instance.is_away = True
    desk.clock.advance(DAY)
    for _ in range(3):
        desk.enquiry.round()
    asked = len(desk.peer.requests)
    desk.clock.advance(timedelta(hours=1))
    desk.enquiry.round()

    assert desk.limit() == 5_000
    assert (asked, len(desk.peer.requests)) == (2, 3)


def test_a_server_that_says_nothing_of_use_changes_nothing(
    desk: Desk, instance: Instance
) -> None:
    instance.most = "many"
    desk.enquiry.round()
    new = desk.limit()
    instance.most = 5_000
    desk.clock.advance(DAY)
    desk.enquiry.round()
    instance.most = None
    desk.clock.advance(DAY)
    desk.enquiry.round()

    assert (new, desk.limit()) == (500, 5_000)
    assert len(desk.peer.requests) == 5, "each time at the older address as well"


def test_a_clock_that_was_turned_back_has_it_asked_again(desk: Desk) -> None:
    desk.enquiry.round()
    desk.clock.advance(-DAY * 400)
    desk.enquiry.round()

    assert len(desk.peer.requests) == 2


@pytest.mark.parametrize(
    "changes",
    [{"server": "https://other.example"}, {"record": '{"words": 1}'}, {"record": ""}],
)
def test_the_word_of_another_server_or_version_does_not_count(
    desk: Desk, changes: dict[str, str]
) -> None:
    row = {
        "channel": "fediverse",
        "server": desk.peer.url,
        "read_at": datetime(2026, 1, 1, 12, tzinfo=UTC),
        "record": '{"text": 9000}',
    }
    with desk.store.begin() as connection:
        keep_allowance(connection, AllowanceRow(**(row | changes)))  # type: ignore[arg-type]
    before = desk.limit()
    desk.enquiry.round()

    assert (before, desk.limit()) == (500, 5_000)


def test_a_channel_that_breaks_off_hurts_no_other(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Mastodon):
        def ask_limits(self) -> Any:
            raise KeyError("put-the-access-token-here")

    caplog.set_level(logging.INFO)
    channel = desk.roster.channels["fediverse"]
    both = {"broken": Broken(channel.config), "fediverse": channel}
    desk.enquiry.roster = type(desk.roster)(channels=both, configs={})
    desk.enquiry.round()

    assert desk.limit() == 5_000
    assert "put-the-access-token-here" not in caplog.text
    assert "KeyError" in caplog.text


def test_what_is_previewed_is_what_is_pushed_whatever_is_said_in_between(
    instance: Instance, tmp_path: Path
) -> None:
    long = "긴 소식입니다. " * 100
    (tmp_path / "_posts").mkdir()
    with Receiver(instance) as peer:
        (tmp_path / "config.toml").write_text(CONFIG.format(url=peer.url), "utf-8")
        config = open_config(tmp_path / "config.toml")
        with App(config) as app:
            short = app.draft(Words(text=long)).outgoing[0]
            app.build()
            Enquiry(roster=app.roster, store=app.store, clock=app.clock).round()
        with App(config) as app:
            draft = app.draft(Words(text=long))
        with App(config) as app:
            app.push(draft)
            again = app.draft(Words(text=long)).outgoing[0]

    assert short.limit == 500
    assert draft.outgoing[0].limit == again.limit == 5_000
    assert draft.outgoing[0].body == again.body != short.body


@contextmanager
def failing(store: Store) -> Iterator[None]:
    """Have the database fail whoever asks it for allowances."""
    with store.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE allowances RENAME TO elsewhere")
    yield
    with store.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO allowances")


def test_a_database_that_fails_leaves_the_usual_limits(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.enquiry.round()
    with failing(desk.store):
        assert desk.limit() == 500

    assert "what servers take is not known" in caplog.text


def test_a_site_without_such_channels_has_nothing_looked_up(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    with failing(desk.store):
        recall(type(desk.roster)(channels={}, configs={}), desk.store)

    assert caplog.text == ""
