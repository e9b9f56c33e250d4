from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from syndicate.config import Config
from syndicate.feeds import publish
from syndicate.store.engine import Store
from syndicate.store.polls import load_polls
from syndicate.testing import StoppedClock
from syndicate.web.readers import KEPT, Readers, Tally

Ask = Callable[..., httpx.Response]
FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 42 subscribers)"
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock(datetime(2026, 1, 31, 12, tzinfo=UTC))


def ask_by_name(readers: Readers, name: str, status: int = 200, size: int = 9) -> None:
    headers = {b"user-agent": name}
    readers.count("rss.xml", headers, status=status, length=size)


def test_who_asked_how_often_is_counted_by_name(
    ask: Ask, readers: Readers, client: httpx.Client
) -> None:
    first = ask(user_agent=FEEDLY)
    ask(user_agent=FEEDLY, if_none_match=first.headers["etag"])
    ask(user_agent="Miniflux/2 (https://kim.example)")
    client.head("/feeds/rss.xml", headers={"user-agent": "curl/8"})
    ask("/feeds/none.xml", user_agent=FEEDLY)

    size = len(first.content)
    assert readers.totals() == {
        ("rss.xml", "Feedly"): Tally(2, 1, 0, size, 42),
        ("rss.xml", "Miniflux"): Tally(1, 0, 0, size, None),
        ("rss.xml", "curl"): Tally(1, 0, 0, 0, None),
    }


def test_pages_and_pictures_are_not_counted(
    ask: Ask, folder: Path, readers: Readers
) -> None:
    publish(folder, {"index.html": b"page", "logo.png": b"x"})

    ask("/feeds/")
    ask("/feeds/logo.png")

    assert readers.totals() == {}


def test_nothing_is_written_before_the_clock_says_so(
    sqlite_store: Store, clock: StoppedClock
) -> None:
    readers = Readers(sqlite_store, clock=clock)
    ask_by_name(readers, FEEDLY, 304, 0)

    with sqlite_store.read() as connection:
        assert load_polls(connection, since=clock().date()) == []

    readers.flush()
    readers.flush()

    with sqlite_store.read() as connection:
        [poll] = load_polls(connection, since=clock().date())
    assert (poll.day, poll.feed, poll.reader) == ("2026-01-31", "rss.xml", "Feedly")
    assert (poll.requests, poll.unmodified, poll.subscribers) == (1, 1, 42)


def test_counts_go_on_after_a_restart(sqlite_store: Store, clock: StoppedClock) -> None:
    before = Readers(sqlite_store, clock=clock)
    ask_by_name(before, FEEDLY)
    before.flush()
    clock.advance(DAY)
    after = Readers(sqlite_store, clock=clock)
    ask_by_name(after, FEEDLY, 226, 3)

    expected = {("rss.xml", "Feedly"): Tally(2, 0, 1, 12, 42)}
    assert after.totals() == expected
    after.flush()
    assert after.totals() == expected
    assert Readers(sqlite_store, clock=clock).totals() == expected


def test_old_days_are_let_go(sqlite_store: Store, clock: StoppedClock) -> None:
    readers = Readers(sqlite_store, clock=clock)
    ask_by_name(readers, FEEDLY)
    readers.flush()
    clock.advance(KEPT + DAY)
    ask_by_name(readers, "curl/8")
    readers.flush()

    with sqlite_store.read() as connection:
        left = load_polls(connection, since=(clock() - 2 * KEPT).date())
    assert [poll.reader for poll in left] == ["curl"]


def test_a_store_that_fails_costs_no_count(
    sqlite_store: Store, sqlite_file: Path, clock: StoppedClock
) -> None:
    readers = Readers(sqlite_store, clock=clock)
    ask_by_name(readers, FEEDLY)
    with sqlite_store.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE polls RENAME TO away")
    readers.flush()
    ask_by_name(readers, FEEDLY)
    with sqlite_store.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE away RENAME TO polls")
    readers.flush()

    with sqlite_store.read() as connection:
        [poll] = load_polls(connection, since=clock().date())
    assert poll.requests == 2


def test_made_up_names_are_bounded_and_push_no_known_reader_out(
    sqlite_store: Store, clock: StoppedClock
) -> None:
    readers = Readers(sqlite_store, clock=clock, most=3)
    for number in range(50):
        ask_by_name(readers, f"Invented{number}")
        ask_by_name(readers, "Invented1")
    ask_by_name(readers, FEEDLY)

    names = {name: tally.requests for (_, name), tally in readers.totals().items()}
    assert names == {
        "Feedly": 1,
        "Invented0": 1,
        "Invented1": 51,
        "Invented2": 1,
        "others": 47,
    }


def test_a_scrape_tells_it_to_prometheus(
    client: httpx.Client, ask: Ask, config: Config
) -> None:
    first = ask(user_agent=FEEDLY)
    ask(user_agent=FEEDLY, if_none_match=first.headers["etag"])
    client.head("/feeds/rss.xml", headers={"user-agent": "curl/8"})
    response = client.get("/metrics")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert response.headers["cache-control"] == "no-store"
    found = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }
    assert found == {
        ("syndicate_feed_requests_total", "rss.xml", "Feedly", "200"): 1,
        ("syndicate_feed_requests_total", "rss.xml", "Feedly", "304"): 1,
        ("syndicate_feed_sent_bytes_total", "rss.xml", "Feedly"): len(first.content),
        ("syndicate_feed_subscribers", "rss.xml", "Feedly"): 42,
        ("syndicate_feed_requests_total", "rss.xml", "curl", "200"): 1,
        ("syndicate_feed_sent_bytes_total", "rss.xml", "curl"): 0,
    }


def test_a_scrape_without_a_store_says_so(
    client: httpx.Client, ask: Ask, sqlite_store: Store
) -> None:
    with sqlite_store.begin() as connection:
        connection.exec_driver_sql("DROP TABLE polls")

    response = client.get("/metrics")

    assert response.status_code == 503
    assert response.text.startswith("503: cannot be measured now: ")
