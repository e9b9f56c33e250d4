"""
What the lanes of a process have done, counted for whoever measures us.

In memory and from the start of the process, as Prometheus expects of its counters.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock

from syndicate.store.deliveries import DeliveryRow

TOLD = (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 300, 1800)
"""Bounds, in seconds, from saved to accepted. At 30 an alert counts as late."""


class Histogram:
    """How many values fell below each of some bounds. For one thread at a time."""

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)  # the last: above all of them
        self.total = 0.0

    def add(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value

    def cumulated(self) -> list[tuple[str, float]]:
        """Give bound and how many values are not above it, as Prometheus writes them."""
        names = [*(str(float(bound)) for bound in self.bounds), "+Inf"]
        sums, so_far = [], 0
        for name, count in zip(names, self.counts, strict=True):
            so_far += count
            sums.append((name, float(so_far)))
        return sums


class Meter:
    """Safe to share between threads."""

    def __init__(self) -> None:
        self.patience: timedelta | None = None
        """``alerts.not_after``: so long before its not-after a post was saved."""
        self._lock = Lock()
        self._tries: Counter[tuple[str, str]] = Counter()
        self._told: defaultdict[str, Histogram] = defaultdict(lambda: Histogram(TOLD))

    def note(
        self, row: DeliveryRow, verdict: str, *, is_sent: bool, now: datetime
    ) -> None:
        """Count what came of a try."""
        with self._lock:
            self._tries[row.channel, verdict] += 1
            if is_sent and row.not_after and self.patience:
                took = now - (row.not_after - self.patience)
                self._told[row.channel].add(max(took.total_seconds(), 0))

    def tries(self) -> Mapping[tuple[str, str], int]:
        """Give how many tries there were, by channel and verdict."""
        with self._lock:
            return dict(self._tries)

    def told(self) -> Mapping[str, tuple[list[tuple[str, float]], float]]:
        """Give, by channel, how long it took from saved to accepted: bounds, and a sum."""
        with self._lock:
            return {name: (h.cumulated(), h.total) for name, h in self._told.items()}
