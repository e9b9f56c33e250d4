"""
Telegram, by the Bot API: a channel, a group or a person.

Source: core.telegram.org/bots/api#sendmessage
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import Deletes, Edits, Probes, Replies, Standing, as_json
from syndicate.channels.botapi.refusals import sharpened, take_code
from syndicate.channels.botapi.words import marked_up
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.verdict import (
    GoneError,
    json_of,
)
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, RejectedError
from syndicate.model import Limits, Memory, Message, Rate, Receipt, Unit

if TYPE_CHECKING:
    import httpx

RIGHTS = ("can_post_messages", "can_edit_messages", "can_delete_messages")


class TelegramConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "telegram"``."""

    token: SecretStr = Field(validation_alias=AliasChoices("token", "bot_token"))
    """What BotFather gave: ``123456:ABC-DEF…``."""

    chat: str | int = Field(validation_alias=AliasChoices("chat", "chat_id"))
    """``@name`` of a public channel, or the number of any chat."""

    base_url: WebAddress = "https://api.telegram.org"
    """Another Bot API server."""


class Telegram(HttpChannel[TelegramConfig], Edits, Deletes, Replies, Probes):
    """One chat, told by one bot. It keeps no history a bot could ask for."""

    Config: ClassVar[type[TelegramConfig]] = TelegramConfig
    limits: ClassVar[Limits] = Limits(text=4_096, unit=Unit.UTF16, memory=Memory.BLIND)
    rate = Rate(count=20, per=timedelta(minutes=1))
    delete_within: ClassVar[timedelta | None] = timedelta(hours=48)

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(self._said(message))

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        place = self._place(remote_id)
        first = {
            "allow_sending_without_reply": True,
            "message_id": place["message_id"],
        }
        chat = {"chat_id": place["chat_id"], "reply_parameters": first}
        return as_json(self._said(message) | chat)

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - no place for a key
        response = self._call("sendMessage", body)
        number = promised(response, "result", "message_id")
        chat = told(response, "result", "chat", "id") or self.config.chat
        name = told(response, "result", "chat", "username")
        url = f"https://t.me/{name}/{number}" if name else None
        return Receipt(remote_id=f"{chat}/{number}", url=url)

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - the same words again change nothing
        changed = json.loads(body) | self._place(remote_id)
        try:
            self._call("editMessageText", as_json(changed))
        except RejectedError as error:
            if not error.repeat:
                raise
        return Receipt(remote_id=remote_id)

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - gone is gone
        with suppress(GoneError):
            self._call("deleteMessage", as_json(self._place(remote_id)))
        return Receipt(remote_id=remote_id)

    def probe(self) -> Standing:  # noqa: D102
        with self.one_deadline():
            me = self._call("getMe", "{}")
            number = int(promised(me, "result", "id"))
            asked = {"chat_id": self.config.chat, "user_id": number}
            member = self._call("getChatMember", as_json(asked))
        name = promised(me, "result", "username")
        status = promised(member, "result", "status")
        rights = json_of(member)["result"]
        return Standing(
            account=f"@{name}, {status} in {self.config.chat}",
            scopes=[right for right in RIGHTS if rights.get(right)],
        )

    def _call(self, method: str, body: str) -> httpx.Response:
        token = quote(self.config.token.get_secret_value(), safe=":")
        return self.post(
            f"{self.config.base_url}/bot{token}/{method}",
            body,
            headers={"Content-Type": "application/json"},
        )

    def _said(self, message: Message) -> dict[str, object]:
        said: dict[str, object] = {
            "chat_id": self.config.chat,
            "parse_mode": "HTML",
            "text": marked_up(message),
        }
        if message.link:  # and not another address of the text
            said["link_preview_options"] = {"url": message.link}
        return said

    def _place(self, remote_id: str) -> dict[str, object]:
        chat, _, number = remote_id.rpartition("/")
        return {"chat_id": chat or self.config.chat, "message_id": int(number)}

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read what Telegram says in the body, whatever the status says."""
        take_code(response)
        return sharpened(super().verdict(response), response)
