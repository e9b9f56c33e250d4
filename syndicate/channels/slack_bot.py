"""
Slack, by a bot: what it said can be looked for, changed and taken back.

Source: docs.slack.dev/reference/methods (chat.postMessage, chat.update, chat.delete,
conversations.history, auth.test)
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, SecretStr

from syndicate.channels.base import (
    Deletes,
    Edits,
    Probes,
    ReadsBack,
    Replies,
    Standing,
    as_json,
)
from syndicate.channels.slackapp.pictures import JSON, TAKES, Illustrated
from syndicate.channels.slackapp.refusals import refusal
from syndicate.channels.slackapp.words import change, escaped_utf_16_units, words
from syndicate.channels.wire import promised
from syndicate.channels.wire.verdict import GoneError
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, InDoubtError
from syndicate.model import Limits, Memory, Message, Rate, Receipt

if TYPE_CHECKING:
    import httpx

CLOCKS = timedelta(minutes=1)  # Slack's may be behind ours


class SlackBotConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "slack_bot"``."""

    token: SecretStr
    """The bot's token, ``xoxb-…``."""

    channel: str = Field(pattern="^[A-Z0-9]{2,20}$")
    """The channel's ID, such as ``C0123456789``."""

    base_url: WebAddress = "https://slack.com/api"
    """Another place that speaks the interface."""


class SlackBot(Illustrated[SlackBotConfig], ReadsBack, Edits, Deletes, Replies, Probes):
    """One channel, told by one bot. It finds its messages by the key they carry."""

    Config: ClassVar[type[SlackBotConfig]] = SlackBotConfig
    limits: ClassVar[Limits] = Limits(
        text=4_000,
        unit=escaped_utf_16_units,
        memory=Memory.READ_BACK,
        look_after=timedelta(seconds=10),
        picture=TAKES,
    )
    rate = Rate(count=1, per=timedelta(seconds=1))
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(words(message) | {"channel": self.config.channel})

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        channel, _, moment = remote_id.partition("/")
        thread = {"channel": channel, "thread_ts": moment, "reply_broadcast": True}
        return as_json(words(message) | thread)

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        mark = {"event_type": "alert", "event_payload": {"delivery": key}}
        marked = f'{body.removesuffix("}")},"metadata":{as_json(mark)}}}'
        with self.one_deadline():
            return _receipt(*self.tell("chat.postMessage", marked))

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - the key tells
        oldest = (since - CLOCKS).timestamp()
        listed = self.call(
            f"conversations.history?channel={self.config.channel}&oldest={oldest:.6f}"
            "&include_all_metadata=true&limit=100"
        )
        try:
            for each in listed.json()["messages"]:
                if _key_of(each) == key:
                    return Receipt(remote_id=f"{self.config.channel}/{each['ts']}")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InDoubtError("no list of messages in the answer") from error
        return None

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - the same words again change nothing
        fields = change(body) | _place(remote_id)
        with self.one_deadline():
            return _receipt(*self.tell("chat.update", as_json(fields)))

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - gone is gone
        with suppress(GoneError):
            self.call("chat.delete", as_json(_place(remote_id)))
        return Receipt(remote_id=remote_id)

    def probe(self) -> Standing:  # noqa: D102
        response = self.call("auth.test", "{}")
        scopes = response.headers.get("x-oauth-scopes", "").replace(" ", "")
        return Standing(
            account=f"{promised(response, 'user')} at {promised(response, 'team')}",
            scopes=[each for each in scopes.split(",") if each],
        )

    def call(self, method: str, body: str = "", *, kind: str = JSON) -> httpx.Response:  # noqa: D102
        return self.post(
            f"{self.config.base_url}/{method}",
            body,
            headers={
                "Authorization": f"Bearer {self.config.token.get_secret_value()}",
                "Content-Type": kind,
            },
            method="POST" if body else "GET",
        )

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read what Slack says in the body, whatever the status says."""
        return refusal(response) or super().verdict(response)


def _receipt(response: httpx.Response, warning: str) -> Receipt:
    channel, moment = promised(response, "channel"), promised(response, "ts")
    return Receipt(remote_id=f"{channel}/{moment}", warning=warning)


def _place(remote_id: str) -> dict[str, str]:
    channel, _, moment = remote_id.partition("/")
    return {"channel": channel, "ts": moment}


def _key_of(message: dict[str, Any]) -> object:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("delivery")
