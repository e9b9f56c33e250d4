"""
A room on Matrix: its keys, calls and refusals; how an event and its edits are redacted.

Source: spec.matrix.org, Client-Server API v1.11, sections "Redactions", "Redactions of
edited events" and "Relationships API"
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.wire import HttpChannel, told
from syndicate.channels.wire.verdict import json_of, wait_of
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import Receipt

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


class Room(HttpChannel[MatrixConfig]):
    """One room, its calls and its refusals."""

    def redact(self, event: str, *, key: str) -> None:
        """Empty an event; one that nobody knows any more counts as emptied."""
        try:
            self.put(f"redact/{quote(event, safe='')}/{key}", "{}")
        except RejectedError as error:
            if "M_NOT_FOUND" not in str(error):
                raise

    def edits_of(self, event: str) -> list[str]:
        """
        Give the numbers of an event's edits, whose words outlive it where it is redacted.

        What is redacted already has no edits any more, says Synapse; nor does every server
        know of them. Then they are looked for among the room's latest events.
        """
        place = f"v1/{self._room()}/relations/{quote(event, safe='')}/m.replace"
        found = []
        with suppress(RejectedError):
            found = _events(self.ask(f"{place}?limit=100"))
        relation = {"rel_type": "m.replace", "event_id": event}
        for each in [] if found else self.history():
            if each.get("content", {}).get("m.relates_to") == relation:
                found.append(each)
        return [str(each["event_id"]) for each in found]

    def history(self) -> list[dict[str, Any]]:
        """Read the room's latest events, at most 100, newest first."""
        return _events(self.ask(f"v3/{self._room()}/messages?dir=b&limit=100"))

    def receipt(self, event: str) -> Receipt:
        """Give the proof that an event stands, or stood, in the room."""
        room = quote(self.config.room, safe="!:")
        url = f"https://matrix.to/#/{room}/{quote(event, safe='$:')}"
        return Receipt(remote_id=event, url=url)

    def put(self, what: str, body: str) -> httpx.Response:
        """Put something into the room under a transaction id, the end of ``what``."""
        return self.ask(f"v3/{self._room()}/{what}", body, method="PUT")

    def ask(self, what: str, body: str = "", *, method: str = "GET") -> httpx.Response:
        """Make a request of the API: ``v3/account/whoami``."""
        return self.post(
            f"{self.config.homeserver}/_matrix/client/{what}",
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

    def _room(self) -> str:
        return f"rooms/{quote(self.config.room, safe='')}"


def _events(response: httpx.Response) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = json_of(response).get("chunk", [])
    return events


def mark(text: str) -> str:
    """Give what sets a transaction id apart from others of the same key."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
