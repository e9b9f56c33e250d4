"""Hubs are told in bodies that never say the same thing twice."""

from datetime import timedelta
from typing import Any

import pytest

from syndicate.channels.base import Hub
from syndicate.channels.indexnow import IndexNow, IndexNowConfig
from syndicate.channels.websub import WebSub, WebSubConfig
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import DeliveryState, Limits, Memory
from syndicate.outbox import ledger
from syndicate.outbox.expire import expire
from syndicate.outbox.ledger import LedgerAlert
from syndicate.outbox.pings import Change, Listener, compare, ping
from syndicate.store.announcements import load_announcements
from syndicate.store.deliveries import find_delivery

HARMLESS = Limits(text=1, memory=Memory.HARMLESS)
A, B = "https://news.example/a", "https://news.example/b"
FEEDS: Hub = WebSub(WebSubConfig(hub="https://hub.example/"))
POSTS: Hub = IndexNow(IndexNowConfig(key="12345678"))


def tell(outbox: Any, hub: Hub, change: Change) -> list[int]:
    listener = Listener(name="desk", kind="hub", hub=hub, hears_of_gone=hub is POSTS)
    found: list[int] = outbox.do(
        lambda connection, now: ping(connection, listener, change, now=now)
    )
    return found


def changed(*addresses: str, to: str = "1", gone: tuple[str, ...] = ()) -> Change:
    return Change(digests=dict.fromkeys(addresses, to), gone=gone)


def pings(outbox: Any) -> list[LedgerAlert]:
    with outbox.store.read() as connection:
        return ledger.recent(connection, pings=True)


def told(outbox: Any) -> dict[str, str]:
    with outbox.store.read() as connection:
        return load_announcements(connection, "desk")


def waiting(outbox: Any, hub: Hub) -> list[list[str]]:
    """Give the addresses of each ping that waits."""
    found = []
    for alert in reversed(pings(outbox)):
        (delivery,) = alert.deliveries
        if delivery.state is DeliveryState.QUEUED:
            with outbox.store.begin() as connection:
                row = find_delivery(connection, delivery.id)
            assert row is not None
            found.append(hub.addresses(row.body))
    return found


def test_what_is_new_or_reads_differently_changed_and_what_is_missing_is_gone() -> None:
    change = compare({A: "2", B: "1", "c": "1"}, {A: "1", B: "1", "d": "1"})

    assert change == Change(digests={A: "2", "c": "1"}, gone=["d"])
    assert change
    assert not compare({A: "1"}, {A: "1"})


def test_each_feed_is_told_of_by_itself_and_posts_all_at_once(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A, B))

    assert waiting(outbox, FEEDS) == [[A], [B]]


def test_a_ping_is_no_alert(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A))

    with outbox.store.read() as connection:
        assert ledger.recent(connection) == []
    (found,) = pings(outbox)
    assert (found.title, found.severity, found.is_ping) == (A, "normal", True)


def test_while_a_ping_waits_a_further_change_of_its_feed_adds_none(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A))

    for version in range(500):
        assert tell(outbox, FEEDS, changed(A, to=str(version))) == []
    assert waiting(outbox, FEEDS) == [[A]]
    assert told(outbox) == {A: "499"}


def test_a_change_during_a_ping_is_told_by_another(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A))
    outbox.claimed()

    assert len(tell(outbox, FEEDS, changed(A, to="2"))) == 1


def test_posts_of_a_ping_that_waits_are_taken_into_the_next(outbox: Any) -> None:
    (first,) = tell(outbox, POSTS, changed(A))
    row = outbox.claimed()
    outbox.failed(
        row, NotSentError("429", retry_after=timedelta(hours=1)), limits=HARMLESS
    )
    due = outbox.delivery(first).due_at
    (second,) = tell(outbox, POSTS, changed(B, gone=(f"{A}/gone",)))

    assert waiting(outbox, POSTS) == [[A, B, f"{A}/gone"]]
    assert outbox.delivery(first).state is DeliveryState.CANCELLED
    assert outbox.delivery(second).due_at == due, "the wait it was asked for stands"
    assert told(outbox) == {A: "1", B: "1"}, "the newer ping answers for both"
    assert outbox.chain().is_whole


def test_the_same_posts_again_are_the_same_ping(outbox: Any) -> None:
    tell(outbox, POSTS, changed(A))

    assert tell(outbox, POSTS, changed(A, to="2")) == []


def test_a_feed_that_is_gone_is_forgotten_and_not_told(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A, B))
    tell(outbox, FEEDS, changed(gone=(B,)))

    assert told(outbox) == {A: "1"}


def test_ten_thousand_and_one_posts_are_two_pings(sqlite_outbox: Any) -> None:
    many = [f"https://news.example/{number}" for number in range(10_001)]
    tell(sqlite_outbox, POSTS, changed(*many))

    assert [len(each) for each in waiting(sqlite_outbox, POSTS)] == [10_000, 1]
    (_, first) = pings(sqlite_outbox)
    assert first.title == f"{many[0]}, {many[1]} and 9998 more"


@pytest.mark.parametrize("error", [InDoubtError("reset"), NotSentError("refused")])
def test_a_ping_without_an_answer_is_sent_again(outbox: Any, error: Any) -> None:
    tell(outbox, FEEDS, changed(A))
    outbox.failed(outbox.claimed(), error, limits=HARMLESS)
    (found,) = pings(outbox)

    assert found.deliveries[0].state is DeliveryState.QUEUED
    assert not found.deliveries[0].ambiguous


def test_a_hub_that_is_away_for_a_day_is_given_up_without_a_doubt(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A))
    outbox.failed(outbox.claimed(), InDoubtError("reset"), limits=HARMLESS)
    outbox.clock.advance(timedelta(days=1, seconds=1))
    outbox.do(expire)
    (found,) = pings(outbox)

    assert found.deliveries[0].state is DeliveryState.EXPIRED
    assert told(outbox) == {}, "at the next start it is told again"


def test_what_a_hub_refused_counts_as_untold(outbox: Any) -> None:
    tell(outbox, FEEDS, changed(A))
    outbox.failed(outbox.claimed(), RejectedError("400"), limits=HARMLESS)

    assert told(outbox) == {}
