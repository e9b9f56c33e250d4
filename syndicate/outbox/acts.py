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

What is being sent at this moment counts as sent: the act waits for its verdict.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
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


def choose_all(
    rows: Sequence[DeliveryRow],
    *,
    purpose: Purpose,
    powers: Mapping[str, Powers],
    retracting: Collection[int],
    now: datetime,
    insist: bool = False,
) -> list[Choice]:
    """
    Choose what is done about every message of an alert and of its corrections.

    Args:
        rows: All their deliveries, in the order they were filed.
        purpose: Whether to put them right, or to take them back.
        powers: Of each configured channel, by name.
        retracting: Numbers of the alerts among them that take the others back.
        now: The time, UTC.
        insist: Whether people are told even where a message is only in doubt.

    Returns:
        One choice for each message that stands, waits or never arrived; of what was
        changed or taken away before, none.
    """
    done = _dealt_with(rows, retracting)
    told = [
        row
        for row in rows
        if row.act is not Act.DELETE
        and row.alert_id not in retracting
        and row.id not in done
        and row.state is not DeliveryState.RETRACTED
        and not (row.act is Act.EDIT and row.state in _OF_ITS_TARGET)
    ]
    born = _births(rows)
    choices = [
        choose(
            row,
            purpose=purpose,
            powers=powers.get(row.channel),
            age=now - born[row.id],
            insist=insist,
        )
        for row in told
    ]
    if purpose is Purpose.CORRECT:
        return _once_for_all(_newest(choices))
    return _told_once(choices, _told(rows, retracting))


_OF_ITS_TARGET = GONE | {DeliveryState.SENDING, DeliveryState.IN_DOUBT}
"""An edit in one of these is no message of its own: what it was to change still is one."""


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


def _dealt_with(rows: Iterable[DeliveryRow], retracting: Collection[int]) -> set[int]:
    """Give the messages that something is done about already, and well so far."""
    return {
        row.target_id
        for row in rows
        if row.target_id is not None
        and row.state not in GONE
        and (row.act is Act.DELETE or row.alert_id in retracting)
    }


def _told(rows: Iterable[DeliveryRow], retracting: Collection[int]) -> set[str]:
    """Give the channels whose readers know already that it was taken back."""
    return {
        row.channel
        for row in rows
        if row.alert_id in retracting and row.act in WORDS and row.state not in GONE
    }


def _told_once(choices: Sequence[Choice], told: set[str]) -> list[Choice]:
    """Tell readers once in each channel, and by the newest of its messages."""
    kept: list[Choice] = []
    for choice in reversed(choices):
        name = choice.row.channel
        if WORDS.isdisjoint(choice.acts):
            kept.append(choice)
        elif name not in told:
            told.add(name)
            kept.append(choice)
    return kept[::-1]


def _births(rows: Iterable[DeliveryRow]) -> Mapping[int, datetime]:
    """Say since when each message stands: one that was edited, since its first words."""
    born: dict[int, datetime] = {}
    for row in rows:
        own = row.first_attempt_at or row.changed_at
        before = born.get(row.target_id or 0) if row.act is Act.EDIT else None
        born[row.id] = before or own
    return born


def _newest(choices: Sequence[Choice]) -> list[Choice]:
    """
    Leave one message in each channel that is put right: the newest that is out.

    What waits is called off all the same, and has a successor only where nothing is out.
    """
    kept: list[Choice] = []
    answered: set[str] = set()
    for choice in reversed(choices):
        name = choice.row.channel
        if choice.is_called_off and not choice.row.ambiguous:
            kept.append(choice)
        elif name not in answered:
            kept.append(choice)
            if choice.row.state not in GONE:
                answered.add(name)
    return [_spared(each, answered) for each in reversed(kept)]


def _once_for_all(choices: Sequence[Choice]) -> list[Choice]:
    """Say new words once to a channel of many recipients: each of them gets them."""
    told: set[str] = set()
    kept: list[Choice] = []
    for choice in choices:
        name = choice.row.channel
        again = choice.row.recipient is not None and name in told
        kept.append(replace(choice, acts=()) if again else choice)
        if choice.acts:
            told.add(name)
    return kept


def _spared(choice: Choice, answered: Collection[str]) -> Choice:
    """Give no successor to what waits behind a message that is put right itself."""
    waits = choice.is_called_off and not choice.row.ambiguous
    return (
        replace(choice, acts=()) if waits and choice.row.channel in answered else choice
    )
