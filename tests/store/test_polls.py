from dataclasses import replace
from datetime import date

from syndicate.store.engine import Store
from syndicate.store.polls import Poll, add_polls, forget_polls, load_polls

POLL = Poll(
    day="2026-01-31",
    feed="rss.xml",
    reader="Feedly",
    requests=2,
    unmodified=1,
    deltas=0,
    size_bytes=100,
    subscribers=42,
)


def test_what_two_daemons_counted_is_added_up(store: Store) -> None:
    with store.begin() as connection:
        add_polls(connection, [POLL, replace(POLL, feed="tag/지진/rss.xml")])
        add_polls(connection, [replace(POLL, subscribers=None)])
        add_polls(connection, [])
    with store.read() as connection:
        found = load_polls(connection, since=date(2026, 1, 31))

    assert found == [
        replace(POLL, requests=4, unmodified=2, size_bytes=200),
        replace(POLL, feed="tag/지진/rss.xml"),
    ]


def test_days_are_let_go_one_by_one(store: Store) -> None:
    with store.begin() as connection:
        add_polls(connection, [POLL, replace(POLL, day="2026-02-01")])
        forget_polls(connection, before=date(2026, 2, 1))
    with store.read() as connection:
        found = load_polls(connection, since=date(2026, 1, 1))

    assert [poll.day for poll in found] == ["2026-02-01"]
