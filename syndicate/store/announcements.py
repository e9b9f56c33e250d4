"""What hubs were told: for each address, how it read when it was last announced."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, and_, delete, exists, select, update

from syndicate.model import DeliveryState
from syndicate.store.tables import announcements, deliveries
from syndicate.store.upsert import insert_into

UNHEARD = (DeliveryState.FAILED, DeliveryState.EXPIRED, DeliveryState.CANCELLED)
AT_ONCE = 1000  # rows in one statement


def load_announcements(connection: Connection, channel: str) -> dict[str, str]:
    """Give address to digest, without the addresses whose ping never arrived."""
    lost = exists().where(
        deliveries.c.alert_id == announcements.c.alert_id,
        deliveries.c.channel == announcements.c.channel,
        deliveries.c.state.in_(UNHEARD),
    )
    told = select(announcements.c.address, announcements.c.digest).where(
        announcements.c.channel == channel, ~lost
    )
    return {row.address: row.digest for row in connection.execute(told)}


def save_announcements(
    connection: Connection,
    channel: str,
    digests: Mapping[str, str],
    *,
    alert_id: int | None = None,
) -> None:
    """
    Note how addresses read.

    Args:
        connection: A transaction that writes.
        channel: The hub's.
        digests: Address to digest.
        alert_id: The ping that tells of them; ``None``: they were there before the hub.
    """
    insert = insert_into(connection, announcements)
    upsert = insert.on_conflict_do_update(
        index_elements=["channel", "address"],
        set_={
            "digest": insert.excluded.digest,
            "alert_id": insert.excluded.alert_id,
        },
    )
    rows = [
        {"channel": channel, "address": address, "digest": digest, "alert_id": alert_id}
        for address, digest in digests.items()
    ]
    if rows:
        connection.execute(upsert, rows)


def hand_over(connection: Connection, channel: str, *, before: int, after: int) -> None:
    """Let another ping answer for the addresses of one that is taken back."""
    of_before = and_(
        announcements.c.channel == channel, announcements.c.alert_id == before
    )
    connection.execute(update(announcements).where(of_before).values(alert_id=after))


def forget_announcements(
    connection: Connection, channel: str, addresses: Collection[str]
) -> None:
    """Forget addresses that are no more."""
    every = list(addresses)
    for start in range(0, len(every), AT_ONCE):
        some = every[start : start + AT_ONCE]
        gone = and_(
            announcements.c.channel == channel, announcements.c.address.in_(some)
        )
        connection.execute(delete(announcements).where(gone))
