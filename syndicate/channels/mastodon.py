"""
Mastodon, and servers that speak its API.

Source: docs.joinmastodon.org/methods/statuses/#create
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import as_json
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.verdict import wait_until
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError
from syndicate.model import Limits, Memory, Message, Receipt, Unit

if TYPE_CHECKING:
    import httpx


class MastodonConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "mastodon"``."""

    instance: WebAddress = Field(
        validation_alias=AliasChoices("instance", "server", "base_url")
    )
    """Address of the server the account is on."""

    token: SecretStr
    """Access token with the scope ``write:statuses``."""

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
    )

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
