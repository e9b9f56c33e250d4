"""
What becomes of a post on X after it was made.

Source: docs.x.com/x-api/posts (create-post: edit_options, reply; delete-post),
docs.x.com/x-api/users/get-my-user
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta

from syndicate.channels.base import Deletes, Edits, Probes, Replies, Standing, as_json
from syndicate.channels.wire import promised
from syndicate.channels.wire.verdict import GoneError
from syndicate.channels.xapi.account import Account
from syndicate.model import Message, Receipt

WINDOW = timedelta(minutes=30)  # X's pages say 30 minutes, and an hour


class Afterwards(Account, Edits, Deletes, Replies, Probes):
    """An account whose posts can be changed, where it pays for that, and taken back."""

    @property
    def edit_within(self) -> timedelta:  # type: ignore[override] # a key changes it
        """Time after posting in which it can be edited: none without Premium."""
        return WINDOW if self.config.edits else timedelta(0)

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        first = {"reply": {"in_reply_to_tweet_id": remote_id}}
        return as_json(json.loads(self.write(message)) | first)

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - the same words again are refused
        words = {"text": json.loads(body)["text"]}
        before = {"edit_options": {"previous_post_id": remote_id}}
        response = self.ask("/2/tweets", as_json(words | before))
        number = promised(response, "data", "id")  # a post of its own: the next edit's
        return Receipt(remote_id=number, url=f"https://x.com/i/status/{number}")

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - gone is gone
        with suppress(GoneError):
            self.ask(f"/2/tweets/{remote_id}", method="DELETE")
        return Receipt(remote_id=remote_id)

    def probe(self) -> Standing:  # noqa: D102
        response = self.ask("/2/users/me", method="GET")
        level = response.headers.get("x-access-level", "")
        return Standing(
            account=f"@{promised(response, 'data', 'username')}",
            scopes=[level] if level else [],
        )
