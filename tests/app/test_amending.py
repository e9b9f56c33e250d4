"""What an operator's wish comes to on each sort of channel."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syndicate.app import App
from syndicate.app.amending import Amends, Wish
from syndicate.app.telling import Roster
from syndicate.config import ChannelConfig
from syndicate.errors import InDoubtError, UsageError
from syndicate.model import Act, Alert, DeliveryState
from syndicate.outbox.acts import Purpose
from syndicate.outbox.enqueue import accept
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.ledger import LedgerAlert, find_alert
from syndicate.testing import (
    DeletesFakeChannel,
    EditsFakeChannel,
    FakeChannel,
    Remote,
    RepliesFakeChannel,
)

KINDS: dict[str, type[FakeChannel]] = {
    "blind": FakeChannel,
    "deletes": DeletesFakeChannel,
    "edits": EditsFakeChannel,
    "replies": RepliesFakeChannel,
}
ALERT = Alert(title="[속보] 규모 5.2", link="https://news.example/a", language="ko")
CORRECT = Wish(number=1, purpose=Purpose.CORRECT, words="규모 4.2", who="kim")
RETRACT = Wish(number=1, purpose=Purpose.RETRACT, words="오보", who="kim")
State = DeliveryState


class Floor:
    """An application whose channels are fakes, one of each sort."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.remotes = {name: Remote() for name in KINDS}
        channels = {
            name: kind.towards(self.remotes[name]) for name, kind in KINDS.items()
        }
        configs = {name: ChannelConfig(name=name, kind="fake") for name in KINDS}
        app.roster = Roster(channels=channels, configs=configs)

    def accept(self, **changes: Any) -> int:
        alert = replace(ALERT, **changes)
        with self.app.store.begin() as connection:
            parts = self.app.roster.write(alert, list(KINDS))
            return accept(connection, alert, parts, now=self.app.clock())

    def run(self, number: int) -> LedgerAlert:
        """Have everything sent, and give an alert as it stands then."""
        lanes = Lanes(self.app.store, self.app.roster.channels)
        lanes.start()
        end = time.monotonic() + 60
        while not self.alert(number).is_settled and time.monotonic() < end:
            time.sleep(0.01)
        lanes.stop()
        return self.alert(number)

    def alert(self, number: int) -> LedgerAlert:
        with self.app.store.read() as connection:
            found = find_alert(connection, number)
        assert found is not None
        return found

    def amend(self, wish: Wish) -> tuple[Amends, LedgerAlert]:
        amends = self.app.plan_amends(wish)
        return amends, self.run(self.app.amend(amends))

    def shown(self) -> dict[str, list[str]]:
        return {name: list(r.shown.values()) for name, r in self.remotes.items()}


@pytest.fixture
def floor(desk: Any) -> Floor:
    return Floor(desk.app)


def test_each_channel_does_its_best_to_put_it_right(floor: Floor) -> None:
    floor.run(floor.accept())
    amends, made = floor.amend(CORRECT)

    acts = {each.channel: [] for each in made.deliveries}  # type: dict[str, list[Act]]
    for each in made.deliveries:
        acts[each.channel].append(each.act)
    assert acts == {
        "blind": [Act.NOTICE],
        "deletes": [Act.DELETE, Act.REPLACE],
        "edits": [Act.EDIT],
        "replies": [Act.REPLY],
    }
    assert {each.state for each in made.deliveries} == {State.SENT}
    shown = floor.shown()
    assert [len(each) for each in shown.values()] == [2, 1, 1, 2]
    assert all("[정정] 규모 4.2" in each[-1] for each in shown.values())
    bodies = {each.body for each in amends.outgoing if each.body}
    assert {each[-1] for each in shown.values()} == bodies


def test_each_channel_does_its_best_to_take_it_back(floor: Floor) -> None:
    floor.run(floor.accept())
    floor.amend(CORRECT)
    _, made = floor.amend(RETRACT)
    shown = floor.shown()

    assert {each.state for each in made.deliveries} == {State.SENT}
    assert shown["deletes"] == []
    assert len(shown["edits"]) == 1
    assert "[취소] [속보] 규모 5.2" in shown["edits"][0]
    assert len(shown["blind"]) == len(shown["replies"]) == 3, "one notice, one answer"
    assert floor.app.plan_amends(RETRACT).is_idle


def test_what_has_not_left_is_told_right_as_news(floor: Floor) -> None:
    number = floor.accept()
    amends = floor.app.plan_amends(CORRECT)
    made = floor.run(floor.app.amend(amends))

    assert {each.state for each in floor.alert(number).deliveries} == {State.CANCELLED}
    assert {each.act for each in made.deliveries} == {Act.SEND}
    assert all(len(each) == 1 for each in floor.shown().values())
    assert all("정정" not in each[0] for each in floor.shown().values())


def test_what_waits_for_approval_waits_on_with_the_right_words(floor: Floor) -> None:
    floor.accept(held="waits for approval", who="lee")
    number = floor.app.amend(floor.app.plan_amends(CORRECT))

    assert {each.state for each in floor.alert(number).deliveries} == {State.HELD}
    with pytest.raises(UsageError, match="a second person"):
        floor.app.approve(number, who="kim")
    assert floor.app.approve(number, who="lee") == len(KINDS)


@pytest.mark.parametrize("wish", [CORRECT, RETRACT])
@pytest.mark.parametrize(
    "echo", [{}, {"title": "같은 글", "link": None}, {"identity": None, "link": None}]
)
def test_what_would_say_it_once_more_does_not_wait_any_longer(
    floor: Floor, wish: Wish, echo: dict[str, Any]
) -> None:
    floor.run(floor.accept(identity="post:1"))
    repeat = floor.accept(**{"identity": "post:1", "held": "a repeat"} | echo)
    other = floor.accept(title="딴 소식", link=None, held="a storm")
    amends, _ = floor.amend(wish)

    called_off = [each.row.alert_id for each in amends.choices if each.is_called_off]
    assert called_off == [repeat] * len(KINDS)
    assert amends.alert.held is None
    assert {each.state for each in floor.alert(repeat).deliveries} == {State.CANCELLED}
    assert {each.state for each in floor.alert(other).deliveries} == {State.HELD}


def test_one_channel_alone_is_corrected(floor: Floor) -> None:
    floor.run(floor.accept(identity="tag:x"))
    amends, made = floor.amend(replace(CORRECT, to=("edits",)))

    assert [each.channel for each in made.deliveries] == ["edits"]
    assert not amends.follows


def test_a_doubt_is_left_unless_a_person_insists(floor: Floor) -> None:
    floor.remotes["blind"].answers.append(InDoubtError("reset"))
    floor.run(floor.accept())
    only = replace(RETRACT, to=("blind",))

    assert floor.app.plan_amends(only).is_idle
    amends = floor.app.plan_amends(replace(only, insist=True))
    assert [each.act for each in amends.outgoing] == [Act.NOTICE]


def test_a_ping_is_no_alert_for_people(floor: Floor) -> None:
    floor.accept(is_ping=True)

    with pytest.raises(UsageError, match="told to hubs"):
        floor.app.plan_amends(RETRACT)


def test_an_old_message_is_not_deleted_but_told_of(floor: Floor, desk: Any) -> None:
    floor.run(floor.accept())
    desk.late = timedelta(days=2)
    amends = floor.app.plan_amends(replace(RETRACT, to=("deletes",)))

    assert [each.act for each in amends.outgoing] == [Act.NOTICE]


def test_the_words_of_a_mark_are_not_said_twice(floor: Floor) -> None:
    floor.run(floor.accept(identity="tag:x"))
    amends = floor.app.plan_amends(replace(CORRECT, words="[정정] 규모 4.2"))

    assert amends.note == "[정정] 규모 4.2"
    assert amends.outgoing[0].text.count("정정") == 1
