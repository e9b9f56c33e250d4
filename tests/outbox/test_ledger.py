from datetime import timedelta
from typing import Any

from syndicate.model import Severity
from syndicate.outbox import ledger

MINUTE = timedelta(minutes=1)


def numbers(outbox: Any, query: Any, *arguments: Any, **named: Any) -> list[int]:
    with outbox.store.read() as connection:
        return [alert.id for alert in query(connection, *arguments, **named)]


def test_an_alert_is_shown_with_what_became_of_it(outbox: Any) -> None:
    end = outbox.clock() + MINUTE
    number = outbox.accept(
        "desk",
        "wide",
        severity=Severity.URGENT,
        identity="tag:news.example,2026:a",
        not_after=end,
        who="kim",
        rule="breaking",
    )
    outbox.sent(outbox.claimed("desk"))
    alert = outbox.alert(number)
    first, second = alert.deliveries

    assert (alert.title, alert.link) == ("[속보] 지진", "https://news.example/a")
    assert (alert.severity, alert.who, alert.rule) == (
        Severity.URGENT,
        "kim",
        "breaking",
    )
    assert (alert.identity, alert.not_after) == ("tag:news.example,2026:a", end)
    assert first.name == "desk"
    assert (first.channel, first.kind, first.text) == ("desk", "fake", "desk 지진")
    assert (first.attempts, first.remote_url) == (1, "https://x.example/7")
    assert (second.attempts, second.remote_url) == (0, None)


def test_an_alert_nobody_filed_is_not_found(outbox: Any) -> None:
    with outbox.store.read() as connection:
        assert ledger.find_alert(connection, 1) is None


def test_the_newest_come_first_and_by_the_page(outbox: Any) -> None:
    for _ in range(5):
        outbox.accept("desk")

    assert numbers(outbox, ledger.recent, limit=2) == [5, 4]
    assert numbers(outbox, ledger.recent, limit=2, before=4) == [3, 2]
    assert numbers(outbox, ledger.recent) == [5, 4, 3, 2, 1]


def test_the_alerts_about_a_post_can_be_listed(outbox: Any) -> None:
    outbox.accept("desk", identity="a")
    outbox.accept("desk", identity="b")
    outbox.accept("desk", identity="a")

    assert numbers(outbox, ledger.about, "a") == [3, 1]
