"""
The best act on each channel for words that must be put right, or taken back. Pure.

    the message            correct                    retract
    never left             cancelled; new words go    cancelled
    was sent, can be       edited                     deleted
    ...                    deleted and replaced       edited
    ...                    answered                   answered
    else                   a notice                   a notice
    is in doubt            the same once it is found, where its channel can be asked;
                           else nothing, or a notice if a person insists
    never arrived          nothing                    nothing

What is being sent at this moment counts as sent: the act waits for its verdict. Which of
several messages are acted on at all is chosen in ``choosing.py``.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from syndicate.channels.base import Channel, Deletes, Edits, Replies, is_wide
from syndicate.model import Act, DeliveryState
from syndicate.store.deliveries import OPEN, DeliveryRow

NEVER = timedelta(0)
GONE = frozenset({DeliveryState.FAILED, DeliveryState.EXPIRED, DeliveryState.CANCELLED})
WORDS = frozenset({Act.REPLY, Act.NOTICE})
"""Acts that tell readers of a message that stays."""

RECALL = "it was delivered and cannot be recalled"
DOUBT = "it may have arrived, and nobody knows its number"
UNKNOWN = "whether it arrived is unknown; it was left so"


class Purpose(StrEnum):
    """What is to become of words that were told."""

    CORRECT = "correct"
    RETRACT = "retract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Powers:
    """What a channel can do about a message, and how long after it was sent."""

    edits: timedelta | None = NEVER  # None: always
    deletes: timedelta | None = NEVER
    replies: bool = False
    can_be_asked: bool = False  # whether a message in doubt is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is done about one message."""

    row: DeliveryRow
    acts: tuple[Act, ...] = ()
    is_called_off: bool = False  # it is withdrawn before it leaves
    why: str = ""  # why no more can be done; a phrase


def powers_of(channel: Channel[Any]) -> Powers:
    """Read what a channel can do from what it is."""
    edits: timedelta | None = NEVER
    if isinstance(channel, Edits) and channel.edits_show:
        edits = channel.edit_within
    return Powers(
        edits=edits,
        deletes=channel.delete_within if isinstance(channel, Deletes) else NEVER,
        replies=isinstance(channel, Replies) and not is_wide(channel),
        can_be_asked=channel.configured_limits.look_after is not None,
    )


def choose(
    row: DeliveryRow,
    *,
    purpose: Purpose,
    powers: Powers | None,
    age: timedelta,
    insist: bool = False,
) -> Choice:
    """
    Choose what is done about one message.

    Args:
        row: Its delivery.
        purpose: Whether to put it right, or to take it back.
        powers: Its channel's; ``None``: the channel is configured no more.
        age: Time since it was first sent.
        insist: Whether people are told even where it is only in doubt.
    """
    if row.state in OPEN and not row.ambiguous:
        return _before_it_left(row, purpose, powers)
    if row.state in GONE:
        return Choice(row=row, why=UNKNOWN if row.ambiguous else "it never arrived")
    called_off = row.state in OPEN
    if powers is None:
        why = "not configured any more; it was delivered and cannot be recalled"
        return Choice(row=row, is_called_off=called_off, why=why)
    if called_off or row.state is DeliveryState.IN_DOUBT:
        return _in_doubt(row, purpose, powers, age=age, insist=insist)
    is_known = row.remote_id is not None
    acts: tuple[Act, ...] | None = None
    if is_known or row.state is DeliveryState.SENDING:
        acts = _best(purpose, powers, age, is_known=is_known)
    return Choice(row=row, acts=acts or (Act.NOTICE,), why="" if acts else RECALL)


def _before_it_left(
    row: DeliveryRow, purpose: Purpose, powers: Powers | None
) -> Choice:
    again = purpose is Purpose.CORRECT and powers is not None
    if row.act is Act.EDIT or not again:
        return Choice(row=row, is_called_off=True)
    act = Act.REPLACE if row.act is Act.REPLACE else Act.SEND
    return Choice(row=row, acts=(act,), is_called_off=True)


def _in_doubt(
    row: DeliveryRow, purpose: Purpose, powers: Powers, *, age: timedelta, insist: bool
) -> Choice:
    called_off = row.state in OPEN
    acts: tuple[Act, ...] | None = None
    if powers.can_be_asked:
        acts = _best(purpose, powers, age, is_known=False)
    if acts is None and insist:
        acts = (Act.NOTICE,)
    return Choice(row=row, acts=acts or (), is_called_off=called_off, why=DOUBT)


def _best(
    purpose: Purpose, powers: Powers, age: timedelta, *, is_known: bool
) -> tuple[Act, ...] | None:
    """Give the best acts on a message; ``None``: it cannot be got at."""
    edits, deletes = _within(powers.edits, age), _within(powers.deletes, age)
    anew = (Act.DELETE, Act.REPLACE)
    # A reply names the message it answers, so its body cannot be written before.
    reply = ((Act.REPLY,), powers.replies and is_known)
    ways: list[tuple[tuple[Act, ...], bool]]
    if purpose is Purpose.CORRECT:
        ways = [((Act.EDIT,), edits), (anew, deletes), reply]
    else:
        ways = [((Act.DELETE,), deletes), ((Act.EDIT,), edits), reply]
    return next((acts for acts, can in ways if can), None)


def _within(limit: timedelta | None, age: timedelta) -> bool:
    return limit is None or age < limit
