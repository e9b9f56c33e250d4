"""Whether credentials hold: asked by the clock, kept, told days ahead."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from syndicate.app.answers import Answer, remember, remembered
from syndicate.app.opening import open_config
from syndicate.app.roll_call import CALM, RollCall
from syndicate.app.telling import open_roster
from syndicate.channels.base import Standing
from syndicate.store.engine import Store
from syndicate.store.standings import StandingRow, keep_standing
from syndicate.testing import StoppedClock
from tests.receiver import Platform, Receiver, Request

CONFIG = """
[site]
url = "https://news.example"
timezone = "Asia/Seoul"

[[channels]]
name = "phones"
kind = "ntfy"
server = "{url}"
topic = "news"
token = "tk_put-the-token-here"

[[channels]]
name = "skies"
kind = "bluesky"
pds = "{url}"
handle = "desk.news.example"
app_password = "put-the-password-here"

[[channels]]
name = "x-main"
kind = "x"
token = "put-the-user-token-here"
base_url = "{url}"
"""
DAY = timedelta(days=1)


class Server(Platform):
    """A server of ntfy: it tells how long a token holds, refuses us, or fails."""

    def __init__(self) -> None:
        self.status = 200
        self.end = StoppedClock()() + DAY * 20

    def answer(self, request: Request) -> tuple[int, Any]:  # noqa: ARG002
        end = int(self.end.timestamp())
        token = {"token": "tk_put-the-token-here", "expires": end}
        return self.status, {"username": "desk", "tokens": [token]}


class Desk:
    """A server, a database, and the clock that asks."""

    def __init__(self, peer: Receiver, store: Store, folder: Path) -> None:
        config = folder / "config.toml"
        config.write_text(CONFIG.format(url=peer.url), "utf-8")
        self.peer, self.store, self.clock = peer, store, StoppedClock()
        self.roster = open_roster(open_config(config))
        self.call = RollCall(
            roster=self.roster,
            store=store,
            clock=self.clock,
            ahead=14 * DAY,
            zone=ZoneInfo("Asia/Seoul"),
        )

    def wait(self, time: timedelta) -> None:
        self.clock.advance(time)
        self.call.round()

    def asked(self, path: str = "/v1/account") -> int:
        return sum(path in each.path for each in self.peer.requests)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def desk(server: Server, store: Store, tmp_path: Path) -> Any:
    with Receiver(server) as peer:
        yield Desk(peer, store, tmp_path)


def test_platforms_are_asked_once_a_day_and_not_at_the_start(desk: Desk) -> None:
    asked = []
    for time in (timedelta(0), CALM, DAY / 2, DAY / 2, DAY):
        desk.wait(time)
        asked.append(desk.asked())

    assert asked == [0, 1, 1, 2, 3]


def test_a_warning_begins_two_weeks_before_the_end_and_comes_daily(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.wait(CALM)
    for _ in range(5):
        desk.wait(DAY)
    assert "days left" not in caplog.text
    desk.wait(DAY)
    desk.wait(DAY)
    desk.wait(DAY * 30)

    told = [each.getMessage() for each in caplog.records if "days left" in each.msg]
    assert [each.split()[-1] for each in told] == ["13", "12", "0"]
    assert "phones: end on 2026-01-21" in told[0]
    assert "put-the" not in caplog.text


def test_what_it_said_is_kept_and_stands_while_it_is_away(
    desk: Desk, server: Server
) -> None:
    desk.wait(CALM)
    server.status = 503
    desk.wait(DAY)
    desk.wait(timedelta(minutes=59))
    assert desk.asked() == 2
    desk.wait(timedelta(minutes=1))
    known = remembered(desk.store)["phones"]

    assert desk.asked() == 3, "who is away is asked again in an hour"
    assert known.asked_at == desk.clock() - DAY - timedelta(hours=1)
    assert known.answer.standing
    assert known.answer.standing.expires == server.end


def test_a_refusal_is_kept_in_its_place_and_warned_of(
    desk: Desk, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    desk.wait(CALM)
    server.status = 401
    desk.wait(DAY)

    known = remembered(desk.store)["phones"].answer
    assert known.standing is None
    assert "401" in known.refusal
    assert "phones: refused: " in caplog.text


def test_nobody_is_asked_who_takes_money_for_it(desk: Desk) -> None:
    desk.wait(CALM)

    assert desk.asked("createSession") == 1
    assert desk.asked("/2/") == 0


def test_a_clock_that_was_turned_back_has_them_asked_again(desk: Desk) -> None:
    desk.wait(CALM)
    desk.wait(-DAY * 400)

    assert desk.asked() == 2


def test_the_word_of_another_version_or_channel_does_not_count(desk: Desk) -> None:
    now = desk.clock()
    row = StandingRow(channel="phones", asked_at=now, expires=None, record='{"x": 1}')
    with desk.store.begin() as connection:
        keep_standing(connection, row)
    assert remembered(desk.store) == {}

    standing = Standing(account="@desk", scopes=["read"], quota="9 left")
    said = {"old": Answer(standing=standing), "new": Answer(standing=standing)}
    remember(desk.store, {"old": said["old"]}, of=["old"], now=now)
    remember(desk.store, {"new": said["new"]}, of=["new"], now=now)
    assert {n: k.answer for n, k in remembered(desk.store).items()} == {
        "new": said["new"]
    }
