"""
A picture for a status on Mastodon.

Source: docs.joinmastodon.org/methods/media/#v2
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from syndicate.channels.base import Shot
from syndicate.channels.wire import HttpChannel, promised
from syndicate.channels.wire.uploading import form

if TYPE_CHECKING:
    from typing import Any

NOT_YET = frozenset({202, 206})  # taken; being worked on
STEP = 0.1  # seconds between two looks, doubled each time


def upload(
    channel: HttpChannel[Any], root: str, shot: Shot, *, alt: str, token: str
) -> str:
    """
    Upload a picture and wait until a status may show it.

    Args:
        channel: Makes the requests, inside of ``one_deadline``.
        root: Address of the server.
        shot: The picture.
        alt: Stands for it where it is not seen; may be empty.
        token: Access token with ``write:media``.

    Returns:
        The number of the attachment.

    Raises:
        DeliveryError: It was refused, or is not ready in time.
    """
    allowed = {"Authorization": f"Bearer {token}"}
    kind, content = form({"description": alt} if alt else {}, name="file", shot=shot)
    headers = allowed | {"Content-Type": kind}
    response = channel.post(f"{root}/api/v2/media", content, headers=headers)
    number, step = promised(response, "id"), STEP
    while response.status_code in NOT_YET:
        time.sleep(step)
        step *= 2
        where = f"{root}/api/v1/media/{number}"
        response = channel.post(where, "", headers=allowed, method="GET")
    return number
