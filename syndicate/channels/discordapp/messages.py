"""
What was sent changed and taken back; refusals.

Source: docs.discord.com/developers/topics/rate-limits, …/topics/opcodes-and-status-codes
"""

from __future__ import annotations

import json
from abc import abstractmethod
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from syndicate.channels.base import Deletes, Edits, Keys, as_json
from syndicate.channels.discordapp.pictures import Illustrated
from syndicate.channels.wire import promised, told
from syndicate.channels.wire.verdict import GoneError, json_of, reason, wait_of
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import Rate, Receipt

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

NO_MESSAGE = "10008"
NOWHERE = frozenset({"10003", "10015"})  # unknown channel, unknown webhook


class Messages(Illustrated[Keys], Edits, Deletes):
    """Messages in one channel of Discord."""

    rate = Rate(count=30, per=timedelta(minutes=1))

    @abstractmethod
    def _place(self, remote_id: str) -> str:
        """Give the address of a message."""

    def _headers(self) -> Mapping[str, str]:
        return {"Content-Type": "application/json"}

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - the same words again change nothing
        # A file that is not named is taken off; one that comes along is named later.
        alone = as_json(json.loads(body) | {"attachments": []})
        place, headers = self._place(remote_id), self._headers()
        with self.one_deadline():
            response, warning = self.tell(place, alone, headers=headers, method="PATCH")
        promised(response, "id")
        return Receipt(remote_id=remote_id, warning=warning)

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - gone is gone
        with suppress(GoneError):
            place = self._place(remote_id)
            self.post(place, "", headers=self._headers(), method="DELETE")
        return Receipt(remote_id=remote_id)

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read Discord's own codes, and a wait where it is written: in the body."""
        problem, code = super().verdict(response), told(response, "code") or ""
        wait = json_of(response).get("retry_after")
        if isinstance(problem, NotSentError) and isinstance(wait, int | float):
            problem.retry_after = wait_of(float(wait))
        if isinstance(problem, RejectedError):
            if code == NO_MESSAGE:
                return GoneError(reason(response))
            problem.unwelcome |= code in NOWHERE
        return problem
