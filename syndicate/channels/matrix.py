"""
Matrix: a room, told by one account.

Source: spec.matrix.org, Client-Server API v1.11, sections "Sending events to a room",
"Event replacements", "Rich replies" and "Redactions"
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import quote

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import (
    Deletes,
    Edits,
    Probes,
    ReadsBack,
    Replies,
    Standing,
    as_json,
)
from syndicate.channels.text.html import as_html
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.verdict import json_of, wait_of
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import Limits, Memory, Message, Receipt, Unit

if TYPE_CHECKING:
    import httpx


class MatrixConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "matrix"``."""

    homeserver: WebAddress = Field(
        validation_alias=AliasChoices("homeserver", "server", "base_url")
    )
    """Address of the server the account is on."""

    token: SecretStr
    """Access token of the account. A new one is a new device, which knows no older keys."""

    room: str = Field(pattern=r"^!\S+$")
    """Internal number of the room, ``!abc:server.example``; not its ``#name``."""


class Matrix(HttpChannel[MatrixConfig], ReadsBack, Edits, Deletes, Replies, Probes):
    """One room. Its members see an edit in place, and a redacted message empty."""

    Config: ClassVar[type[MatrixConfig]] = MatrixConfig
    # An event may have 65,536 bytes, with the words in it twice, once as HTML.
    limits: ClassVar[Limits] = Limits(
        text=8_000,
        unit=Unit.BYTES,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(hours=24),
        look_after=timedelta(seconds=20),
    )

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(self._content(message))

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        relation = {"m.in_reply_to": {"event_id": remote_id}}
        return as_json(self._content(message) | {"m.relates_to": relation})

    def _content(self, message: Message) -> dict[str, Any]:
        return {
            "body": message.text,
            "format": "org.matrix.custom.html",
            "formatted_body": as_html(message),
            "msgtype": "m.text",
        }

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        response = self._put(f"send/m.room.message/{key}", body)
        return self._receipt(promised(response, "event_id"))

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: D102
        new = json.loads(body)
        new.pop("m.relates_to", None)  # an edit cannot change what it answers
        relation = {"rel_type": "m.replace", "event_id": remote_id}
        content = {
            **new,
            "body": f"* {new['body']}",  # for clients that know no edits
            "formatted_body": f"* {new['formatted_body']}",
            "m.new_content": new,
            "m.relates_to": relation,
        }
        # Another key than the message's own, whoever calls: that one is used up.
        mark = hashlib.sha256(body.encode()).hexdigest()[:16]
        self._put(f"send/m.room.message/{key}.{mark}", as_json(content))
        return self._receipt(remote_id)

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: D102
        try:
            self._put(f"redact/{quote(remote_id, safe='')}/{key}.redact", "{}")
        except RejectedError as error:
            if "M_NOT_FOUND" not in str(error):
                raise
        return Receipt(remote_id=remote_id)

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - the key tells
        response = self._ask(f"{self._room()}/messages?dir=b&limit=100")
        for event in json_of(response).get("chunk", []):
            if event.get("unsigned", {}).get("transaction_id") == key:
                return self._receipt(event["event_id"])
        return None

    def probe(self) -> Standing:  # noqa: D102
        return Standing(account=promised(self._ask("account/whoami"), "user_id"))

    def _receipt(self, number: str) -> Receipt:
        return Receipt(remote_id=number, url=self._link(number))

    def _link(self, event: str) -> str:
        room = quote(self.config.room, safe="!:")
        return f"https://matrix.to/#/{room}/{quote(event, safe='$:')}"

    def _room(self) -> str:
        return f"rooms/{quote(self.config.room, safe='')}"

    def _put(self, what: str, body: str) -> httpx.Response:
        return self._ask(f"{self._room()}/{what}", body, method="PUT")

    def _ask(self, what: str, body: str = "", *, method: str = "GET") -> httpx.Response:
        return self.post(
            f"{self.config.homeserver}/_matrix/client/v3/{what}",
            body,
            headers={
                "Authorization": f"Bearer {self.config.token.get_secret_value()}",
                "Content-Type": "application/json",
            },
            method=method,
        )

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read a wait where servers older than v1.10 of the specification write it."""
        problem = super().verdict(response)
        wait = told(response, "retry_after_ms") or ""
        if isinstance(problem, NotSentError) and wait.isdecimal():
            problem.retry_after = problem.retry_after or wait_of(float(wait) / 1_000)
        return problem
