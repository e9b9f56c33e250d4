"""
What is forgotten when its time is over, a few rows at a time.

    attempts of settled alerts                     all
    settled deliveries                             all, but those that told of a post
    those                                          their words; channel, key, receipt stay
    entries of posts that are gone, pictures nobody asked about, the audit log's oldest
    rows (``store/cutting.py``)

What keeps us from telling anybody twice is never forgotten: posts and their identities,
and for each of them the channels that were told.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    or_,
    select,
    update,
)

from syndicate.model import DeliveryState
from syndicate.store.announcements import UNHEARD
from syndicate.store.tables import (
    alerts,
    announcements,
    attempts,
    deliveries,
    entries,
    gates,
    pictures,
    posts,
)

UNSETTLED = (
    DeliveryState.HELD,
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.IN_DOUBT,
    DeliveryState.RETRACTING,
)
EMPTY = {"body": "", "text": ""}


def forget_alerts(connection: Connection, *, before: datetime, most: int) -> int:
    """
    Forget alerts on which nothing happened since a time; gives how many those were.

    Of an alert that told of a post the row stays, and a row for each channel that may
    have it.
    """
    numbers = list(connection.scalars(_old_alerts(before).limit(most)))
    mine = deliveries.c.alert_id.in_(numbers)
    of_them = select(deliveries.c.id).where(mine)
    connection.execute(delete(attempts).where(attempts.c.delivery_id.in_(of_them)))
    _forget_pings(connection, numbers)
    kept = and_(mine, _tells_of_a_post())
    connection.execute(update(deliveries).where(kept).values(EMPTY))
    connection.execute(delete(deliveries).where(mine, ~_tells_of_a_post()))
    bare = alerts.c.id.in_(numbers) & ~exists().where(
        deliveries.c.alert_id == alerts.c.id
    )
    empty = select(alerts.c.id).where(bare)
    connection.execute(delete(gates).where(gates.c.alert_id.in_(empty)))
    connection.execute(delete(alerts).where(bare))
    return len(numbers)


def forget_entries(connection: Connection, *, before: datetime, most: int) -> int:
    """Forget how posts read whose files went before a time; gives how many."""
    gone = select(entries.c.identity).join(
        posts, posts.c.identity == entries.c.identity
    )
    some = gone.where(posts.c.gone_at < before).limit(most)
    names = list(connection.scalars(some))
    connection.execute(delete(entries).where(entries.c.identity.in_(names)))
    return len(names)


def forget_pictures(connection: Connection, *, before: datetime, most: int) -> int:
    """Forget pictures that were looked at last before a time; gives how many."""
    old = select(pictures.c.url).where(pictures.c.checked_at < before).limit(most)
    urls = list(connection.scalars(old))
    connection.execute(delete(pictures).where(pictures.c.url.in_(urls)))
    return len(urls)


def _old_alerts(before: datetime) -> Select[Any]:
    of_it = deliveries.c.alert_id == alerts.c.id
    moving = exists().where(
        of_it,
        or_(deliveries.c.state.in_(UNSETTLED), deliveries.c.changed_at >= before),
    )
    full = exists().where(of_it, deliveries.c.body != "")
    bare = ~exists().where(of_it)
    old = select(alerts.c.id).where(
        alerts.c.created_at < before, ~moving, or_(full, bare)
    )
    return old.order_by(alerts.c.id)


def _tells_of_a_post() -> ColumnElement[bool]:
    """Whether a post is not to be told again because of a delivery."""
    of_a_post = exists().where(
        alerts.c.id == deliveries.c.alert_id, alerts.c.identity.is_not(None)
    )
    return and_(of_a_post, deliveries.c.state.not_in(UNHEARD))


def _forget_pings(connection: Connection, numbers: list[int]) -> None:
    """
    Let what hubs were told stand without the pings that told it.

    Of an address whose ping never arrived nothing stays, so that it is told again.
    """
    lost = exists().where(
        deliveries.c.alert_id == announcements.c.alert_id,
        deliveries.c.channel == announcements.c.channel,
        deliveries.c.state.in_(UNHEARD),
    )
    mine = announcements.c.alert_id.in_(numbers)
    connection.execute(delete(announcements).where(mine, lost))
    connection.execute(update(announcements).where(mine).values(alert_id=None))
