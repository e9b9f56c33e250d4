"""A correction or a retraction, before it is accepted: what is done on each channel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from syndicate.alerts.prefix import is_told
from syndicate.app import wording
from syndicate.app.echoes import find_echoes
from syndicate.app.telling import Roster
from syndicate.errors import UsageError
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox import amend
from syndicate.outbox.acts import Choice, Purpose, powers_of
from syndicate.outbox.amend import Thread
from syndicate.outbox.choosing import choose_all
from syndicate.store import alerts
from syndicate.store.corrections import add_correction
from syndicate.store.rows import CorrectionRow, Withdrawal
from syndicate.store.withdrawals import load_withdrawals, reinstate, withdraw


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an operator asks for."""

    number: int  # of the alert, or of one that corrected it
    purpose: Purpose
    words: str  # the right text; or why it is taken back
    to: tuple[str, ...] | None = None  # names of channels; None: all that were told
    who: str = "operator"
    insist: bool = False  # a notice even where a message is only in doubt
    feeds: bool = True  # whether the post's entry follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Amends:
    """A plan: what is done about every message, and the exact bodies."""

    alert: Alert
    thread: Thread
    choices: Sequence[Choice]
    outgoing: Sequence[Outgoing]
    note: str  # what readers of the feeds are told
    follows: bool  # the entry of the post in the feeds follows

    @property
    def before(self) -> int | None:
        """Number of the alert that took it back already, if one did."""
        return max(self.thread.retracting, default=None)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to do."""
        called_off = any(choice.is_called_off for choice in self.choices)
        return not (self.outgoing or called_off or self.follows)


def plan(
    connection: Connection, wish: Wish, roster: Roster, *, now: datetime
) -> Amends:
    """
    Work out the best act on each channel. Writes nothing.

    Raises:
        UsageError: There is no such alert, it was told to hubs alone, it was taken back
            already, nothing is said, or a channel was never told of it.
    """
    thread = amend.load_thread(connection, wish.number)
    first = alerts.load_alert(connection, thread.root)
    assert first is not None  # a thread begins with it
    _check(wish, first, thread)
    thread = amend.load_thread(
        connection, wish.number, echoes=find_echoes(connection, thread.root, first)
    )
    alert = _alert(wish, first)
    choices = choose_all(
        [row for row in thread.rows if wish.to is None or row.channel in wish.to],
        purpose=wish.purpose,
        powers={name: powers_of(roster.channels[name]) for name in roster.told},
        retracting=thread.retracting,
        now=now,
        insist=wish.insist,
    )
    waiting = [c.row for c in choices if c.row.state is DeliveryState.HELD and c.acts]
    if waiting:  # whoever was to approve the first words is to approve these
        alert = replace(alert, held=waiting[0].last_error or first.held)
    follows = wish.feeds and wish.to is None and first.identity is not None
    if follows and wish.purpose is Purpose.RETRACT:
        follows = first.identity not in load_withdrawals(connection)
    return Amends(
        alert=alert,
        thread=thread,
        choices=choices,
        outgoing=list(wording.outgoing(alert, choices, roster)),
        note=_note(alert, wish, roster),
        follows=follows,
    )


def carry_out(
    connection: Connection,
    amends: Amends,
    *,
    now: datetime,
    request_id: str | None = None,
) -> int:
    """
    Accept a plan in the caller's transaction; gives the number of its alert.

    Raises:
        MovedOnError: A message has moved on since; nothing was written.
    """
    before = alerts.find_request(connection, request_id) if request_id else None
    number = amend.amend(
        connection,
        amends.alert,
        amends.thread,
        choices=amends.choices,
        outgoing=amends.outgoing,
        now=now,
        request_id=request_id,
    )
    if number != before and amends.follows:
        _follow(connection, amends, number=number, now=now)
    return number


def _follow(
    connection: Connection, amends: Amends, *, number: int, now: datetime
) -> None:
    """Have the feeds tell of it: by a note with the post's entry, or by its absence."""
    alert, note = amends.alert, amends.note
    assert alert.identity is not None  # or the feeds would not follow
    if alert.retracts is None:
        row = CorrectionRow(
            alert_id=number, identity=alert.identity, corrected_at=now, note=note
        )
        add_correction(connection, row)
    else:
        taken = Withdrawal(
            identity=alert.identity, withdrawn_at=now, reason=note, who=alert.who
        )
        withdraw(connection, taken)


def reinstated(connection: Connection, number: int, *, who: str, now: datetime) -> str:
    """
    Let an alert's post stand in the feeds again, in the caller's transaction.

    Returns:
        The post's title.

    Raises:
        UsageError: There is no such alert, or its post was not taken back.
    """
    first = alerts.load_alert(connection, amend.load_thread(connection, number).root)
    assert first is not None  # a thread begins with it
    if first.identity not in load_withdrawals(connection):
        raise UsageError(
            "the post of alert {number} was not taken back", number=str(number)
        )
    reinstate(connection, first.identity or "", at=now, who=who)
    return first.title


def _check(wish: Wish, first: Alert, thread: Thread) -> None:
    number = str(wish.number)
    if first.is_ping:
        raise UsageError(
            "alert {number} was told to hubs, not to people", number=number
        )
    if not wish.words.strip():
        raise UsageError("say something with --text or --reason")
    if wish.purpose is Purpose.CORRECT and thread.retracting:
        raise UsageError(
            "alert {number} was taken back by alert {other}; "
            "`syndicate push` says something new",
            number=number,
            other=str(max(thread.retracting)),
        )
    told = dict.fromkeys(row.channel for row in thread.rows)
    for name in wish.to or ():
        if name not in told:
            raise UsageError(
                "alert {number} was not for {name} (it was for: {names})",
                number=number,
                name=name,
                names=", ".join(told) or "-",
            )


def _alert(wish: Wish, first: Alert) -> Alert:
    """Write the alert that corrects or retracts another."""
    corrects = wish.purpose is Purpose.CORRECT
    title = first.text or first.title
    words = wish.words.strip()
    return replace(
        first,
        title=words if corrects else title,
        text=words if corrects else f"{title}\n\n{words}",
        link=first.link if corrects else None,
        picture=first.picture if corrects else None,
        excerpt="",
        rule=None,
        who=wish.who,
        not_after=None,  # it is late already, and must be said all the same
        held=None,
        corrects=wish.number if corrects else None,
        retracts=None if corrects else wish.number,
        reason="" if corrects else words,
    )


def _note(alert: Alert, wish: Wish, roster: Roster) -> str:
    """Say to readers of the feeds what is right, marked; or why a post is gone."""
    words = wish.words.strip()
    mark = roster.prefix(alert)
    if alert.retracts is not None or is_told(mark, words):
        return words
    return f"{mark} {words}".strip()
