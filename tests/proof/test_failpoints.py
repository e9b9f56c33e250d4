"""
Killed on each side of every commit, every byte, every sync and every rename.

Before the restart the feeds are looked at as a reader would; then the process is
started twice. Keyed and asked channels have exactly one effect at every point, the
others never two, and never silence about it (``Case.judge``).
"""

import re
from collections import Counter

import pytest

from tests.proof.lives import Cases, Note

SHARDS = 8
EARLY = {f"before Connection.commit {number}" for number in range(1, 9)}
AFTER = r"after (Connection.commit|socket.recv) \d+|after socket.send \d*[02468]"
"""Of the two pieces of a request it is the second that makes it whole."""


def die_at(cases: Cases, points: list[str], *, news: bool) -> Counter[str]:
    """Die at each of some points. Gives effects and doubts in sum."""
    tally: Counter[str] = Counter()
    faults: list[str] = []
    for point in points:
        case = cases(point.replace(" ", "-"), news=news)
        tally += case.die_and_recover(case.live(point))
        faults += case.faults
    assert faults == []
    return tally


def test_a_whole_life_tells_every_channel_of_everything_once(cases: Cases) -> None:
    case = cases("whole")
    assert case.live() == 0

    assert case.judge(case.recover()) == {
        "effects": 8,
        "webhook": 2,
        "asked": 2,
        "x": 2,
        "telegram": 2,
    }
    assert case.faults == []


@pytest.mark.parametrize("shard", [0, pytest.param(1, marks=pytest.mark.full)])
def test_a_push_survives_a_kill_at_any_point(cases: Cases, shard: int) -> None:
    """Every second of these, the other points, and those of news: in the full tier."""
    case = cases("points", news=False)
    points = [
        point for point in case.points() if point in EARLY or re.fullmatch(AFTER, point)
    ]
    assert len(points) > 20

    tally = die_at(cases, points[shard::2], news=False)
    assert tally["webhook"] == tally["asked"] == len(points[shard::2])


@pytest.mark.parametrize("point", ["after socket.send", "after socket.recv"])
def test_a_kill_in_the_rescue_is_a_kill_like_any_other(
    cases: Cases, point: str
) -> None:
    case = cases("rescue", news=False)
    for number in (2, 4, 1):
        case.live(f"{point} {number}")
        case.live("before Connection.commit 1")
        case.live("after Connection.commit 1")

    case.judge(case.recover())
    assert case.faults == []


@pytest.mark.full
@pytest.mark.parametrize("shard", range(SHARDS))
def test_news_and_a_push_survive_a_kill_at_any_point(
    cases: Cases, shard: int, record_property: Note
) -> None:
    points = cases("points").points()
    assert len(points) > 100
    mine = points[shard::SHARDS]

    tally = die_at(cases, mine, news=True)
    assert tally["webhook"] == tally["asked"] == 2 * len(mine)
    record_property("tally", f"{len(mine)} of {len(points)} points: {dict(tally)}")


@pytest.mark.full
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("sends", [4, 8])
def test_a_kill_at_any_point_of_a_recovery(
    cases: Cases, shard: int, sends: int, record_property: Note
) -> None:
    """Four sends: two channels have been told of one alert; eight: all but the last."""
    before = f"after socket.send {sends}"
    first = cases("points")
    first.live(before)
    points = first.points()[shard::SHARDS]
    faults = []
    tally: Counter[str] = Counter()
    for point in points:
        case = cases(f"{sends}-{point}".replace(" ", "-"))
        case.live(before)
        tally += case.die_and_recover(case.live(point))
        faults += case.faults

    assert faults == []
    assert tally["webhook"] == tally["asked"] == 2 * len(points)
    record_property("tally", f"{len(points)} points: {dict(tally)}")
