"""What each configured channel is and can do, and what its platform says of us."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from syndicate.app.answers import Answer, Known, ask, remembered
from syndicate.app.core import App
from syndicate.app.spending import Spent, month_of, spent
from syndicate.channels.base import (
    Channel,
    Deletes,
    Edits,
    Hub,
    Probes,
    Replies,
)
from syndicate.model import Memory, Unit

AT_ONCE = 8  # platforms asked at the same time
NEVER = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """Something a kind can do with what it sent, and how long."""

    can: bool
    within: timedelta | None = None  # None: always


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelReport:
    """One configured channel."""

    name: str
    kind: str
    is_hub: bool
    text: int  # most units in one message
    unit: str
    memory: Memory
    edit: Ability
    delete: Ability
    reply: Ability
    paused: str | None  # why; None: it is not
    can_probe: bool
    spent: Spent | None  # this month; None: nothing is charged for
    answer: Answer | None  # None: it was not asked now
    known: Known | None  # what it said last; None: nothing is known

    @property
    def latest(self) -> Answer | None:
        """What its platform says, or what it said last."""
        if self.answer is None and self.known:
            return self.known.answer
        return self.answer


def report_channels(app: App, *, probe: bool = False) -> list[ChannelReport]:
    """
    Tell of every channel, in the order of ``config.toml``, hubs last.

    Args:
        app: Whose.
        probe: Whether platforms are asked whether our credentials hold. Nothing is
            posted; each may take its channel's deadline, several are asked at a time.

    Raises:
        StoreError: Nobody can tell which are paused.
    """
    channels = app.roster.channels
    answers = _ask(channels) if probe else {}
    pauses = {} if app.is_new else {each.channel: each.reason for each in app.pauses()}
    costs = _this_month(app)
    known = {} if app.is_new else remembered(app.store)
    return [
        _report(
            name,
            app.roster.configs[name].kind,
            channel,
            paused=pauses.get(name, pauses.get(None)),
            spent=costs.get(name),
            answer=answers.get(name),
            known=known.get(name),
        )
        for name, channel in channels.items()
    ]


def _this_month(app: App) -> Mapping[str, Spent]:
    if app.is_new:  # looking makes no database
        return {}
    since = month_of(app.clock(), app.config.site.zone)
    with app.store.read() as connection:
        return spent(connection, app.roster, since=since)


def _report(
    name: str,
    kind: str,
    channel: Channel[Any],
    *,
    paused: str | None,
    spent: Spent | None,
    answer: Answer | None,
    known: Known | None,
) -> ChannelReport:
    limits = channel.configured_limits
    edits = isinstance(channel, Edits) and channel.edits_show
    edit = channel.edit_within if isinstance(channel, Edits) else None
    delete = channel.delete_within if isinstance(channel, Deletes) else None
    return ChannelReport(
        name=name,
        kind=kind,
        is_hub=isinstance(channel, Hub),
        text=limits.text,
        unit=limits.unit.value if isinstance(limits.unit, Unit) else "units",
        memory=limits.memory,
        edit=Ability(can=edits and edit != NEVER, within=edit),
        delete=Ability(can=isinstance(channel, Deletes), within=delete),
        reply=Ability(can=isinstance(channel, Replies)),
        paused=paused,
        can_probe=isinstance(channel, Probes),
        spent=spent,
        answer=answer,
        known=known,
    )


def _ask(channels: Mapping[str, Channel[Any]]) -> Mapping[str, Answer]:
    asked = {
        name: channel
        for name, channel in channels.items()
        if isinstance(channel, Probes)
    }
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers: Sequence[Answer] = list(pool.map(ask, asked.values()))
    return dict(zip(asked, answers, strict=True))
