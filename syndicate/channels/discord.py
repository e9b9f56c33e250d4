"""
Discord, by a webhook: the channel somebody made it for, and no other.

Source: docs.discord.com/developers/resources/webhook#execute-webhook
"""

from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from pydantic import AliasChoices, Field

from syndicate.channels.base import Probes, Standing, as_json
from syndicate.channels.discordapp.messages import Messages
from syndicate.channels.discordapp.pictures import TAKES
from syndicate.channels.discordapp.words import escaped_utf_16_units, words
from syndicate.channels.wire import promised
from syndicate.config import SecretAddress, Section
from syndicate.model import Limits, Memory, Message, Receipt


class DiscordConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "discord"``."""

    webhook_url: SecretAddress = Field(
        validation_alias=AliasChoices("webhook_url", "url", "base_url")
    )
    """The webhook's address. A secret: whoever has it can post."""

    thread: str = Field(default="", pattern=r"^[0-9]*$")
    """Number of a thread of that channel to post in."""


class Discord(Messages[DiscordConfig], Probes):
    """One webhook. It recognises no repeat and cannot be asked."""

    Config: ClassVar[type[DiscordConfig]] = DiscordConfig
    limits: ClassVar[Limits] = Limits(
        text=2_000, unit=escaped_utf_16_units, memory=Memory.BLIND, picture=TAKES
    )
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(words(message))

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - no place for a key
        # Without ``wait`` a message that was not kept gives no error.
        place = self._address("", wait="true")
        with self.one_deadline():
            response, warning = self.tell(place, body, headers=self._headers())
        return Receipt(remote_id=promised(response, "id"), warning=warning)

    def probe(self) -> Standing:  # noqa: D102
        response = self.post(self._address(""), "", headers={}, method="GET")
        return Standing(account=f"webhook {promised(response, 'name')}")

    def _place(self, remote_id: str) -> str:
        return self._address(f"/messages/{remote_id}")

    def _address(self, below: str, **query: str) -> str:
        url = urlsplit(self.config.webhook_url.get_secret_value())
        asked = dict(parse_qsl(url.query)) | query
        if self.config.thread:
            asked["thread_id"] = self.config.thread
        return url._replace(path=url.path + below, query=urlencode(asked)).geturl()

    def secrets(self) -> list[str]:
        """Add the parts of the address that Discord may repeat without the host."""
        path = urlsplit(self.config.webhook_url.get_secret_value()).path
        return [*super().secrets(), path, path.rpartition("/")[2]]
