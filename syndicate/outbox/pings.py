"""
Telling hubs what changed: deliveries like any other, but never two that say the same.

A ping names addresses and not what they hold, so one that still waits speaks for every
change since. What a hub missed while it was away comes down to one ping for each body.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from syndicate.channels.base import Hub
from syndicate.model import Alert, DeliveryState, Outgoing, Severity
from syndicate.outbox.enqueue import accept
from syndicate.outbox.move import move
from syndicate.store import deliveries
from syndicate.store.announcements import (
    forget_announcements,
    hand_over,
    save_announcements,
)
from syndicate.store.deliveries import DeliveryRow

WHO = "feeds"
PATIENCE = timedelta(days=1)
NAMED = 2  # addresses in a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs from what a hub was last told."""

    digests: Mapping[str, str]  # address to how it reads now: new and changed ones
    gone: Collection[str] = ()  # addresses that are no more

    def __bool__(self) -> bool:
        return bool(self.digests or self.gone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A hub that is configured."""

    name: str
    kind: str
    hub: Hub
    hears_of_gone: bool  # whether it wants to know of addresses that are no more


def compare(now: Mapping[str, str], known: Mapping[str, str]) -> Change:
    """Work out what changed, from address to digest now and as last told. Pure."""
    changed = {each: now[each] for each in now if known.get(each) != now[each]}
    return Change(digests=changed, gone=sorted(known.keys() - now.keys()))


def ping(
    connection: Connection, listener: Listener, change: Change, *, now: datetime
) -> list[int]:
    """
    Tell a hub what changed, in the caller's transaction.

    Returns:
        The numbers of the alerts that were filed: none where what waits says it all.
    """
    name, hub = listener.name, listener.hub
    waiting = {row.body: row for row in deliveries.find_queued(connection, name)}
    gone = change.gone if listener.hears_of_gone else ()
    told = [each for body in waiting for each in hub.addresses(body)]
    bodies = hub.announce(list(dict.fromkeys([*told, *change.digests, *gone])))
    # What a hub asked us to wait for, the ping that replaces an older one waits for too.
    due_at = max([now, *(row.due_at for row in waiting.values())])
    filed = {
        body: _file(connection, listener, body, now=now, due_at=due_at)
        for body in bodies
        if body not in waiting
    }
    for body, row in waiting.items():
        if body not in bodies:
            _replace(connection, row, after=max(filed.values()), now=now)
    rows = {body: row.alert_id for body, row in waiting.items()} | filed
    for body in bodies:
        said = {
            a: change.digests[a] for a in hub.addresses(body) if a in change.digests
        }
        save_announcements(connection, name, said, alert_id=rows[body])
    forget_announcements(connection, name, change.gone)
    return list(filed.values())


def _file(
    connection: Connection,
    listener: Listener,
    body: str,
    *,
    now: datetime,
    due_at: datetime,
) -> int:
    addresses = listener.hub.addresses(body)
    more = len(addresses) - NAMED
    title = ", ".join(addresses[:NAMED]) + (f" and {more} more" if more > 0 else "")
    alert = Alert(
        title=title,
        link=addresses[0],
        language="",
        severity=Severity.NORMAL,
        who=WHO,
        not_after=now + PATIENCE,
        is_ping=True,
    )
    outgoing = Outgoing(
        channel=listener.name,
        kind=listener.kind,
        body=body,
        text=title,
        count=len(addresses),
        limit=len(addresses),
        unit="addresses",
    )
    return accept(connection, alert, [outgoing], now=now, due_at=due_at)


def _replace(
    connection: Connection, row: DeliveryRow, *, after: int, now: datetime
) -> None:
    """Take back a ping whose addresses stand in a newer one."""
    hand_over(connection, row.channel, before=row.alert_id, after=after)
    words = "a newer ping tells of it"
    move(
        connection,
        row,
        DeliveryState.CANCELLED,
        who=WHO,
        now=now,
        note=words,
        values={"last_error": words},
    )
