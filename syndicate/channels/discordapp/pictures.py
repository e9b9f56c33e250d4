"""
A picture in one request with its words: a form of two parts.

    stored body   embeds[0].image = {"url": "https://...", "description": alt text}
    sent          the picture as a file, and the card that shows it; if that cannot be,
                  the body as it is: then Discord fetches the picture itself

Source: docs.discord.com/developers/reference#uploading-files; discord/discord-api-spec
(MessageAttachmentRequest, RichEmbedImage)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from syndicate.channels.base import Keys, PictureError, Shot, as_json
from syndicate.channels.wire.uploading import UploadingChannel, form
from syndicate.channels.wire.verdict import GoneError
from syndicate.errors import DeliveryError, RejectedError
from syndicate.model import PictureLimits

if TYPE_CHECKING:
    import httpx

Answered = tuple["httpx.Response", str]
"""What Discord answered, and what followers do not see of the message, and why."""

# A server takes 10 MiB. But the words wait in the same request, on any line.
TAKES = PictureLimits(size=2_000_000, alt=1_024, moving=True)
BY_ADDRESS = "the picture is shown from its address"


class Illustrated(UploadingChannel[Keys]):
    """A place whose messages take their picture with them."""

    def tell(
        self, place: str, body: str, *, headers: Mapping[str, str], method: str = "POST"
    ) -> Answered:
        """
        Make a request that says a body.

        A refusal proves that nothing was said, so it is said again without the file.

        Raises:
            DeliveryError: As ``HttpChannel.post`` does.
        """
        shot, warning = self._picture(body)
        if shot:
            kind, content = _with_file(body, shot)
            its_own = {**headers, "Content-Type": kind}
            try:
                return self.post(place, content, headers=its_own, method=method), ""
            except GoneError:
                raise
            except RejectedError as error:
                warning = f"{BY_ADDRESS}: {error}"
        return self.post(place, body, headers=headers, method=method), warning

    def _picture(self, body: str) -> tuple[Shot | None, str]:
        image = _image(json.loads(body))
        if image is None:
            return None, ""
        try:
            with self.its_share():
                return self.shot_of(image["url"]), ""
        except (DeliveryError, PictureError) as error:
            return None, f"{BY_ADDRESS}: {error}"


def _image(fields: Mapping[str, Any]) -> dict[str, str] | None:
    cards = fields.get("embeds") or [{}]
    found: dict[str, str] | None = cards[0].get("image")
    return found


def _with_file(body: str, shot: Shot) -> tuple[str, bytes]:
    """Write the form: the body, its card showing the file, and the file."""
    fields = json.loads(body)
    image = _image(fields) or {}
    file = {"id": "0", "filename": shot.name}
    if alt := image.get("description"):
        file["description"] = alt
    image["url"] = f"attachment://{shot.name}"
    fields["attachments"] = [file]
    return form({"payload_json": as_json(fields)}, name="files[0]", shot=shot)
