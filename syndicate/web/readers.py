"""
Counts who asks for which feed, how often, and how often nothing had to be sent.

Counted in memory, and written to the store by the clock (``flush``), never by a request.
Kept are the names of programs and the numbers they announce, by day; no address, no
time of a request, nothing about a person. However many names strangers make up, the
number of rows is bounded.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock

from syndicate.errors import StoreError
from syndicate.store.engine import Store
from syndicate.store.polls import Poll, add_polls, forget_polls, load_polls
from syndicate.web.reader_names import KNOWN, OTHERS, reader_of

log = logging.getLogger(__name__)

MOST = 2000
"""Pairs of a feed and a reader nobody has heard of that are counted by name."""

KEPT = timedelta(days=31)
"""Time rows stay in the store."""

Pair = tuple[str, str]
"""Feed, relative to the folder of feeds, and the name of a reader."""


def now_utc() -> datetime:
    """Give the time of day, aware."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Tally:
    """What one reader asked of one feed."""

    requests: int = 0
    unmodified: int = 0  # of those, answered with 304
    deltas: int = 0  # answered with 226
    size_bytes: int = 0  # of bodies sent
    subscribers: int | None = None  # as it announced last

    def add(self, other: "Tally | Poll") -> None:
        """Add what was counted later."""
        self.requests += other.requests
        self.unmodified += other.unmodified
        self.deltas += other.deltas
        self.size_bytes += other.size_bytes
        if other.subscribers is not None:
            self.subscribers = other.subscribers


class Readers:
    """The counts of one process. Safe to share between threads."""

    def __init__(
        self, store: Store, *, clock: Callable[[], datetime] = now_utc, most: int = MOST
    ) -> None:
        self._store = store
        self._clock = clock
        self._most = most
        self._lock = Lock()
        self._fresh: dict[Pair, Tally] = {}  # not in the store yet
        self._settled: dict[Pair, Tally] | None = None  # what is, since it was opened
        self._strangers: set[Pair] = set()

    def count(
        self, feed: str, headers: Mapping[bytes, str], *, status: int, length: int
    ) -> None:
        """
        Count one answer.

        Args:
            feed: Relative to the folder of feeds.
            headers: Of the request.
            status: Of the answer.
            length: Bytes of its body.
        """
        reader = reader_of(headers.get(b"user-agent", ""))
        pair = (feed, reader.name)
        with self._lock:
            tally = self._fresh.get(pair) or self._start(pair)
            tally.requests += 1
            tally.size_bytes += length
            if status == 304:  # noqa: PLR2004 - RFC 9110 section 15.4.5
                tally.unmodified += 1
            elif status == 226:  # noqa: PLR2004 - RFC 3229 section 10.4.1
                tally.deltas += 1
            if reader.subscribers is not None:
                tally.subscribers = reader.subscribers

    def flush(self) -> None:
        """
        Write what was counted to the store, and let go of old days.

        What the store does not take now is kept for the next time.
        """
        with self._lock:
            fresh, self._fresh = self._fresh, {}
        try:
            self._save(fresh)
        except StoreError as error:
            log.warning("the statistics of readers wait in memory: %s", error)
            with self._lock:
                _add(self._fresh, fresh.items())

    def totals(self) -> Mapping[Pair, Tally]:
        """
        Give what each reader asked of each feed, all days together.

        It goes on where the store left off and forgets nothing while it runs, as a
        counter of Prometheus must.

        Raises:
            StoreError: What was counted before cannot be read.
        """
        found: dict[Pair, Tally] = {}
        before = self._before()
        with self._lock:
            _add(found, before.items())
            _add(found, self._fresh.items())
        return dict(sorted(found.items()))

    def _start(self, pair: Pair) -> Tally:
        """Begin to count a pair; of strangers, not more than can be listed."""
        feed, name = pair
        if name not in KNOWN and pair not in self._strangers:
            if len(self._strangers) >= self._most:
                return self._fresh.setdefault((feed, OTHERS), Tally())
            self._strangers.add(pair)
        return self._fresh.setdefault(pair, Tally())

    def _save(self, fresh: Mapping[Pair, Tally]) -> None:
        before = self._before()
        if not fresh:
            return
        now = self._clock()
        day = now.date().isoformat()
        with self._store.begin() as connection:
            add_polls(connection, _polls(day, fresh))
            forget_polls(connection, before=(now - KEPT).date())
        with self._lock:
            _add(before, fresh.items())

    def _before(self) -> dict[Pair, Tally]:
        """Give what is in the store, read once and kept up since."""
        if self._settled is None:
            since = (self._clock() - KEPT).date()
            with self._store.read() as connection:
                polls = load_polls(connection, since=since)
            found: dict[Pair, Tally] = {}
            _add(found, (((poll.feed, poll.reader), poll) for poll in polls))
            self._settled = found
        return self._settled


def _add(
    sums: dict[Pair, Tally], counted: Iterable[tuple[Pair, "Tally | Poll"]]
) -> None:
    for pair, tally in counted:
        sums.setdefault(pair, Tally()).add(tally)


def _polls(day: str, counted: Mapping[Pair, Tally]) -> list[Poll]:
    return [
        Poll(
            day=day,
            feed=feed,
            reader=reader,
            requests=tally.requests,
            unmodified=tally.unmodified,
            deltas=tally.deltas,
            size_bytes=tally.size_bytes,
            subscribers=tally.subscribers,
        )
        for (feed, reader), tally in counted.items()
    ]
