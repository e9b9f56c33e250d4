"""What lanes count, as Prometheus will add it up."""

from dataclasses import replace
from datetime import timedelta

from syndicate.outbox.meter import TOLD, Histogram, Meter
from syndicate.testing import StoppedClock
from tests.outbox.conftest import Outbox

PATIENCE = timedelta(minutes=30)


def test_a_histogram_adds_up_from_bound_to_bound() -> None:
    histogram = Histogram((1, 2))
    for value in (0.5, 1, 1.5, 2, 9):
        histogram.add(value)

    assert histogram.cumulated() == [("1.0", 2), ("2.0", 4), ("+Inf", 5)]
    assert histogram.total == 14


def test_a_post_is_timed_from_the_moment_it_was_saved(outbox: Outbox) -> None:
    clock = StoppedClock()
    outbox.accept("desk", not_after=clock() + PATIENCE)
    row, meter = outbox.claimed(), Meter()
    now = clock() + timedelta(seconds=3)

    meter.note(row, "sent", is_sent=True, now=now)
    assert meter.told() == {}, "nobody has said how old an alert may be"

    meter.patience = PATIENCE
    meter.note(row, "sent", is_sent=True, now=now)
    meter.note(row, "not_sent", is_sent=False, now=now)
    meter.note(replace(row, not_after=None), "sent", is_sent=True, now=now)

    assert meter.tries() == {("desk", "sent"): 3, ("desk", "not_sent"): 1}
    bounds, total = meter.told()["desk"]
    assert total == 3
    assert dict(bounds)["2.0"] == 0
    assert dict(bounds)["5.0"] == dict(bounds)["+Inf"] == 1
    assert len(bounds) == len(TOLD) + 1
