"""
Matrix: a room, told by one account.

Source: spec.matrix.org, Client-Server API v1.11, sections "Sending events to a room",
"Event replacements" and "Rich replies"
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, ClassVar

from syndicate.channels.base import (
    Deletes,
    Edits,
    Probes,
    ReadsBack,
    Replies,
    Standing,
    as_json,
)
from syndicate.channels.matrixapi.room import MatrixConfig, Room, mark
from syndicate.channels.text.html import as_html
from syndicate.channels.wire import promised
from syndicate.model import Limits, Memory, Message, Receipt, Unit


class Matrix(Room, ReadsBack, Edits, Deletes, Replies, Probes):
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
        response = self.put(f"send/m.room.message/{key}", body)
        return self.receipt(promised(response, "event_id"))

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
        self.put(f"send/m.room.message/{key}.{mark(body)}", as_json(content))
        return self.receipt(remote_id)

    def delete(self, remote_id: str, *, key: str) -> Receipt:
        """Redact a message, and then its edits: no older words show in between."""
        with self.one_deadline():
            for event in (remote_id, *self.edits_of(remote_id)):
                self.redact(event, key=f"{key}.{mark(event)}")
        return self.receipt(remote_id)

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - the key tells
        for event in self.history():
            if event.get("unsigned", {}).get("transaction_id") == key:
                return self.receipt(event["event_id"])
        return None

    def probe(self) -> Standing:  # noqa: D102
        return Standing(account=promised(self.ask("v3/account/whoami"), "user_id"))
