"""
The ledger: what became of each alert, channel by channel.

One alert is looked up by its number in well under a millisecond: a live view may ask
many times a second.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    and_,
    func,
    or_,
    select,
    true,
)

from syndicate.model import Act, DeliveryState, Severity
from syndicate.store.lanes import LaneRow, load_rests
from syndicate.store.tables import alerts, deliveries
from syndicate.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDelivery:
    """One channel's line. Times are UTC."""

    id: int
    alert_id: int
    channel: str
    kind: str
    revision: int
    state: DeliveryState
    changed_at: datetime  # of ``sent``: when the receipt came
    attempts: int
    first_attempt_at: datetime | None
    due_at: datetime  # of ``queued``: the next try, the channel's own rest counted in
    remote_id: str | None
    remote_url: str | None  # where followers see it
    last_error: str | None
    ambiguous: bool  # some try may have arrived
    text: str  # what followers read
    act: Act  # what it does there
    target_id: int | None  # number of the delivery that the act is about
    recipients: int = 0  # how many of the channel are in this state; this is the first

    @property
    def name(self) -> str:
        """The channel, as people read it."""
        if not self.recipients:
            return self.channel
        return say(
            "{channel}, {recipients:recipient|recipients}",
            channel=self.channel,
            recipients=self.recipients,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAlert:
    """One alert and its deliveries. Times are UTC."""

    id: int
    title: str
    link: str | None
    identity: str | None  # the post's
    severity: Severity
    created_at: datetime
    who: str
    rule: str | None
    not_after: datetime | None
    held: str | None  # why it waited for a person when it came
    is_ping: bool  # told to a hub, not to people
    corrects: int | None  # number of the alert it puts right
    retracts: int | None  # number of the alert it takes back
    thread: int | None  # of either: number of the alert it all began with
    deliveries: Sequence[LedgerDelivery]

    @property
    def is_settled(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return all(delivery.state.is_settled for delivery in self.deliveries)


ALERT = [c for c in alerts.c if c.name in {f.name for f in fields(LedgerAlert)}]
DELIVERY = [
    deliveries.c[field.name]
    for field in fields(LedgerDelivery)
    if field.name != "recipients"
]


def find_alert(connection: Connection, number: int) -> LedgerAlert | None:
    """Give one alert, its deliveries in the order they were filed."""
    found = _load(connection, alerts.c.id == number, limit=1)
    return found[0] if found else None


def recent(
    connection: Connection,
    *,
    limit: int = 20,
    before: int | None = None,
    pings: bool = False,
) -> list[LedgerAlert]:
    """
    Give the newest alerts, newest first; or the newest pings, which are none for people.

    Args:
        connection: Any transaction.
        limit: At most so many.
        before: Only alerts with a lower number, for the next page.
        pings: Those that hubs are told, and not the alerts.
    """
    older = alerts.c.id < before if before is not None else true()
    return _load(connection, and_(older, alerts.c.is_ping.is_(pings)), limit=limit)


def about(connection: Connection, identity: str) -> list[LedgerAlert]:
    """Give the alerts about one post, newest first."""
    return _load(connection, alerts.c.identity == identity, limit=None)


def amended(connection: Connection, alert: LedgerAlert) -> list[LedgerAlert]:
    """Give an alert and all that corrects or retracts it, or that it does; oldest first."""
    root = alert.thread or alert.id
    mine = or_(alerts.c.id == root, alerts.c.thread == root)
    return _load(connection, mine, limit=None)[::-1]


def _load(
    connection: Connection, which: ColumnElement[bool], *, limit: int | None
) -> list[LedgerAlert]:
    newest = select(*ALERT).where(which).order_by(alerts.c.id.desc()).limit(limit)
    found = connection.execute(newest).mappings().all()
    numbers = [alert["id"] for alert in found]
    mine = deliveries.c.alert_id.in_(numbers)
    counts: dict[int, int] = {r[0]: r[1] for r in connection.execute(_sums(mine))}
    one_each = or_(deliveries.c.recipient.is_(None), deliveries.c.id.in_(counts))
    lines = select(*DELIVERY).where(mine, one_each)
    of_alert: dict[int, list[LedgerDelivery]] = defaultdict(list)
    rests = load_rests(connection)
    for line in connection.execute(lines.order_by(deliveries.c.id)).mappings():
        each = LedgerDelivery(**line, recipients=counts.get(line["id"], 0))
        of_alert[each.alert_id].append(_rested(each, rests))
    return [
        LedgerAlert(
            **{**alert, "severity": Severity(alert["severity"])},
            deliveries=tuple(of_alert[alert["id"]]),
        )
        for alert in found
    ]


def _sums(mine: ColumnElement[bool]) -> Executable:
    """Ask how many recipients of a channel are in a state, and which is the first."""
    of_one = deliveries.c.alert_id, deliveries.c.channel, deliveries.c.act
    return (
        select(func.min(deliveries.c.id), func.count())
        .where(mine, deliveries.c.recipient.is_not(None))
        .group_by(*of_one, deliveries.c.state)
    )


def _rested(line: LedgerDelivery, rests: Mapping[str, LaneRow]) -> LedgerDelivery:
    """Count in how long a channel is left alone, whatever waits for it."""
    rest = rests.get(line.channel)
    until = rest.not_before if rest else None
    if line.state is not DeliveryState.QUEUED or until is None:
        return line
    return replace(line, due_at=max(line.due_at, until))
