"""
Discord, by a bot: it recognises a repeat for some minutes, and can be asked.

Source: docs.discord.com/developers/resources/message#create-message
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field, SecretStr

from syndicate.channels.base import Probes, ReadsBack, Replies, Standing, as_json
from syndicate.channels.discordapp.messages import Messages
from syndicate.channels.discordapp.pictures import TAKES
from syndicate.channels.discordapp.words import escaped_utf_16_units, words
from syndicate.channels.wire import promised
from syndicate.config import Section, WebAddress
from syndicate.errors import InDoubtError
from syndicate.model import Limits, Memory, Message, Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)  # of Discord's numbers
CLOCKS = timedelta(minutes=1)  # Discord's may be behind ours
LONGEST_NONCE = 25  # characters


class DiscordBotConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "discord_bot"``."""

    token: SecretStr
    """The bot's token."""

    channel: str = Field(pattern="^[0-9]{1,20}$")
    """Number of the channel or thread."""

    base_url: WebAddress = "https://discord.com/api/v10"
    """Another place that speaks the interface."""


class DiscordBot(Messages[DiscordBotConfig], ReadsBack, Replies, Probes):
    """One channel, told by one bot."""

    Config: ClassVar[type[DiscordBotConfig]] = DiscordBotConfig
    # Discord says "a few minutes"; two are surely among them.
    limits: ClassVar[Limits] = Limits(
        text=2_000,
        unit=escaped_utf_16_units,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(minutes=2),
        look_after=timedelta(seconds=10),
        picture=TAKES,
    )
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(words(message))

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        number = remote_id.rpartition("/")[2]
        first = {"fail_if_not_exists": False, "message_id": number}
        return as_json(words(message) | {"message_reference": first})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        nonce = f',"enforce_nonce":true,"nonce":"{key[:LONGEST_NONCE]}"}}'
        place = f"{self.config.base_url}/channels/{self.config.channel}/messages"
        whole = body.removesuffix("}") + nonce
        with self.one_deadline():
            response, warning = self.tell(place, whole, headers=self._headers())
        return replace(self._receipt(promised(response, "id")), warning=warning)

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - nonces are not shown
        wanted = json.loads(body)["content"]
        after = (since - CLOCKS - EPOCH) // timedelta(milliseconds=1) << 22
        listed = self.post(
            f"{self.config.base_url}/channels/{self.config.channel}/messages"
            f"?limit=100&after={after}",
            "",
            headers=self._headers(),
            method="GET",
        )
        try:
            for each in listed.json():
                if each["author"].get("bot") and each["content"] == wanted:
                    return self._receipt(str(each["id"]))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InDoubtError("no list of messages in the answer") from error
        return None

    def probe(self) -> Standing:  # noqa: D102
        place = f"{self.config.base_url}/users/@me"
        response = self.post(place, "", headers=self._headers(), method="GET")
        return Standing(account=f"bot {promised(response, 'username')}")

    def _receipt(self, number: str) -> Receipt:
        return Receipt(remote_id=f"{self.config.channel}/{number}")

    def _place(self, remote_id: str) -> str:
        channel, _, number = remote_id.partition("/")
        return f"{self.config.base_url}/channels/{channel}/messages/{number}"

    def _headers(self) -> Mapping[str, str]:
        token = self.config.token.get_secret_value()
        return {"Authorization": f"Bot {token}", **super()._headers()}
