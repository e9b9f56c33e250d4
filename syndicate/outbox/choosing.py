"""
Which messages of an alert and of its corrections are acted on, and which need not be. Pure.

    correct    of each channel the newest that is out; of many recipients all by one alert
    retract    every one that stands; readers who keep it are told once in each channel

What was changed or taken away before stands no more. How each is acted on: ``acts.py``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from syndicate.model import Act, DeliveryState
from syndicate.outbox.acts import GONE, WORDS, Choice, Powers, Purpose, choose
from syndicate.store.deliveries import DeliveryRow

_OF_ITS_TARGET = GONE | {DeliveryState.SENDING, DeliveryState.IN_DOUBT}
"""An edit in one of these is no message of its own: what it was to change still is one."""


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
    born = _births(rows)
    choices = [
        choose(
            row,
            purpose=purpose,
            powers=powers.get(row.channel),
            age=now - born[row.id],
            insist=insist,
        )
        for row in _open_to_change(rows, retracting)
    ]
    if purpose is Purpose.CORRECT:
        return _once_for_all(_newest(choices))
    return _told_once(choices, _told(rows, retracting))


def _open_to_change(
    rows: Sequence[DeliveryRow], retracting: Collection[int]
) -> Iterator[DeliveryRow]:
    """Give the messages that stand, wait or never arrived."""
    done = _dealt_with(rows, retracting)
    for row in rows:
        is_gone = row.act is Act.DELETE or row.state is DeliveryState.RETRACTED
        is_no_message = row.act is Act.EDIT and row.state in _OF_ITS_TARGET
        is_done = row.id in done or row.alert_id in retracting
        if not (is_gone or is_no_message or is_done):
            yield row


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
