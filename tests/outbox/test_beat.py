import logging
from datetime import timedelta
from threading import Event

import pytest

from syndicate.errors import StoreError
from syndicate.outbox.beat import Beat

OFTEN = timedelta(milliseconds=1)
LONG = timedelta(hours=1)


def test_it_happens_at_once_and_again() -> None:
    times: list[int] = []
    thrice = Event()

    def act() -> None:
        times.append(len(times))
        if len(times) == 3:
            thrice.set()

    beat = Beat("test", act, every=OFTEN)
    beat.start()

    assert thrice.wait(5)

    beat.stop()

    assert beat.join(5)


def test_a_stop_does_not_wait_for_the_next_time() -> None:
    begun = Event()
    beat = Beat("test", begun.set, every=LONG)
    beat.start()
    begun.wait(5)
    beat.stop()

    assert beat.join(5)


def test_what_does_not_end_is_said_so() -> None:
    release = Event()

    def act() -> None:
        release.wait(5)

    beat = Beat("test", act, every=LONG)
    beat.start()
    beat.stop()

    assert not beat.join(0.01)

    release.set()

    assert beat.join(5)


def test_a_failure_is_told_once_and_survived(caplog: pytest.LogCaptureFixture) -> None:
    times: list[int] = []
    enough = Event()

    def act() -> None:
        times.append(1)
        if len(times) == 8:
            enough.set()
        if len(times) == 4:
            return
        raise StoreError("the disk is full")

    beat = Beat("test", act, every=OFTEN)
    with caplog.at_level(logging.WARNING):
        beat.start()
        assert enough.wait(5)
        beat.stop()
        beat.join(5)

    assert caplog.messages == ["test: the disk is full"] * 2
