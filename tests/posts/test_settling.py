from datetime import UTC, datetime, timedelta

import pytest

from syndicate.posts.settling import Settling
from syndicate.posts.stat import Stat

QUIET = timedelta(milliseconds=80)
NOW = datetime(2026, 5, 18, 12, 0, tzinfo=UTC)
YOUNG = int(NOW.timestamp() * 1e9)
OLD = int((NOW - timedelta(seconds=3)).timestamp() * 1e9)


def stat(size: int = 1, mtime_ns: int = YOUNG) -> Stat:
    return Stat.of(size, mtime_ns, mtime_ns, 7)


def test_a_file_counts_as_saved_once_it_has_lain_still() -> None:
    settling = Settling(QUIET)
    settling.see("a.md", stat(1), now=10.00, wall=NOW)

    assert settling.at_rest(10.05, NOW) == {}
    assert settling.wait(10.05) == pytest.approx(0.03)
    assert settling.at_rest(10.08, NOW) == {"a.md": stat(1)}
    assert settling.wait(10.08) is None


def test_a_file_that_is_still_being_written_is_waited_for() -> None:
    settling = Settling(QUIET)
    settling.see("a.md", stat(1), now=10.00, wall=NOW)
    settling.see("a.md", stat(2), now=10.07, wall=NOW)
    settling.see("a.md", stat(2), now=10.12, wall=NOW)

    assert settling.coming() == {"a.md": stat(2)}
    assert settling.at_rest(10.10, NOW) == {}
    assert settling.watched() == ["a.md"]
    assert settling.at_rest(10.15, NOW) == {"a.md": stat(2)}


def test_a_file_written_long_ago_is_not_waited_for() -> None:
    settling = Settling(QUIET)
    settling.see("a.md", stat(mtime_ns=OLD), now=10.00, wall=NOW)

    assert settling.at_rest(10.00, NOW) == {"a.md": stat(mtime_ns=OLD)}


def test_a_file_that_went_away_is_waited_for_like_any_other() -> None:
    settling = Settling(QUIET)
    settling.see("a.md", None, now=10.00, wall=NOW)

    assert settling.at_rest(10.01, NOW) == {}
    assert settling.at_rest(10.09, NOW) == {"a.md": None}


def test_a_file_has_lain_still_since_it_was_touched_not_since_it_was_seen() -> None:
    settling = Settling(QUIET)
    touched = int((NOW - timedelta(milliseconds=30)).timestamp() * 1e9)
    settling.see("a.md", stat(mtime_ns=touched), now=10.00, wall=NOW)

    assert settling.wait(10.00) == pytest.approx(0.05, abs=0.001)


def test_a_clock_that_is_far_off_is_believed_no_further_than_half_way() -> None:
    settling = Settling(QUIET)
    touched = int((NOW - timedelta(milliseconds=1500)).timestamp() * 1e9)
    settling.see("a.md", stat(mtime_ns=touched), now=10.00, wall=NOW)
    settling.see("b.md", stat(mtime_ns=YOUNG + 10**12), now=10.00, wall=NOW)

    assert settling.at_rest(10.03, NOW) == {}
    assert list(settling.at_rest(10.05, NOW)) == ["a.md"]
    assert list(settling.at_rest(10.09, NOW)) == ["b.md"]
