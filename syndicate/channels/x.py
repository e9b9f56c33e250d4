"""
X, through tweepy.

tweepy signs and words the request; the request itself goes through our own wire, since
tweepy passes no time-out, follows redirects, and takes a page for a success.

Source: docs.x.com/x-api/posts/create-post
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from pydantic import Field, SecretStr, model_validator

from syndicate.channels.base import as_json
from syndicate.channels.wire import HttpChannel, promised
from syndicate.channels.wire.redact import hush
from syndicate.channels.wire.verdict import json_of, reason, wait_until, words_of
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.model import Limits, Memory, Message, Rate, Receipt, Unit

if TYPE_CHECKING:
    import httpx
    import requests

PAYMENT_REQUIRED, TOO_MANY = 402, 429
AGAIN = timedelta(seconds=30)  # a post may take its time to count as one


class XConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "x"``."""

    consumer_key: SecretStr | None = None
    """API key of the app. It and the next three are OAuth 1.0a, and do not expire."""

    consumer_secret: SecretStr | None = None
    """API key secret of the app."""

    access_token: SecretStr | None = None
    """Access token of the account, with permission to write."""

    access_token_secret: SecretStr | None = None
    """Its secret."""

    token: SecretStr | None = None
    """Or instead of the four: an OAuth 2 user token with the scope ``tweet.write``."""

    replay: bool = True
    """Whether a doubt is sent once more: a refusal as duplicate tells that it arrived."""

    base_url: WebAddress = Field(default="https://api.twitter.com")
    """Where requests go. Signatures are made for api.twitter.com all the same."""

    @model_validator(mode="after")
    def _can_sign(self) -> Self:
        four = self.oauth1
        if all(four.values()) and not self.token:
            return self
        if self.token and not any(four.values()):
            return self
        raise ValueError(f"write either token, or all of {', '.join(four)}")

    @property
    def oauth1(self) -> dict[str, str | None]:
        """The four keys of OAuth 1.0a by their names in tweepy."""
        return {
            name: secret.get_secret_value() if secret else None
            for name, secret in {
                "consumer_key": self.consumer_key,
                "consumer_secret": self.consumer_secret,
                "access_token": self.access_token,
                "access_token_secret": self.access_token_secret,
            }.items()
        }


class X(HttpChannel[XConfig]):
    """One account on X."""

    Config: ClassVar[type[XConfig]] = XConfig
    limits: ClassVar[Limits] = Limits(
        text=280, unit=Unit.X_WEIGHTED, link=23, memory=Memory.SEMI, resend_after=AGAIN
    )
    rate = Rate(count=100, per=timedelta(minutes=15))
    template: ClassVar[str] = "{title}\n{url}"  # the card says the rest

    @property
    def configured_limits(self) -> Limits:
        """Ask nothing of a second try where the same words may recur."""
        never = replace(self.limits, resend_after=timedelta(0))
        return self.limits if self.config.replay else never

    def open(self) -> None:
        """Import tweepy too, and keep it from writing secrets into the log."""
        super().open()
        import tweepy  # noqa: F401, PLC0415 - a third of a second

        hush("tweepy", "oauthlib", "requests_oauthlib")

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json({"text": message.text})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102 - no place for a key
        self.open()
        import requests  # noqa: PLC0415 - comes with tweepy
        import tweepy  # noqa: PLC0415 - see open

        from syndicate.channels.wire.adapter import (  # noqa: PLC0415 - imports requests
            headers_of,
            session,
        )

        def post(request: requests.PreparedRequest) -> httpx.Response:
            # The stored bytes, not requests' own spelling of them. No signature of
            # OAuth 1.0a covers a JSON body (RFC 5849 section 3.4.1.3).
            url = f"{self.config.base_url}{request.path_url}"
            return self.post(url, body, headers=headers_of(request))

        secret = self.config.token and self.config.token.get_secret_value()
        client = tweepy.Client(
            secret, **self.config.oauth1, return_type=requests.Response
        )
        client.session = session(post)
        response = client.create_tweet(
            text=json.loads(body)["text"], user_auth=secret is None
        )
        number = promised(response, "data", "id")
        return Receipt(remote_id=number, url=f"https://x.com/i/status/{number}")

    def verdict(self, response: httpx.Response) -> DeliveryError | None:
        """Tell the same words again, and money, from other refusals."""
        problem, words = super().verdict(response), words_of(response)
        status = response.status_code
        if (status == PAYMENT_REQUIRED and json_of(response)) or (
            status == TOO_MANY and "UsageCapExceeded" in words
        ):
            return RejectedError(reason(response), unwelcome=True)
        if isinstance(problem, RejectedError) and "duplicate content" in words:
            return RejectedError(reason(response), repeat=True)
        reset = response.headers.get("x-rate-limit-reset", "")
        if isinstance(problem, NotSentError) and re.fullmatch("[0-9]{1,11}", reset):
            moment = datetime.fromtimestamp(int(reset), UTC)
            problem.retry_after = problem.retry_after or wait_until(moment, response)
        return problem
