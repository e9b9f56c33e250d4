"""Who reads the feeds: what the web server has counted, added up over days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from syndicate.store.engine import Store
from syndicate.store.polls import Poll, load_polls

DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Readership:
    """What one reader asked of one feed, in a span of days."""

    feed: str  # relative to the folder of feeds
    reader: str
    subscribers: int | None  # as announced last
    requests: int
    a_day: float  # requests, over the days since the first of them
    unmodified: float  # share answered with 304, from 0 to 1
    size_bytes: int  # of bodies sent


def readership(store: Store, *, now: datetime, days: int = DAYS) -> list[Readership]:
    """
    Give who asked for which feed, the busiest first.

    Args:
        store: What the web server writes down once a minute.
        now: The last day (UTC) counted.
        days: How many days, that one included.

    Raises:
        StoreError: The database failed.
    """
    today = now.date()
    with store.read() as connection:
        polls = load_polls(connection, since=today - timedelta(days=days - 1))
    pairs: dict[tuple[str, str], list[Poll]] = {}
    for poll in polls:
        pairs.setdefault((poll.feed, poll.reader), []).append(poll)
    found = [_sum(each, today) for each in pairs.values()]
    return sorted(found, key=lambda each: (-each.requests, each.feed, each.reader))


def _sum(polls: Sequence[Poll], today: date) -> Readership:
    """Add up the days of one reader and feed; they come in their order."""
    requests = sum(poll.requests for poll in polls)
    span = (today - date.fromisoformat(polls[0].day)).days + 1
    announced = [poll.subscribers for poll in polls if poll.subscribers is not None]
    return Readership(
        feed=polls[0].feed,
        reader=polls[0].reader,
        subscribers=announced[-1] if announced else None,
        requests=requests,
        a_day=round(requests / span, 1),
        unmodified=round(sum(poll.unmodified for poll in polls) / requests, 3),
        size_bytes=sum(poll.size_bytes for poll in polls),
    )
