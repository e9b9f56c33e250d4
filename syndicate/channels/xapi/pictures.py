"""
A picture for a post on X.

Source: docs.x.com/x-api/media/upload-media, docs.x.com/x-api/media/create-media-metadata
"""

from __future__ import annotations

from base64 import b64encode

from syndicate.channels.base import Shot, as_json
from syndicate.channels.wire import promised
from syndicate.channels.xapi.account import Account


def upload(account: Account, shot: Shot, alt: str) -> str:
    """
    Upload a picture, and then say what stands for it where it is not seen.

    Returns:
        The number of the picture.

    Raises:
        DeliveryError: It was refused. Without its words it is not shown either.
    """
    fields = {
        "media": b64encode(shot.content).decode("ascii"),
        "media_category": "tweet_image",
        "media_type": shot.type,
    }
    number = promised(account.ask("/2/media/upload", as_json(fields)), "data", "id")
    if alt:
        said = {"id": number, "metadata": {"alt_text": {"text": alt}}}
        account.ask("/2/media/metadata", as_json(said))
    return number
