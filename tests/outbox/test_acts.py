from datetime import timedelta
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
from tests.outbox.told import ALL, row

HOUR = timedelta(hours=1)
CORRECT, RETRACT = Purpose.CORRECT, Purpose.RETRACT
ASKED = Powers(edits=None, deletes=None, can_be_asked=True)
State = DeliveryState


def chosen(
    message: DeliveryRow,
    purpose: Purpose = CORRECT,
    powers: Powers | None = ALL,
    *,
    age: timedelta = HOUR,
    insist: bool = False,
) -> Choice:
    return choose(message, purpose=purpose, powers=powers, age=age, insist=insist)


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
