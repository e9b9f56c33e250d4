"""
The real command under clocks that skip an hour, repeat one, or are set; and asleep.

``faketime`` gives the processes another clock on the wall and leaves them the one that
counts the seconds since the machine was started.
"""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.full
LIBRARY = "lib*/*/faketime/libfaketimeMT.so.1"
FAKED = Path(__file__).with_name("faked")
ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)
LATE = timedelta(seconds=15)  # that a busy machine may be; the clock leaps an hour
SOON = 20  # seconds; sooner than a look at the whole folder, on a busy machine, too


class Wall:
    """The clock on the wall of a site's processes."""

    def __init__(self, site: Any, moment: datetime) -> None:
        libraries = sorted(Path("/usr").glob(LIBRARY))
        assert libraries, "not run: there is no faketime; `make full-setup`"
        self._file: Path = site.folder / "faketimerc"
        self.ahead = timedelta(0)  # of the machine's
        self.turn(moment - datetime.now(UTC))
        site.environment |= {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_RESET": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": os.pathsep.join([str(FAKED), str(ROOT)]),
        }

    def turn(self, ahead: timedelta) -> None:
        """Set it forward, or back."""
        self.ahead += ahead
        draft = self._file.with_suffix(".tmp")
        draft.write_text(f"{self.ahead.total_seconds():+.3f}\n", "ascii")
        draft.rename(self._file)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def of(self, moment: float) -> datetime:
        """Give what it showed at a moment of the machine's."""
        return datetime.fromtimestamp(moment, UTC) + self.ahead

    def save(self, site: Any, name: str, text: str) -> None:
        path = site.save(name, text)
        os.utime(path, (self.now().timestamp(),) * 2)


def in_zone(site: Any, zone: str) -> Any:
    config = site.folder / "config.toml"
    text = config.read_text("utf-8").replace("Asia/Seoul", zone)
    config.write_text(text, "utf-8")
    return site


def told(receiver: Any, channel: str, words: str) -> int:
    return sum(words in text for text in receiver.texts(channel))


@pytest.mark.parametrize(
    "case",
    [
        # 01:59:59 EST, 03:00:00 EDT: a time that is left out is taken as EST.
        ("America/New_York", "2026-03-08T07:00", "2026-03-08 02:00:04", "02:00:08"),
        # 01:59:59 EDT, 01:00:00 EST: a time that comes twice is the one to come.
        ("America/New_York", "2026-11-01T06:00", "2026-11-01 01:00:04 -0500", "01:00:08"),
        ("Asia/Seoul", "1988-05-07T17:00", "1988-05-08 02:00:04", "02:00:08"),
        ("Asia/Seoul", "1988-10-08T17:00", "1988-10-09 02:00:04 +0900", "02:00:08"),
    ],
    ids=["gap in New York", "fold in New York", "gap in Seoul", "fold in Seoul"],
)  # fmt: skip
def test_what_is_set_for_an_hour_that_is_skipped_or_repeated_is_told_once_then(
    make_site: Any,
    receiver: Any,
    post: Any,
    wait_for: Any,
    case: tuple[str, str, str, str],
) -> None:
    zone, turns, scheduled, at = case
    turn = datetime.fromisoformat(turns).replace(tzinfo=UTC)
    site = in_zone(make_site("webhook"), zone)
    wall = Wall(site, turn - timedelta(seconds=40))
    wall.save(site, "old.md", post("예전 소식"))
    site.start()
    wall.save(site, "1.md", post("[속보] 예정", date=scheduled))
    push = ("push", "--text", "[속보] 나중", "--at", at, "--yes", "--no-wait")
    assert site.syndicate(*push).returncode == 0
    assert wall.now() < turn, "not run: this machine was too slow"

    wait_for(lambda: told(receiver, "webhook", "나중"), 90)
    time.sleep(3)
    assert [told(receiver, "webhook", words) for words in ("예정", "나중")] == [1, 1]
    shown = [wall.of(moment) - turn for moment in receiver.moments]
    for moment, due in zip(shown, (4, 8), strict=True):
        assert timedelta(seconds=due) <= moment < timedelta(seconds=due) + LATE
    assert set(site.states()) == {"sent"}


def begin(make_site: Any, receiver: Any, post: Any) -> tuple[Any, Wall]:
    """Begin at noon, with a message under way, one for later, and a channel at rest."""
    site = make_site("webhook", "mastodon", "telegram")
    wall = Wall(site, datetime(2026, 6, 1, 3, tzinfo=UTC))
    wall.save(site, "old.md", post("예전 소식"))
    site.start()
    assert site.syndicate("pause", "mastodon", "--reason", "drill").returncode == 0
    receiver.silent.add("telegram")
    later = ("push", "--text", "나중", "--to", "webhook", "--at", "12:40")
    now = ("push", "--text", "지금", "--to", "telegram", "--to", "mastodon")
    for push in (later, now):
        assert site.syndicate(*push, "--yes", "--no-wait").returncode == 0
    return site, wall


def states(site: Any) -> dict[tuple[str, str], str]:
    return {
        (each["channel"], alert["title"]): each["state"]
        for alert in site.json("alerts")
        for each in alert["deliveries"]
    }


def test_a_clock_set_forward_by_an_hour_loses_and_doubles_nothing(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site, wall = begin(make_site, receiver, post)
    wait_for(lambda: told(receiver, "telegram", "지금"))
    assert not told(receiver, "webhook", "나중")

    wall.turn(HOUR)
    wait_for(lambda: told(receiver, "webhook", "나중"), SOON)
    receiver.silent.clear()
    wall.save(site, "new.md", post("[속보] 새 소식"))
    wait_for(lambda: told(receiver, "webhook", "새 소식"), SOON)
    wait_for(lambda: site.states()["sending"] == 0)
    assert site.syndicate("resume", "mastodon").returncode == 0
    wait_for(lambda: told(receiver, "mastodon", "새 소식"), SOON)
    time.sleep(2)

    found = states(site)
    assert found["telegram", "지금"] == "in_doubt", "it hung until its deadline"
    assert found["mastodon", "지금"] == "expired", "half an hour was over"
    assert set(receiver.count("telegram").values()) == {1}
    assert set(receiver.count("webhook").values()) == {1}
    assert not told(receiver, "mastodon", "지금")


def test_a_clock_set_back_by_an_hour_loses_and_doubles_nothing(
    make_site: Any, receiver: Any, post: Any, wait_for: Any
) -> None:
    site, wall = begin(make_site, receiver, post)
    wait_for(lambda: told(receiver, "telegram", "지금"))

    wall.turn(-HOUR)
    receiver.silent.clear()
    wall.save(site, "new.md", post("[속보] 새 소식"))
    wait_for(lambda: told(receiver, "webhook", "새 소식"), SOON)
    assert site.syndicate("resume", "mastodon").returncode == 0
    wait_for(lambda: told(receiver, "mastodon", "지금"), SOON)
    wait_for(lambda: site.states()["sending"] == 0)
    assert not told(receiver, "webhook", "나중"), "its time is further away"
    wall.turn(2 * HOUR)
    wait_for(lambda: told(receiver, "webhook", "나중"), SOON)
    time.sleep(2)

    assert states(site)["telegram", "지금"] == "in_doubt"
    for channel in ("webhook", "mastodon", "telegram"):
        assert set(receiver.count(channel).values()) == {1}
    assert told(receiver, "mastodon", "새 소식") == 1


def test_a_process_that_sleeps_for_a_minute_makes_up_for_it_once(
    make_site: Any, receiver: Any, post: Any, wait_for: Callable[..., None]
) -> None:
    site = make_site("webhook", "mastodon", "telegram")
    site.save("old.md", post("예전 소식"))
    daemon = site.start()
    receiver.silent |= {"mastodon", "telegram"}
    later = (datetime.now(UTC) + timedelta(seconds=40)).isoformat()
    pushes = [
        ("--text", "지금", "--to", "mastodon", "--to", "telegram"),
        ("--text", "나중", "--to", "webhook", "--at", later),
    ]
    for push in pushes:
        done = site.syndicate("push", *push, "--yes", "--no-wait")
        assert done.returncode == 0, done.stderr
    wait_for(lambda: len(receiver.effects) == 2)

    daemon.send_signal(signal.SIGSTOP)
    receiver.silent.clear()
    site.save("new.md", post("[속보] 새 소식"))
    time.sleep(65)
    assert len(receiver.effects) == 2
    daemon.send_signal(signal.SIGCONT)
    wait_for(lambda: told(receiver, "webhook", "나중"))
    for channel in ("webhook", "mastodon", "telegram"):
        wait_for(lambda name=channel: told(receiver, name, "새 소식"))
    wait_for(lambda: not {"queued", "sending"} & site.states().keys())
    time.sleep(2)

    assert "stood still for" in site.log()
    assert states(site)["telegram", "지금"] == "in_doubt"
    assert states(site)["mastodon", "지금"] == "sent"
    for channel in ("webhook", "mastodon", "telegram"):
        assert set(receiver.count(channel).values()) == {1}
