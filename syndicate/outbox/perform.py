"""Has a channel do what a delivery asks of it."""

from typing import Any

from syndicate.channels.base import Channel, Deletes, Edits
from syndicate.errors import RejectedError
from syndicate.model import Act, Receipt
from syndicate.store.deliveries import DeliveryRow


def perform(row: DeliveryRow, channel: Channel[Any]) -> Receipt:
    """
    Say, change or take back, once.

    Args:
        row: A delivery that was claimed. Of one that changes a message, ``remote_id``
            is that message's.
        channel: Its channel.

    Raises:
        DeliveryError: As for ``Channel.send``.
    """
    match row.act:
        case Act.EDIT if row.remote_id and isinstance(channel, Edits):
            return channel.edit(row.remote_id, row.body, key=row.key)
        case Act.DELETE if row.remote_id and isinstance(channel, Deletes):
            return channel.delete(row.remote_id, key=row.key)
        case Act.EDIT | Act.DELETE:
            raise RejectedError(f"the channel cannot {row.act} it any more")
        case _:
            return channel.send(row.body, key=row.key)
