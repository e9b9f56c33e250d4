from collections.abc import Mapping
from datetime import timedelta

import pytest

from syndicate.model import Act, DeliveryState
from syndicate.outbox.acts import Powers, Purpose
from syndicate.outbox.choosing import choose_all
from syndicate.store.deliveries import DeliveryRow
from tests.outbox.told import ALL, NOW, row

HOUR = timedelta(hours=1)
RETRACT = Purpose.RETRACT
State = DeliveryState


def all_chosen(
    *rows: DeliveryRow,
    purpose: Purpose = Purpose.CORRECT,
    powers: Powers = ALL,
    retracting: tuple[int, ...] = (),
) -> list[tuple[int, tuple[Act, ...], bool]]:
    found: Mapping[str, Powers] = {"desk": powers}
    choices = choose_all(
        rows, purpose=purpose, powers=found, retracting=retracting, now=NOW
    )
    return [(each.row.id, each.acts, each.is_called_off) for each in choices]


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
