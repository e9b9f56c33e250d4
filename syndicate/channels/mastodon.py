"""
Mastodon, and servers that speak its API.

Source: docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

import html
import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from syndicate.channels.base import ReadsBack, as_json
from syndicate.channels.fediverse.account import Account, MastodonConfig
from syndicate.channels.uploads.mastodon import upload
from syndicate.channels.wire import promised, told
from syndicate.errors import InDoubtError
from syndicate.model import (
    Limits,
    Memory,
    Message,
    PictureLimits,
    Rate,
    Receipt,
    Unit,
)

CLOCKS = timedelta(minutes=1)  # the server's may be behind ours


class Mastodon(Account, ReadsBack):
    """One Mastodon account."""

    Config: ClassVar[type[MastodonConfig]] = MastodonConfig
    # A key holds for an hour; the rest is margin. It is stored after the status is
    # made, so a repeat that comes at once may be made as well.
    limits: ClassVar[Limits] = Limits(
        text=500,
        unit=Unit.GRAPHEMES,
        link=23,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(minutes=55),
        resend_after=timedelta(seconds=5),
        look_after=timedelta(seconds=20),
        picture=PictureLimits(size=8 << 20, alt=1_500),
    )
    rate = Rate(count=300, per=timedelta(minutes=5))

    @property
    def configured_limits(self) -> Limits:
        """Put in what this server takes, and before that what the operator says."""
        found = self.allowance.on(self.limits)
        return replace(found, text=self.config.characters or found.text)

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(
            {
                "language": message.language.partition("-")[0].lower(),  # ISO 639 only
                "status": message.text,
                "visibility": self.config.visibility,
                **self.picture_of(message),
            }
        )

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        root, token = self.config.instance, self.config.token.get_secret_value()
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        with self.one_deadline():
            handed = self.hand_over(
                body, lambda shot, alt: upload(self, root, shot, alt=alt, token=token)
            )
            words = handed.words
            if handed.picture:
                shown = {"media_ids": [handed.picture]}
                words = as_json(json.loads(words) | shown)
            response = self.post(f"{root}/api/v1/statuses", words, headers=headers)
        return Receipt(
            remote_id=promised(response, "id"),
            url=told(response, "url"),
            warning=handed.warning,
        )

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - keys are not shown
        wanted = json.loads(body)["status"].split()[-1]  # the link, where there is one
        account = promised(self.call("v1/accounts/verify_credentials"), "id")
        response = self.call(
            f"v1/accounts/{account}/statuses?limit=40&exclude_replies=1"
        )
        try:
            for each in response.json():
                made = datetime.fromisoformat(each["created_at"])
                if made >= since - CLOCKS and wanted in html.unescape(each["content"]):
                    return Receipt(remote_id=str(each["id"]), url=each["url"])
        except (ValueError, TypeError, KeyError) as error:
            raise InDoubtError("no list of statuses in the answer") from error
        return None
