"""
What becomes of a post on X after it was made.

Source: docs.x.com/x-api/posts (create-post: edit_options, reply; delete-post),
docs.x.com/x-api/users/get-my-user,
…/fundamentals/edit-posts
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from syndicate.channels.base import Deletes, Edits, Probes, Replies, Standing, as_json
from syndicate.channels.terms.charges import Charges, Price
from syndicate.channels.wire import promised
from syndicate.channels.wire.verdict import GoneError
from syndicate.channels.xapi.reading import Reading, receipt, says
from syndicate.errors import RejectedError
from syndicate.model import Act, Message, Receipt

WINDOW = timedelta(minutes=30)  # and five times, says …/fundamentals/edit-posts


class Afterwards(Reading, Charges, Edits, Deletes, Replies, Probes):
    """An account whose posts can be changed, where it pays for that, and taken back."""

    @property
    def edit_within(self) -> timedelta:  # type: ignore[override] # a key changes it
        """Time after posting in which it can be edited: none without Premium."""
        return WINDOW if self.config.edits else timedelta(0)

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        first = {"reply": {"in_reply_to_tweet_id": remote_id}}
        return as_json(json.loads(self.write(message)) | first)

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - the same words again are refused
        words = json.loads(body)["text"]
        with self.one_deadline():
            there = self.newest(remote_id)
            number = str(there.get("id", remote_id))
            if number != remote_id and says(there, words):
                return receipt(number)  # an earlier try's, whose answer was lost
            _check(there.get("edit_controls") or {})
            before = {"previous_post_id": number}
            fields = {"text": words, "edit_options": before}
            response = self.ask("/2/tweets", as_json(fields))
        return receipt(promised(response, "data", "id"))  # a post of its own

    def price(self, body: str, act: Act = Act.SEND) -> Price:  # noqa: D102
        return self.config.price.of(body, act)

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


def _check(controls: Mapping[str, object]) -> None:
    """Obey what X itself says of a post, before an edit is paid for."""
    if (
        controls.get("is_edit_eligible") is False
        or controls.get("edits_remaining") == 0
    ):
        raise RejectedError("X says that it can be edited no more")
