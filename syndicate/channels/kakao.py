"""
KakaoTalk, by a dealer of business messages: an approved template, sent to numbers.

This is NHN Cloud's interface. Another dealer's is a class made from this one, with what
differs: ``write``, ``place``, ``headers``, ``send``, ``find``, ``verdict``.

Source: docs.nhncloud.com, KakaoTalk Bizmessage, Alimtalk API v2.3
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal
from urllib.parse import quote, urlencode, urlsplit

from pydantic import Field, SecretStr

from syndicate.channels.base import Probes, ReadsBack, Standing, as_json
from syndicate.channels.dealers import nhn
from syndicate.channels.text.headline import heading
from syndicate.channels.wire import HttpChannel, promised
from syndicate.config import Duration, Section, WebAddress
from syndicate.config.values import within
from syndicate.errors import DeliveryError
from syndicate.model import Limits, Memory, Message, Receipt, Unit

if TYPE_CHECKING:
    import httpx

Number = Annotated[str, Field(pattern=r"^\+?[0-9-]{8,14}$")]
Words = Literal["title", "text", "excerpt", "url", "path"]


class KakaoConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "kakao"``."""

    appkey: str
    """App key of the KakaoTalk Bizmessage service."""

    secret_key: SecretStr
    """Its secret key."""

    sender_key: str = Field(max_length=40)
    """Key of the KakaoTalk channel that speaks."""

    template_code: str = Field(max_length=20)
    """Code of the approved template."""

    variables: dict[str, Words] = Field(default_factory=dict)
    """What each ``#{variable}`` of the template says: ``{ "제목" = "title" }``."""

    to: tuple[Number, ...] = Field(min_length=1, max_length=1_000)
    """Numbers of those who agreed to be told. They stand in the ledger."""

    results: Annotated[Duration, within("0s", "10s")] = timedelta(0)
    """How long to ask, after each message, whom KakaoTalk did not reach."""

    base_url: WebAddress = "https://kakaotalk-bizmessage.api.nhncloudservice.com"
    """Where requests go."""


class Kakao(HttpChannel[KakaoConfig], ReadsBack, Probes):
    """One template, one sender, some numbers. What was sent cannot be taken back."""

    Config: ClassVar[type[KakaoConfig]] = KakaoConfig
    # A key holds for 10 minutes, but a repeat is refused in them even if the first
    # failed. So a doubt is looked up, and the key only guards against an accident.
    limits: ClassVar[Limits] = Limits(
        text=1_000,
        unit=Unit.UTF16,  # whatever NHN counts, it is not more than these
        memory=Memory.READ_BACK,
        look_after=timedelta(seconds=30),
    )

    def write(self, message: Message) -> str:  # noqa: D102
        words = _words(message)
        said = {name: words[field] for name, field in self.config.variables.items()}
        return as_json(
            {
                "senderKey": self.config.sender_key,
                "templateCode": self.config.template_code,
                "recipientList": [
                    {"recipientNo": number, "templateParameter": said}
                    for number in self.config.to
                ],
            }
        )

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        marked = f'{body[:-1]},"senderGroupingKey":"{_mark(key)}"}}'
        place, headers = self.place("messages"), self.headers(key)
        with self.one_deadline():
            receipt = nhn.taken(self.post(place, marked, headers=headers))
            return nhn.watched(receipt, self._get, within=self.config.results)

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102 - the key tells
        asked = nhn.search(_mark(key), since)
        return nhn.found(self._get(f"messages?{urlencode(asked)}"))

    def probe(self) -> Standing:  # noqa: D102
        sender = quote(self.config.sender_key, safe="")
        response = self._get(f"senders/{sender}")
        return Standing(account=promised(response, "sender", "plusFriendId"))

    def _get(self, what: str) -> httpx.Response:
        return self.post(self.place(what), "", headers=self.headers(), method="GET")

    def place(self, what: str) -> str:
        """Give the address of something, such as ``messages``."""
        appkey = quote(self.config.appkey, safe="")
        return f"{self.config.base_url}/alimtalk/v2.3/appkeys/{appkey}/{what}"

    def headers(self, key: str = "") -> dict[str, str]:
        """Say who we are and, where something is sent, which delivery it is."""
        headers = {
            "Content-Type": "application/json;charset=UTF-8",
            "X-Secret-Key": self.config.secret_key.get_secret_value(),
        }
        return headers | ({"X-NC-API-IDEMPOTENCY-KEY": key} if key else {})

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Read what NHN says in the body of a 200."""
        return super().verdict(response) or nhn.refusal(response)


def _words(message: Message) -> dict[str, str]:
    url = message.link or ""
    return {
        "title": heading(message) or message.title,
        "text": message.text,
        "excerpt": message.excerpt,
        "url": url,
        "path": urlsplit(url)._replace(scheme="", netloc="").geturl().lstrip("/"),
    }


def _mark(key: str) -> str:
    """Give what tells a delivery's messages from all others: NHN shows no keys."""
    return f"syndicate-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
