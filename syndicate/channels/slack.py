"""
Slack, by an incoming webhook: the channel somebody made it for, and no other.

Source: docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field

from syndicate.channels.base import as_json
from syndicate.channels.slackapp.pictures import with_or_without
from syndicate.channels.slackapp.words import escaped_utf_16_units, words
from syndicate.channels.wire import HttpChannel
from syndicate.config import SecretAddress, Section
from syndicate.errors import DeliveryError, RejectedError
from syndicate.model import Limits, Memory, Message, Rate, Receipt

if TYPE_CHECKING:
    import httpx

NOT_FOUND = 404


class SlackConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "slack"``."""

    webhook_url: SecretAddress = Field(
        validation_alias=AliasChoices("webhook_url", "url", "base_url")
    )
    """The webhook's address. A secret: whoever has it can post."""


class Slack(HttpChannel[SlackConfig]):
    """One webhook. It takes no key, names no message, and cannot be asked."""

    Config: ClassVar[type[SlackConfig]] = SlackConfig
    limits: ClassVar[Limits] = Limits(
        text=4_000, unit=escaped_utf_16_units, memory=Memory.BLIND
    )
    rate = Rate(count=1, per=timedelta(seconds=1))
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest
    speaks_json: ClassVar[bool] = False
    accepts: ClassVar[Collection[bytes]] = (b"ok",)

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(words(message))

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        url = self.config.webhook_url.get_secret_value()
        headers = {"Content-Type": "application/json"}
        with self.one_deadline():
            _, warning = with_or_without(
                lambda each: self.post(url, each, headers=headers), body
            )
        return Receipt(remote_id=key, warning=warning)

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Take a webhook that is not found for one that is gone."""
        problem = super().verdict(response)
        if isinstance(problem, RejectedError):
            problem.unwelcome |= response.status_code == NOT_FOUND
        return problem

    def secrets(self) -> list[str]:
        """Add the parts of the address that Slack may repeat without the host."""
        path = urlsplit(self.config.webhook_url.get_secret_value()).path
        return [*super().secrets(), path, path.rpartition("/")[2]]
