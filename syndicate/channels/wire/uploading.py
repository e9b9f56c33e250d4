"""
A picture that is handed over before the words, or with them.

    stored body   {..., "picture": {"alt": "...", "url": "..."}}
    sent          the picture first, within its share of the deadline; then the words,
                  with what the platform called the picture, or without

A platform that shows pictures by their address as well has no need of ``picture`` in its
body: that names it in the platform's own way, and is what is sent if all else fails.

The words never wait for a picture longer than its share, and never fail with it: what
became of it is a warning on the receipt. What the platform called it is not kept: every
try hands it over anew, under the same key and with the same words.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from syndicate.channels.base import Keys, PictureError, Shot, Uploads, as_json
from syndicate.channels.wire.channel import HttpChannel
from syndicate.errors import DeliveryError
from syndicate.model import Message

Called = TypeVar("Called")

SHARE = 5  # a fifth of the deadline at most is the picture's: three seconds of fifteen
PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed(Generic[Called]):
    """What is left of a body once its picture was handed over."""

    words: str  # the body, without the picture
    picture: Called | None  # as the platform calls it
    warning: str  # why there is none, though there should be


class UploadingChannel(HttpChannel[Keys], Uploads):
    """An ``HttpChannel`` whose platform takes the bytes of pictures."""

    def picture_of(self, message: Message) -> dict[str, Any]:
        """Give what a stored body says of a picture: nothing where none is shown."""
        picture = message.picture
        if picture is None or self.configured_limits.picture is None:
            return {}
        return {PICTURE: {"alt": picture.alt, "url": picture.url}}

    def hand_over(
        self, body: str, upload: Callable[[Shot, str], Called]
    ) -> Handed[Called]:
        """
        Hand over the picture a stored body names, if it names one.

        To be called, with the words after it, inside of ``one_deadline``.

        Args:
            body: As it was stored.
            upload: Hands over a picture with its alt text, and gives what the platform
                calls it. What it raises holds no words back.
        """
        fields = json.loads(body)
        picture = fields.pop(PICTURE, None)
        if picture is None:
            return Handed(words=body, picture=None, warning="")
        called: Called | None = None
        warning = ""
        try:
            with self.its_share():
                called = upload(self.shot_of(picture["url"]), picture["alt"])
        except (DeliveryError, PictureError) as error:
            warning = f"the picture was left out: {error}"
        return Handed(words=as_json(fields), picture=called, warning=warning)

    def its_share(self) -> AbstractContextManager[None]:
        """Give what is done in the block a picture's share of the deadline, no more."""
        return self.one_deadline(self.deadline / SHARE)

    def shot_of(self, url: str) -> Shot:
        """
        Give a picture as the platform takes it.

        Raises:
            PictureError: It cannot be had, or not in time.
            NotSentError: There is no time left.
        """
        limits = self.configured_limits.picture
        if self.pictures is None or limits is None:
            raise PictureError("nothing here fetches pictures")
        return self.pictures.get(url, limits, within=self._left())


def form(fields: Mapping[str, str], *, name: str, shot: Shot) -> tuple[str, bytes]:
    """
    Write a form with a file (RFC 7578).

    Returns:
        Its media type, boundary included, and its bytes.
    """
    import httpx  # noqa: PLC0415 - imported by open, before the first message

    files = {name: (shot.name, shot.content, shot.type)}
    request = httpx.Request("POST", "https://form/", data=dict(fields), files=files)
    return request.headers["Content-Type"], request.read()
