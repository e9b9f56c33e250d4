from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from syndicate.channels.base import Channel
from syndicate.channels.webhook import Webhook, WebhookConfig
from syndicate.model import Act, DeliveryState
from syndicate.outbox.acts import (
    DOUBT,
    RECALL,
    UNKNOWN,
    Choice,
    Powers,
    Purpose,
    choose,
    choose_all,
    powers_of,
)
from syndicate.store.deliveries import DeliveryRow
from syndicate.testing import (
    AskedFakeChannel,
    DeletesFakeChannel,
    EditsFakeChannel,
    FakeChannel,
    Remote,
    RepliesFakeChannel,
    UnseenEditsFakeChannel,
)

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
CORRECT, RETRACT = Purpose.CORRECT, Purpose.RETRACT
ALL = Powers(edits=None, deletes=None, replies=True)
ASKED = Powers(edits=None, deletes=None, can_be_asked=True)
State = DeliveryState


def row(state: State = State.SENT, **changes: Any) -> DeliveryRow:
    fields: dict[str, Any] = {
        "id": 1,
        "alert_id": 1,
        "channel": "desk",
        "kind": "fake",
        "revision": 1,
        "changed_at": NOW - HOUR,
        "priority": 0,
        "due_at": NOW,
        "not_after": None,
        "key": "k",
        "body": "b",
        "body_hash": "h",
        "text": "t",
        "fence": 1,
        "owner": None,
        "lease_until": None,
        "attempts": 1,
        "first_attempt_at": NOW - HOUR,
        "ambiguous": False,
        "key_until": None,
        "remote_id": "7" if state in {State.SENT, State.RETRACTING} else None,
        "remote_url": None,
        "last_error": None,
    }
    return DeliveryRow(**fields | {"state": state} | changes)


def chosen(
    message: DeliveryRow,
    purpose: Purpose = CORRECT,
    powers: Powers | None = ALL,
    *,
    age: timedelta = HOUR,
    insist: bool = False,
) -> Choice:
    return choose(message, purpose=purpose, powers=powers, age=age, insist=insist)


def all_chosen(
    *rows: DeliveryRow,
    purpose: Purpose = CORRECT,
    powers: Powers = ALL,
    retracting: tuple[int, ...] = (),
) -> list[tuple[int, tuple[Act, ...], bool]]:
    found: Mapping[str, Powers] = {"desk": powers}
    choices = choose_all(
        rows, purpose=purpose, powers=found, retracting=retracting, now=NOW
    )
    return [(each.row.id, each.acts, each.is_called_off) for each in choices]


@pytest.mark.parametrize(
    ("powers", "correction", "retraction"),
    [
        (ALL, (Act.EDIT,), (Act.DELETE,)),
        (Powers(edits=None), (Act.EDIT,), (Act.EDIT,)),
        (Powers(deletes=None), (Act.DELETE, Act.REPLACE), (Act.DELETE,)),
        (Powers(replies=True), (Act.REPLY,), (Act.REPLY,)),
        (Powers(), (Act.NOTICE,), (Act.NOTICE,)),
    ],
)
def test_the_best_act_a_channel_allows_is_chosen(
    powers: Powers, correction: tuple[Act, ...], retraction: tuple[Act, ...]
) -> None:
    assert chosen(row(), CORRECT, powers).acts == correction
    assert chosen(row(), RETRACT, powers).acts == retraction


def test_a_message_too_old_to_be_changed_is_answered_or_followed_by_a_notice() -> None:
    short = Powers(edits=HOUR, deletes=HOUR, replies=True)

    assert chosen(row(), powers=short, age=HOUR - timedelta(seconds=1)).acts == (
        Act.EDIT,
    )
    assert chosen(row(), powers=short, age=HOUR).acts == (Act.REPLY,)
    late = chosen(row(), powers=Powers(edits=HOUR), age=HOUR)
    assert (late.acts, late.why) == ((Act.NOTICE,), RECALL)


def test_what_was_seen_without_its_number_gets_a_notice() -> None:
    assert chosen(row(remote_id=None)).acts == (Act.NOTICE,)


@pytest.mark.parametrize("state", [State.HELD, State.QUEUED])
def test_what_has_not_left_gives_way_to_the_right_words(state: State) -> None:
    corrected, retracted = chosen(row(state)), chosen(row(state), RETRACT)

    assert (corrected.acts, corrected.is_called_off) == ((Act.SEND,), True)
    assert (retracted.acts, retracted.is_called_off) == ((), True)
    assert chosen(row(state), powers=None).acts == ()


@pytest.mark.parametrize("state", [State.FAILED, State.EXPIRED, State.CANCELLED])
def test_what_never_arrived_needs_nothing(state: State) -> None:
    assert chosen(row(state)).acts == ()
    assert chosen(row(state)).why == "it never arrived"
    assert chosen(row(state, ambiguous=True)).why == UNKNOWN


def test_what_is_being_sent_counts_as_sent_but_cannot_be_answered_yet() -> None:
    flying = row(State.SENDING)

    assert chosen(flying).acts == (Act.EDIT,)
    assert chosen(flying, RETRACT).acts == (Act.DELETE,)
    assert chosen(flying, powers=Powers(replies=True)).acts == (Act.NOTICE,)


def test_a_doubt_is_acted_on_once_it_is_found_or_else_only_if_a_person_insists() -> (
    None
):
    doubt = row(State.IN_DOUBT)

    assert chosen(doubt, powers=ASKED).acts == (Act.EDIT,)
    assert chosen(doubt, RETRACT, ASKED).acts == (Act.DELETE,)
    assert (chosen(doubt).acts, chosen(doubt).why) == ((), DOUBT)
    assert chosen(doubt, insist=True).acts == (Act.NOTICE,)
    blind = Powers(can_be_asked=True)
    assert chosen(doubt, powers=blind).acts == ()


def test_what_waits_for_a_second_try_is_called_off_and_a_doubt() -> None:
    waiting = chosen(row(State.QUEUED, ambiguous=True), RETRACT, ASKED)

    assert (waiting.acts, waiting.is_called_off) == ((Act.DELETE,), True)


def test_nothing_can_be_done_on_a_channel_that_is_configured_no_more() -> None:
    choice = chosen(row(), RETRACT, None)

    assert choice.acts == ()
    assert "not configured any more" in choice.why


def test_a_correction_of_a_correction_changes_the_message_that_stands() -> None:
    """An edit makes one message of two rows: the first no longer stands."""
    first = row(State.RETRACTED)
    edit = row(id=2, alert_id=2, act=Act.EDIT, target_id=1)

    assert all_chosen(first, edit) == [(2, (Act.EDIT,), False)]


def test_an_answer_is_corrected_and_what_it_answers_stays() -> None:
    reply = row(id=2, alert_id=2, act=Act.REPLY, target_id=1)

    assert all_chosen(row(), reply) == [(2, (Act.EDIT,), False)]


def test_a_retraction_takes_back_the_message_and_its_corrections() -> None:
    reply = row(id=2, alert_id=2, act=Act.REPLY, target_id=1)

    assert all_chosen(row(), reply, purpose=RETRACT) == [
        (1, (Act.DELETE,), False),
        (2, (Act.DELETE,), False),
    ]


def test_a_correction_that_waits_gives_way_to_the_next() -> None:
    first = row(State.RETRACTING)
    edit = row(State.QUEUED, id=2, alert_id=2, act=Act.EDIT, target_id=1)
    notice = row(State.QUEUED, id=2, alert_id=2, act=Act.NOTICE, target_id=1)

    assert all_chosen(first, edit) == [(1, (Act.EDIT,), False), (2, (), True)]
    assert all_chosen(row(), notice) == [(1, (Act.EDIT,), False), (2, (), True)]


def test_what_is_to_replace_a_deleted_message_gives_way_in_its_place() -> None:
    first = row(State.RETRACTING)
    delete = row(State.QUEUED, id=2, alert_id=2, act=Act.DELETE, target_id=1)
    anew = row(State.QUEUED, id=3, alert_id=2, act=Act.REPLACE)

    assert all_chosen(first, delete, anew) == [(3, (Act.REPLACE,), True)]


@pytest.mark.parametrize(
    "state", [State.SENDING, State.FAILED, State.CANCELLED, State.IN_DOUBT]
)
def test_an_edit_that_is_not_through_leaves_the_message_the_one_to_act_on(
    state: State,
) -> None:
    edit = row(state, id=2, alert_id=2, act=Act.EDIT, target_id=1)

    assert all_chosen(row(State.RETRACTING), edit) == [(1, (Act.EDIT,), False)]


def test_what_is_taken_back_already_is_not_taken_back_twice() -> None:
    for act in (Act.DELETE, Act.EDIT, Act.NOTICE):
        done = row(State.QUEUED, id=2, alert_id=2, act=act, target_id=1)
        found = all_chosen(row(), done, purpose=RETRACT, retracting=(2,))
        assert found == []


def test_what_never_arrived_stays_in_the_plan_of_a_correction() -> None:
    sent = row(id=2)

    assert all_chosen(row(State.FAILED), sent) == [(2, (Act.EDIT,), False)]
    assert all_chosen(sent, row(State.FAILED, id=3)) == [
        (2, (Act.EDIT,), False),
        (3, (), False),
    ]


def test_readers_are_told_once_in_each_channel_and_by_the_newest_message() -> None:
    notice = row(id=2, alert_id=2, act=Act.NOTICE, target_id=1)
    blind = Powers()

    assert all_chosen(row(), notice, purpose=RETRACT, powers=blind) == [
        (2, (Act.NOTICE,), False)
    ]
    told = row(id=3, alert_id=3, act=Act.NOTICE, target_id=2)
    assert (
        all_chosen(row(), notice, told, purpose=RETRACT, powers=blind, retracting=(3,))
        == []
    )


def test_what_could_not_be_taken_back_may_be_tried_again() -> None:
    failed = row(State.FAILED, id=2, alert_id=2, act=Act.DELETE, target_id=1)
    found = all_chosen(row(State.RETRACTING), failed, purpose=RETRACT, retracting=(2,))

    assert found == [(1, (Act.DELETE,), False)]


def test_an_edited_message_is_as_old_as_its_first_words() -> None:
    first = row(State.RETRACTED, first_attempt_at=NOW - 2 * HOUR)
    edit = row(id=2, alert_id=2, act=Act.EDIT, target_id=1)
    powers = Powers(edits=HOUR + HOUR / 2)

    assert all_chosen(first, edit, powers=powers) == [(2, (Act.NOTICE,), False)]


@pytest.mark.parametrize(
    ("kind", "powers"),
    [
        (FakeChannel, Powers()),
        (EditsFakeChannel, Powers(edits=None)),
        (DeletesFakeChannel, Powers(deletes=24 * HOUR)),
        (UnseenEditsFakeChannel, Powers(deletes=24 * HOUR)),
        (RepliesFakeChannel, Powers(replies=True)),
        (AskedFakeChannel, Powers(can_be_asked=True)),
    ],
)
def test_a_channel_says_by_what_it_is_what_it_can_do(
    kind: type[FakeChannel], powers: Powers
) -> None:
    channel: Channel[Any] = kind.towards(Remote())

    assert powers_of(channel) == powers


def test_many_recipients_are_put_right_by_one_alert() -> None:
    """Each of them gets it: what waits for them is called off one by one, and said once."""
    waiting = [
        row(State.QUEUED, id=number, recipient=name, attempts=0)
        for number, name in enumerate(("a", "b", "c"), 1)
    ]

    assert all_chosen(*waiting) == [
        (1, (Act.SEND,), True),
        (2, (), True),
        (3, (), True),
    ]


def test_a_channel_of_many_recipients_is_not_answered(tmp_path: Path) -> None:
    """An answer names the request it answers, and each recipient had another."""
    file = tmp_path / "recipients"
    secret = "whsec_cHV0LXRoZS1rZXktaGVyZQ=="
    file.write_text(f"a https://a.example/ {secret}")
    keys: dict[str, Any] = {"url": "https://own.example/", "secret": secret}
    one = Webhook(WebhookConfig(**keys))
    many = Webhook(WebhookConfig(**keys, recipients=file))

    assert powers_of(one).replies
    assert not powers_of(many).replies
