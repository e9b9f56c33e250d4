"""
Telegram, by the Bot API: a channel, a group or a person.

Source: core.telegram.org/bots/api#sendmessage
"""

from __future__ import annotations

from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import as_json
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.verdict import json_of, wait_of, words_of
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import Limits, Memory, Message, Rate, Receipt, Unit

if TYPE_CHECKING:
    import httpx

# No later message would fare better: no such chat; a group that has a new number since
# it grew; a token nobody gave out.
GONE = ("chat not found", "migrate_to_chat_id", "Not Found")


class TelegramConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "telegram"``."""

    token: SecretStr = Field(validation_alias=AliasChoices("token", "bot_token"))
    """What BotFather gave: ``123456:ABC-DEF…``."""

    chat: str | int = Field(validation_alias=AliasChoices("chat", "chat_id"))
    """``@name`` of a public channel, or the number of any chat."""

    base_url: WebAddress = "https://api.telegram.org"
    """Another Bot API server."""


class Telegram(HttpChannel[TelegramConfig]):
    """One chat, told by one bot. It keeps no history a bot could ask for."""

    Config: ClassVar[type[TelegramConfig]] = TelegramConfig
    limits: ClassVar[Limits] = Limits(text=4_096, unit=Unit.UTF16, memory=Memory.BLIND)
    rate = Rate(count=20, per=timedelta(minutes=1))

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(
            {
                "chat_id": self.config.chat,
                "parse_mode": "HTML",
                "text": _marked_up(message),
            }
        )

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - no place for a key
        token = quote(self.config.token.get_secret_value(), safe=":")
        response = self.post(
            f"{self.config.base_url}/bot{token}/sendMessage",
            body,
            headers={"Content-Type": "application/json"},
        )
        number = promised(response, "result", "message_id")
        name = told(response, "result", "chat", "username")
        url = f"https://t.me/{name}/{number}" if name else None
        return Receipt(remote_id=number, url=url)

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read what Telegram says in the body, whatever the status says."""
        answer = json_of(response)
        if answer.get("ok") is False:
            response.status_code = _code(answer) or response.status_code
        problem = super().verdict(response)
        wait = told(response, "parameters", "retry_after") or ""
        match problem:
            case NotSentError() if wait.isdecimal():
                problem.retry_after = wait_of(float(wait))
            case RejectedError() if any(words in words_of(response) for words in GONE):
                problem.unwelcome = True
        return problem


def _code(answer: dict[str, object]) -> int | None:
    code = answer.get("error_code")
    return code if isinstance(code, int) and 400 <= code < 600 else None  # noqa: PLR2004


def _marked_up(message: Message) -> str:
    """Escape the text, and set the title bold where the text begins with it."""
    text, title = escape(message.text, quote=False), escape(message.title, quote=False)
    head, newline, rest = text.partition("\n")
    return f"<b>{head}</b>{newline}{rest}" if title and head == title else text
