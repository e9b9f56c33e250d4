"""
A picture of a message: handed over before the words, or by its address, or not at all.

    stored body   blocks: the text, and an image by its address
    sent          with the image we uploaded; else as it is; else, where Slack cannot
                  have that picture either, the words alone, with the page's card

A refusal proves that nothing was said, so each of them is tried in turn. What was
uploaded takes a moment until a message may show it; it is refused until then.

Source: docs.slack.dev/messaging/working-with-files (files.getUploadURLExternal,
files.completeUploadExternal), …/block-kit/composition-objects/slack-file-object;
slackapi/slack-github-action#413 (the moment it takes)
"""

from __future__ import annotations

import json
import time
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from syndicate.channels.base import Keys, PictureError, Shot, as_json
from syndicate.channels.slackapp.words import without_picture
from syndicate.channels.text import clip
from syndicate.channels.wire import promised
from syndicate.channels.wire.uploading import UploadingChannel
from syndicate.errors import DeliveryError, RejectedError
from syndicate.model import PictureLimits

if TYPE_CHECKING:
    import httpx

TAKES = PictureLimits(size=2_000_000, alt=1_000, moving=True)
NO_PICTURE = "invalid_blocks"  # what Slack says of a picture it does not have, or yet
FORM = "application/x-www-form-urlencoded"
JSON = "application/json; charset=utf-8"


def with_or_without(
    post: Callable[[str], httpx.Response], body: str
) -> tuple[httpx.Response, str]:
    """
    Say a body, and without its picture where Slack does not have that.

    Returns:
        What Slack answered; and what followers do not see, and why.

    Raises:
        DeliveryError: As ``post`` does.
    """
    try:
        return post(body), ""
    except RejectedError as error:
        if NO_PICTURE not in str(error) or _image(body) is None:
            raise
        warning = f"the picture was left out: {error}"
    return post(without_picture(body)), warning


class Illustrated(UploadingChannel[Keys]):
    """A place that a bot hands pictures over to."""

    pauses: Sequence[float] = (0, 0.5, 1)
    """Seconds before each time that what was uploaded is asked to be shown."""

    @abstractmethod
    def call(self, method: str, body: str = "", *, kind: str = JSON) -> httpx.Response:
        """Call one of Slack's methods: ``chat.postMessage``."""

    def tell(self, method: str, body: str) -> tuple[httpx.Response, str]:
        """
        Say a body, with its picture if that can be; to be called in ``one_deadline``.

        Returns:
            As ``with_or_without`` does.

        Raises:
            DeliveryError: As ``HttpChannel.post`` does.
        """
        shown, warning = self._uploaded(body)
        for pause in self.pauses if shown else ():
            time.sleep(pause)
            try:
                return self.call(method, shown), ""
            except RejectedError as error:
                if NO_PICTURE not in str(error):
                    raise
                warning = _by_address(error)
        answer, worse = with_or_without(lambda each: self.call(method, each), body)
        return answer, worse or warning

    def _uploaded(self, body: str) -> tuple[str, str]:
        """Give a body that shows its picture uploaded, or none; and why none."""
        image = _image(body)
        if image is None:
            return "", ""
        try:
            with self.its_share():
                shot = self.shot_of(image["image_url"])
                number = self._hand_over(shot, clip(image["alt_text"], TAKES.alt))
        except (DeliveryError, PictureError) as error:
            return "", _by_address(error)
        return _showing(body, number), ""

    def _hand_over(self, shot: Shot, alt: str) -> str:
        asked = {"alt_txt": alt, "filename": shot.name, "length": len(shot.content)}
        place = self.call("files.getUploadURLExternal", urlencode(asked), kind=FORM)
        url, number = promised(place, "upload_url"), promised(place, "file_id")
        self.post(url, shot.content, headers={"Content-Type": shot.type})
        self.call("files.completeUploadExternal", as_json({"files": [{"id": number}]}))
        return number


def _by_address(error: Exception) -> str:
    return f"the picture is shown from its address: {error}"


def _image(body: str) -> Mapping[str, Any] | None:
    blocks = json.loads(body).get("blocks", [])
    return next((each for each in blocks if each["type"] == "image"), None)


def _showing(body: str, number: str) -> str:
    """Have a body show a file of Slack's in place of an address."""
    fields = json.loads(body)
    for each in fields["blocks"]:
        if each.pop("image_url", None):
            each["slack_file"] = {"id": number}
    return as_json(fields)
