"""
An account on Mastodon: keys, calls and refusals; what becomes of a status afterwards.

Source: docs.joinmastodon.org/methods/statuses (#edit, #delete), …/accounts
(#verify_credentials), …/instance (#v2)
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import Deletes, Edits, Probes, Replies, Standing, as_json
from syndicate.channels.fediverse.instance import allowance_of
from syndicate.channels.terms.allowance import Allowance, LimitedByServer
from syndicate.channels.wire import promised, told
from syndicate.channels.wire.uploading import UploadingChannel
from syndicate.channels.wire.verdict import GoneError, json_of, reason, wait_until
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import Message, Receipt

if TYPE_CHECKING:
    from datetime import timedelta

    import httpx

NOT_FOUND = 404
UNCHANGING = ("picture", "visibility")  # what an edit leaves as it is
KEPT = ("sensitive", "spoiler_text")  # what it takes off where it does not name it


class MastodonConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "mastodon"``."""

    instance: WebAddress = Field(
        validation_alias=AliasChoices("instance", "server", "base_url")
    )
    """Address of the server the account is on."""

    token: SecretStr
    """Access token with the scopes ``write:statuses``, ``write:media``, ``read:accounts``, ``read:statuses``."""

    visibility: Literal["public", "unlisted", "private", "direct"] = "public"
    """Who sees it."""

    characters: int | None = Field(default=None, ge=100, le=100_000)
    """Longest status; unless it is set, what the server says, and 500 until it does."""


class Account(
    UploadingChannel[MastodonConfig], LimitedByServer, Edits, Deletes, Replies, Probes
):
    """One account, its calls and its refusals."""

    @property
    def server(self) -> str:
        """The instance."""
        return self.config.instance

    def ask_limits(self) -> Allowance:  # noqa: D102
        with self.one_deadline():
            try:
                said = json_of(self.call("v2/instance"))
            except RejectedError:  # older, or other software
                said = {}
            found = allowance_of(said)
            if found.text is None:
                found = allowance_of(json_of(self.call("v1/instance")))
        return found

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        return as_json(json.loads(self.write(message)) | {"in_reply_to_id": remote_id})

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - the same words again change nothing
        fields = json.loads(body)
        fields = {name: fields[name] for name in fields if name not in UNCHANGING}
        place = f"v1/statuses/{remote_id}"
        with self.one_deadline():
            there = json_of(self.call(place))
            fields |= {name: there[name] for name in KEPT if there.get(name)}
            if shown := there.get("media_attachments"):  # they are taken off likewise
                fields["media_ids"] = [each["id"] for each in shown]
            response = self.call(place, as_json(fields), method="PUT")
        return Receipt(remote_id=promised(response, "id"), url=told(response, "url"))

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - gone is gone
        # Or its picture stays where it is for about a day, says the manual.
        place = f"v1/statuses/{remote_id}?delete_media=true"
        with suppress(GoneError):
            self.call(place, method="DELETE")
        return Receipt(remote_id=remote_id)

    def probe(self) -> Standing:  # noqa: D102
        with self.one_deadline():
            account = self.call("v1/accounts/verify_credentials")
            server = self.call("v2/instance")
        most = told(server, "configuration", "statuses", "max_characters")
        left = account.headers.get("X-RateLimit-Remaining")
        quota = [
            f"{left} requests left for now" if left else "",
            f"statuses of {most} characters" if most else "",
        ]
        return Standing(
            account=f"@{promised(account, 'acct')} on {self.config.instance}",
            quota=", ".join(filter(None, quota)),
        )

    def call(self, what: str, body: str = "", *, method: str = "GET") -> httpx.Response:
        """Make a request of the API: ``v1/statuses/113``."""
        headers = {"Authorization": f"Bearer {self.config.token.get_secret_value()}"}
        if body:
            headers["Content-Type"] = "application/json"
        url = f"{self.config.instance}/api/{what}"
        return self.post(url, body, headers=headers, method=method)

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read a wait where Mastodon writes it: in the time its limit starts anew."""
        problem = super().verdict(response)
        if isinstance(problem, NotSentError) and not problem.retry_after:
            problem.retry_after = _until_reset(response)
        names_one = response.request.method != "POST"
        if isinstance(problem, RejectedError) and names_one:
            is_gone = response.status_code == NOT_FOUND
            return GoneError(reason(response)) if is_gone else problem
        return problem


def _until_reset(response: httpx.Response) -> timedelta | None:
    try:
        written = response.headers.get("X-RateLimit-Reset", "")
        return wait_until(datetime.fromisoformat(written), response)
    except (ValueError, TypeError):  # no date, or one without a zone
        return None
