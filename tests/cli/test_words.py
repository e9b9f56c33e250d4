from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from syndicate.cli.words import read_time, zoned_time
from syndicate.errors import UsageError

NEW_YORK, SEOUL = ZoneInfo("America/New_York"), ZoneInfo("Asia/Seoul")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "text", "zone", "meant"),
    [
        ("2026-05-18T00:00", "18:30", SEOUL, "2026-05-18T09:30"),
        ("2026-05-18T00:00", "9:30", SEOUL, "2026-05-18T00:30"),
        ("2026-05-18T00:00", "2026-05-18T18:30-04:00", SEOUL, "2026-05-18T22:30"),
        # An hour that is left out: 02:30 EST is 03:30 EDT.
        ("2026-03-08T06:00", "02:30", NEW_YORK, "2026-03-08T07:30"),
        ("2026-03-08T07:10", "02:30", NEW_YORK, "2026-03-08T07:30"),
        ("1988-05-07T16:00", "02:30", SEOUL, "1988-05-07T17:30"),
        # An hour that comes twice: the first of them, or the one to come.
        ("2026-11-01T04:00", "01:30", NEW_YORK, "2026-11-01T05:30"),
        ("2026-11-01T05:45", "01:30", NEW_YORK, "2026-11-01T06:30"),
        ("2026-11-01T06:15", "01:30", NEW_YORK, "2026-11-01T06:30"),
        ("1988-10-08T16:15", "02:30", SEOUL, "1988-10-08T16:30"),
        ("1988-10-08T17:15", "02:30", SEOUL, "1988-10-08T17:30"),
    ],
)
def test_a_time_that_clocks_skip_or_repeat_is_one_to_come(
    now: str, text: str, zone: ZoneInfo, meant: str
) -> None:
    assert read_time(text, zone=zone, now=moment(now)) == moment(meant)


@pytest.mark.parametrize(
    ("now", "text"),
    [("2026-11-01T06:45", "01:30"), ("2026-03-08T07:30", "02:30")],
)
def test_a_time_that_clocks_skip_or_repeat_passes_like_any_other(
    now: str, text: str
) -> None:
    with pytest.raises(UsageError, match="passed"):
        read_time(text, zone=NEW_YORK, now=moment(now))


def test_a_time_is_named_by_the_zone_of_its_own_day() -> None:
    assert zoned_time(moment("2026-11-01T05:30"), NEW_YORK).endswith("01:30:00 EDT")
    assert zoned_time(moment("2026-11-01T06:30"), NEW_YORK).endswith("01:30:00 EST")
