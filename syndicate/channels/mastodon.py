"""
Mastodon, and servers that speak its API.

Source: docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

import html
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import as_json
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.verdict import wait_until
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, InDoubtError, NotSentError
from syndicate.model import Limits, Memory, Message, Rate, Receipt, Unit

if TYPE_CHECKING:
    import httpx


CLOCKS = timedelta(minutes=1)  # the server's may be behind ours


class MastodonConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "mastodon"``."""

    instance: WebAddress = Field(
        validation_alias=AliasChoices("instance", "server", "base_url")
    )
    """Address of the server the account is on."""

    token: SecretStr
    """Access token with the scopes ``write:statuses``, ``read:accounts``, ``read:statuses``."""

    visibility: Literal["public", "unlisted", "private", "direct"] = "public"
    """Who sees it."""


class Mastodon(HttpChannel[MastodonConfig]):
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
    )
    rate = Rate(count=300, per=timedelta(minutes=5))

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(
            {
                "language": message.language.partition("-")[0].lower(),  # ISO 639 only
                "status": message.text,
                "visibility": self.config.visibility,
            }
        )

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        response = self.post(
            f"{self.config.instance}/api/v1/statuses",
            body,
            headers={
                "Authorization": f"Bearer {self.config.token.get_secret_value()}",
                "Content-Type": "application/json",
                "Idempotency-Key": key,
            },
        )
        return Receipt(remote_id=promised(response, "id"), url=told(response, "url"))

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - keys are not shown
        wanted = json.loads(body)["status"].split()[-1]  # the link, where there is one
        account = promised(self._get("accounts/verify_credentials"), "id")
        response = self._get(f"accounts/{account}/statuses?limit=40&exclude_replies=1")
        try:
            for each in response.json():
                made = datetime.fromisoformat(each["created_at"])
                if made >= since - CLOCKS and wanted in html.unescape(each["content"]):
                    return Receipt(remote_id=str(each["id"]), url=each["url"])
        except (ValueError, TypeError, KeyError) as error:
            raise InDoubtError("no list of statuses in the answer") from error
        return None

    def _get(self, what: str) -> httpx.Response:
        token = self.config.token.get_secret_value()
        return self.post(
            f"{self.config.instance}/api/v1/{what}",
            "",
            headers={"Authorization": f"Bearer {token}"},
            method="GET",
        )

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read a wait where Mastodon writes it: in the time its limit starts anew."""
        problem = super().verdict(response)
        if isinstance(problem, NotSentError) and not problem.retry_after:
            problem.retry_after = _until_reset(response)
        return problem


def _until_reset(response: httpx.Response) -> timedelta | None:
    try:
        written = response.headers.get("X-RateLimit-Reset", "")
        return wait_until(datetime.fromisoformat(written), response)
    except (ValueError, TypeError):  # no date, or one without a zone
        return None
