from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from syndicate.app import Words
from syndicate.app.probing import report_channels
from syndicate.app.spending import month_of, prices
from syndicate.daemon.channel_checks import check_channels
from syndicate.model import Act, DeliveryState
from syndicate.store.tables import deliveries

X = """
[[channels]]
name = "x-main"
kind = "x"
token = "put-the-user-token-here"
"""
DEAR, CHEAP = "속보 https://news.example/1", "속보"


@pytest.fixture
def paying(open_desk: Any) -> Any:
    desk = open_desk()
    config = Path(desk.folder / "config.toml")
    config.write_text(config.read_text("utf-8") + X, "utf-8")
    desk.reopen()
    return desk


def tell(desk: Any, text: str, **then: Any) -> None:
    """Have words accepted, and say what became of them on the channel that charges."""
    desk.app.push(desk.app.draft(Words(text=text, again=True)))
    sent = {"state": DeliveryState.SENT, "first_attempt_at": desk.clock()} | then
    newest = update(deliveries).where(
        deliveries.c.channel == "x-main",
        deliveries.c.state == DeliveryState.QUEUED,
    )
    with desk.app.store.begin() as connection:
        connection.execute(newest.values(**sent))


def shown(desk: Any) -> tuple[int, list[str]]:
    report = next(each for each in report_channels(desk.app) if each.name == "x-main")
    assert report.spent
    return report.spent.messages, list(map(str, report.spent.sums))


def test_what_a_message_will_cost_is_known_before_it_is_sent(paying: Any) -> None:
    draft = paying.app.draft(Words(text=DEAR))

    costs = prices(paying.app.roster, draft.outgoing)
    assert [str(each or "") for each in costs] == ["", "", "$0.20"]


def test_what_went_out_this_month_is_added_up(paying: Any) -> None:
    tell(paying, DEAR)
    tell(paying, CHEAP)
    tell(paying, DEAR, state=DeliveryState.IN_DOUBT)

    assert shown(paying) == (3, ["$0.415"])


def test_what_never_went_out_or_went_before_costs_nothing_now(paying: Any) -> None:
    tell(paying, DEAR, state=DeliveryState.FAILED)
    tell(paying, DEAR, first_attempt_at=paying.clock() - timedelta(days=32))

    assert shown(paying) == (0, [])


def test_what_is_taken_back_was_paid_for_and_so_is_taking_it_back(paying: Any) -> None:
    tell(paying, DEAR, state=DeliveryState.RETRACTED)
    tell(paying, DEAR, act=Act.DELETE)

    assert shown(paying) == (2, ["$0.21"])


def test_nothing_is_counted_where_nobody_charges(open_desk: Any) -> None:
    desk = open_desk()
    desk.app.push(desk.app.draft(Words(text=DEAR)))

    assert {each.spent for each in report_channels(desk.app)} == {None}


def test_looking_at_what_was_spent_makes_no_database(desk: Any) -> None:
    assert {each.spent for each in report_channels(desk.app)} == {None}
    assert desk.app.is_new


def test_a_month_begins_where_the_site_is() -> None:
    now = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)  # already December in Seoul
    seoul = ZoneInfo("Asia/Seoul")

    assert month_of(now, seoul) == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert month_of(now - timedelta(hours=1), seoul).day == 31


def test_a_channel_that_may_not_edit_does_not_say_it_can(paying: Any) -> None:
    found = {each.name: each.edit.can for each in report_channels(paying.app)}

    assert found["x-main"] is False


def test_a_check_up_tells_what_was_spent_this_month(paying: Any) -> None:
    tell(paying, DEAR)
    found = {each.of: each.said for each in check_channels(paying.app, probe=False)}

    assert found["channel x-main"].endswith("; about $0.20 this month, for 1 message")
