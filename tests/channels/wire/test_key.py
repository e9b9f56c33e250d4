from datetime import UTC, datetime, timedelta

import pytest

from syndicate.channels.wire.key import EPOCH, LAST, moment_of, new_key

NOW = datetime(2026, 11, 22, 10, 0, 5, 123_000, tzinfo=UTC)


def test_a_key_tells_when_it_was_made_and_no_two_are_the_same() -> None:
    first, second = new_key(NOW), new_key(NOW)

    assert first != second
    assert len(first) == 64
    assert moment_of(first) == moment_of(second) == NOW
    assert first[:8] != second[:8]


@pytest.mark.parametrize(
    ("digit", "moment"),
    [("0", EPOCH), ("f", EPOCH + timedelta(milliseconds=LAST))],
)
def test_a_key_that_was_made_another_way_tells_some_time(
    digit: str, moment: datetime
) -> None:
    assert moment_of(digit * 64) == moment


def test_a_clock_before_1970_makes_a_key_all_the_same() -> None:
    assert moment_of(new_key(EPOCH - timedelta(days=1))) == EPOCH
