"""
A WebSub hub: told which feed has changed, it fetches it and hands it to subscribers.

Source: w3.org/TR/websub/#publishing leaves the ping to hub and publisher. Both spellings
in use are sent: ``hub.url`` (Google's hub) and ``hub.topic`` (Flask-WebSub).
"""

from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import parse_qs, urlencode

from pydantic import AliasChoices, Field

from syndicate.channels.base import Hears, Hub
from syndicate.channels.wire import HttpChannel
from syndicate.config import Section
from syndicate.config.values import Endpoint
from syndicate.model import Limits, Memory, Message, Receipt, Unit


class WebSubConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "websub"``."""

    hub: Endpoint = Field(validation_alias=AliasChoices("hub", "base_url"))
    """Address of the hub, to the letter as in ``feeds.hubs``."""


class WebSub(HttpChannel[WebSubConfig], Hub):
    """A hub that fetches a feed when it is told to, however often that is."""

    Config: ClassVar[type[WebSubConfig]] = WebSubConfig
    limits: ClassVar[Limits] = Limits(
        text=2_048, unit=Unit.BYTES, memory=Memory.HARMLESS
    )
    speaks_json: ClassVar[bool] = False
    hears: ClassVar[Hears] = Hears.FEEDS

    def announce(self, addresses: Sequence[str]) -> list[str]:
        """Give one body for each feed: not every hub reads a second address."""
        return [
            urlencode({"hub.mode": "publish", "hub.url": each, "hub.topic": each})
            for each in addresses
        ]

    def addresses(self, body: str) -> list[str]:  # noqa: D102
        return parse_qs(body)["hub.topic"]

    def write(self, message: Message) -> str:
        """Say that the address of ``message`` has changed; its words are for people."""
        return "".join(self.announce([message.link] if message.link else []))

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        self.post(
            self.config.hub,
            body,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        return Receipt(remote_id=key)
