"""What messages cost where a platform charges for them: before they go, and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from syndicate.app.telling import Roster
from syndicate.channels.terms.charges import Charges, Price, total
from syndicate.model import Outgoing
from syndicate.store.spending import find_charged
from syndicate.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a channel has cost since some moment, by the prices of today."""

    messages: int  # acts that were charged, and those that may have been
    sums: Sequence[Price]  # one for each currency


def prices(roster: Roster, outgoing: Iterable[Outgoing]) -> list[Price | None]:
    """Say what each of some messages will cost; ``None``: nothing is charged for it."""
    return [
        channel.price(each.body, each.act)
        if isinstance(channel := roster.channels[each.channel], Charges)
        else None
        for each in outgoing
    ]


def spent(
    connection: Connection, roster: Roster, *, since: datetime
) -> Mapping[str, Spent]:
    """Count what channels that charge have cost since a moment, by their names."""
    charging = {
        name: channel
        for name, channel in roster.channels.items()
        if isinstance(channel, Charges)
    }
    found: dict[str, list[Price]] = {name: [] for name in charging}
    for each in find_charged(connection, charging, since=since) if charging else ():
        found[each.channel].append(charging[each.channel].price(each.body, each.act))
    return {
        name: Spent(messages=len(each), sums=total(each))
        for name, each in found.items()
    }


def month_of(now: datetime, zone: ZoneInfo) -> datetime:
    """Give the moment a month began, UTC."""
    first = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0)
    return first.replace(microsecond=0).astimezone(UTC)


def told_of(spent: Spent) -> str:
    """Say what a channel has cost this month."""
    if not spent.messages:
        return say("nothing spent this month")
    return say(
        "about {sum} this month, for {messages:message|messages}",
        sum=", ".join(map(str, spent.sums)),
        messages=spent.messages,
    )
