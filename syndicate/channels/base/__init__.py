"""
What a channel is.

A channel knows one thing: how to say one message in one place. Queueing, retrying,
spacing, recording and logging belong to the outbox, so a channel stays short enough to
read in one sitting, and all of them share ``tests/channels/test_contract.py``.

Writing and sending are two acts. ``write`` is pure and gives the body; the outbox
stores that body, and ``send`` hands over those very bytes, however often it must.

    channel    what every kind is
    powers     what a kind may be able to do beside: edit, delete, answer, be asked
    pictures   how a kind comes by the bytes of a picture
"""

from syndicate.channels.base.channel import (
    Channel,
    Keys,
    as_json,
)
from syndicate.channels.base.pictures import (
    PictureError,
    Pictures,
    Shot,
    Uploads,
)
from syndicate.channels.base.powers import (
    Deletes,
    Edits,
    Hears,
    Hub,
    Probes,
    ReadsBack,
    Replies,
    Request,
    Standing,
    Wide,
    is_wide,
)

__all__ = [
    "Channel",
    "Deletes",
    "Edits",
    "Hears",
    "Hub",
    "Keys",
    "PictureError",
    "Pictures",
    "Probes",
    "ReadsBack",
    "Replies",
    "Request",
    "Shot",
    "Standing",
    "Uploads",
    "Wide",
    "as_json",
    "is_wide",
]
