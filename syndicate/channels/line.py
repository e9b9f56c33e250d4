"""
LINE: a broadcast to all friends of an official account.

Source: developers.line.biz/en/reference/messaging-api/#send-broadcast-message, and
github.com/line/line-openapi, messaging-api.yml
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import AliasChoices, Field, SecretStr

from syndicate.channels.base import Probes, Standing, as_json
from syndicate.channels.lineapi.tokens import FORM, end_of, question
from syndicate.channels.wire import HttpChannel, promised, told
from syndicate.channels.wire.verdict import reason, words_of
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError
from syndicate.model import Limits, Memory, Message, Picture, Rate, Receipt, Unit
from syndicate.words import say

if TYPE_CHECKING:
    import httpx

SHOWN = ("image/jpeg", "image/png")
LARGEST = 1_000_000  # bytes; of the preview, which is the same picture here
LONGEST_ADDRESS = 2_000  # code points
# In the words of LINE's list of errors; no later message of the month fares better.
USED_UP = "monthly limit"


class LineConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "line"``."""

    token: SecretStr = Field(
        validation_alias=AliasChoices("token", "channel_access_token")
    )
    """Channel access token of the Messaging API."""

    base_url: WebAddress = "https://api.line.me"
    """Where requests go."""


class Line(HttpChannel[LineConfig], Probes):
    """All friends of one account. What was broadcast cannot be changed or taken back."""

    Config: ClassVar[type[LineConfig]] = LineConfig
    limits: ClassVar[Limits] = Limits(
        text=5_000,
        unit=Unit.UTF16,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(hours=24),
    )
    rate = Rate(count=60, per=timedelta(hours=1))

    def write(self, message: Message) -> str:  # noqa: D102
        messages: list[dict[str, str]] = [{"type": "text", "text": message.text}]
        picture = message.picture
        if picture and _is_shown(picture):
            messages.append(
                {
                    "type": "image",
                    "originalContentUrl": picture.url,
                    "previewImageUrl": picture.url,
                }
            )
        return as_json({"messages": messages})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        response = self.post(
            f"{self.config.base_url}/v2/bot/message/broadcast",
            body,
            headers={
                **self._token(),
                "Content-Type": "application/json",
                "X-Line-Retry-Key": str(UUID(hex=key[:32], version=4)),
            },
        )
        headers = response.headers
        accepted = headers.get("x-line-accepted-request-id")  # an earlier try's
        number = accepted or headers.get("x-line-request-id")
        if not number:
            raise InDoubtError(f"no x-line-request-id, {reason(response)}")
        return Receipt(remote_id=number)

    def probe(self) -> Standing:  # noqa: D102
        with self.one_deadline():
            account = self._get("info")
            quota = self._get("message/quota")
            used = promised(self._get("message/quota/consumption"), "totalUsage")
            expires = self._end()
        most = told(quota, "value")  # not there where the plan has no limit
        left = (
            say("{used} of {most} messages used this month", used=used, most=most)
            if most
            else say("{used} messages used this month, without limit", used=used)
        )
        return Standing(
            account=f"{promised(account, 'displayName')} {promised(account, 'basicId')}",
            expires=expires,
            quota=left,
        )

    def _end(self) -> datetime | None:
        asked = question(self.config.token.get_secret_value())
        url, kind = f"{self.config.base_url}{asked.path}", {"Content-Type": FORM}
        try:
            answer = self.post(url, asked.body, headers=kind, method=asked.method)
        except DeliveryError:  # a sort of token that LINE does not tell of
            return None
        return end_of(answer)

    def _get(self, what: str) -> httpx.Response:
        return self.post(
            f"{self.config.base_url}/v2/bot/{what}",
            "",
            headers=self._token(),
            method="GET",
        )

    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.config.token.get_secret_value()}"}

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Take a repeat of what was accepted for accepted, and tell a spent quota from haste."""
        conflict = response.status_code == 409  # noqa: PLR2004 - a key that was used
        if conflict and "x-line-accepted-request-id" in response.headers:
            return None
        problem = super().verdict(response)
        if isinstance(problem, NotSentError) and USED_UP in words_of(response):
            return RejectedError(str(problem), unwelcome=True)
        return problem


def _is_shown(picture: Picture) -> bool:
    """Tell whether LINE shows a picture; where it does not, it refuses the words too."""
    return (
        picture.url.startswith("https:")
        and len(picture.url) <= LONGEST_ADDRESS
        and picture.type in {None, *SHOWN}
        and (picture.length or 0) <= LARGEST
    )
