"""
ntfy: a topic, read by phones and browsers.

Source: docs.ntfy.sh/publish, sections "Publish as JSON" and "Updating + deleting
notifications"; and binwiederhier/ntfy, server/server.go and server/types.go
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import Deletes, Edits, Probes, ReadsBack, Standing, as_json
from syndicate.channels.text.headline import heading
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.redact import MASK
from syndicate.channels.wire.verdict import json_of
from syndicate.config import Section, WebAddress
from syndicate.errors import RejectedError
from syndicate.model import Limits, Memory, Message, Rate, Receipt, Severity, Unit
from syndicate.words import say

if TYPE_CHECKING:
    import httpx

PRIORITIES = {Severity.BREAKING: 5, Severity.URGENT: 4, Severity.NORMAL: 3}
LONGEST_TITLE = 200  # code points: on a phone it is one line, or two
LONGEST_BODY = 8_192  # bytes: twice what a message may have
CLOCKS = timedelta(minutes=1)  # the server's may be behind ours


class NtfyConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "ntfy"``."""

    topic: str = Field(pattern=r"^[-_A-Za-z0-9]{1,64}$")
    """Name of the topic. It stands in the ledger, so protect it by rights, not by its name."""

    server: WebAddress = Field(
        "https://ntfy.sh", validation_alias=AliasChoices("server", "base_url")
    )
    """Address of the server."""

    token: SecretStr | None = None
    """Access token, ``tk_…``, where the topic asks for one."""

    replay: bool = True
    """Whether a doubt is sent again. ``false`` for servers before 2.16, which show it twice."""


class Ntfy(HttpChannel[NtfyConfig], ReadsBack, Edits, Deletes, Probes):
    """One topic. The key is the sequence id: what comes under it again takes its place."""

    Config: ClassVar[type[NtfyConfig]] = NtfyConfig
    limits: ClassVar[Limits] = Limits(
        text=4_096,
        unit=Unit.BYTES,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(hours=12),
        look_after=timedelta(seconds=20),
    )
    rate = Rate(count=60, per=timedelta(minutes=5))

    @property
    def configured_limits(self) -> Limits:  # noqa: D102
        if self.config.replay:
            return self.limits
        return replace(
            self.limits, memory=Memory.READ_BACK, remembers_key_for=timedelta(0)
        )

    def write(self, message: Message) -> str:  # noqa: D102
        fields: dict[str, Any] = {
            "topic": self.config.topic,
            "priority": PRIORITIES[message.severity],
            "message": message.text,
        }
        head, rest = heading(message), message.text.partition("\n")[2]
        if 0 < len(head) <= LONGEST_TITLE and rest.strip():
            fields |= {"title": head, "message": rest.strip("\n")}
        if message.link:
            fields["click"] = message.link
        if message.picture:
            illustrated = as_json(fields | {"attach": message.picture.url})
            if len(illustrated.encode()) <= LONGEST_BODY:
                return illustrated
        return as_json(fields)

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        response = self._ask("POST", "/", body, extra={"X-Sequence-ID": key})
        number = promised(response, "id")
        # A server that knows no sequences does not name it.
        return Receipt(remote_id=told(response, "sequence_id") or number)

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - a repeat takes the place of the first
        receipt = self.send(body, key=remote_id)
        if receipt.remote_id != remote_id:
            raise RejectedError("shown once more: this server is older than ntfy 2.16")
        return receipt

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - a repeat changes nothing
        self._ask("DELETE", f"/{self.config.topic}/{remote_id}")
        return Receipt(remote_id=remote_id)

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - the key tells
        start = int((since - CLOCKS).timestamp())
        response = self._ask("GET", f"/{self.config.topic}/json?poll=1&since={start}")
        told_of = [json.loads(line) for line in response.text.splitlines() if line]
        if any(each.get("sequence_id") == key for each in told_of):
            return Receipt(remote_id=key)
        return None

    def probe(self) -> Standing:  # noqa: D102
        response = self._ask("GET", "/v1/account")
        account = promised(response, "username")  # "*" is nobody in particular
        left = told(response, "stats", "messages_remaining")
        return Standing(
            account=f"{account} {self.config.server}/{self.config.topic}",
            expires=_expiry(response),
            quota=say("{left} messages left today", left=left) if left else "",
        )

    def _ask(
        self,
        method: str,
        path: str,
        body: str = "",
        *,
        extra: dict[str, str] | None = None,
    ) -> httpx.Response:
        headers = {"Content-Type": "application/json", **(extra or {})}
        if self.config.token:
            headers["Authorization"] = f"Bearer {self.config.token.get_secret_value()}"
        return self.post(
            f"{self.config.server}{path}", body, headers=headers, method=method
        )


def _expiry(response: httpx.Response) -> datetime | None:
    """Give when our token ends: of the account's, it is the one we may not read."""
    for token in json_of(response).get("tokens") or ():
        if token.get("token") == MASK and token.get("expires"):
            return datetime.fromtimestamp(token["expires"], UTC)
    return None
