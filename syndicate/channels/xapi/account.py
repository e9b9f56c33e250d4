"""
Requests of X: tweepy signs them, and our own wire sends them.

tweepy passes no time-out, follows redirects, and takes a page for a success. So it
signs, and the bytes leave as ``HttpChannel.post`` has them leave.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from pydantic import Field, SecretStr, model_validator

from syndicate.channels.wire.redact import hush
from syndicate.channels.wire.uploading import UploadingChannel
from syndicate.channels.wire.verdict import (
    GoneError,
    json_of,
    reason,
    wait_until,
    words_of,
)
from syndicate.channels.xapi.prices import XPrices
from syndicate.config import Section, WebAddress
from syndicate.errors import DeliveryError, NotSentError, RejectedError
from syndicate.words import SaidError

if TYPE_CHECKING:
    import httpx
    import requests

PAYMENT_REQUIRED, NOT_FOUND, TOO_MANY = 402, 404, 429


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

    pictures: bool = False
    """Whether pictures are uploaded, with alt text, in place of the page's own card."""

    edits: bool = False
    """Whether the account may edit: X Premium can, for half an hour."""

    reads: bool = False
    """Whether the account's posts may be read: a doubt is then looked up, not sent again."""

    price: XPrices = XPrices()
    """What X charges, for previews and the ledger."""

    base_url: WebAddress = Field(default="https://api.twitter.com")
    """Where requests go. Signatures are made for api.twitter.com all the same."""

    @model_validator(mode="after")
    def _can_sign(self) -> Self:
        four = self.oauth1
        if all(four.values()) and not self.token:
            return self
        if self.token and not any(four.values()):
            return self
        names = ", ".join(four)
        raise SaidError("write either token, or all of {names}", names=names)

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


class Account(UploadingChannel[XConfig]):
    """One account, its calls and its refusals."""

    def open(self) -> None:
        """Import tweepy too, and keep it from writing secrets into the log."""
        super().open()
        import tweepy  # noqa: F401, PLC0415 - a third of a second

        hush("tweepy", "oauthlib", "requests_oauthlib")

    def ask(self, path: str, body: str = "", *, method: str = "POST") -> httpx.Response:
        """
        Make a signed request.

        Args:
            path: ``/2/tweets``, and a query perhaps.
            body: JSON; it leaves to the byte as it is here.
            method: As HTTP spells it.

        Raises:
            DeliveryError: As ``HttpChannel.post`` does.
        """
        self.open()
        import requests  # noqa: PLC0415 - comes with tweepy
        import tweepy  # noqa: PLC0415 - see open

        from syndicate.channels.wire.adapter import (  # noqa: PLC0415 - imports requests
            headers_of,
            session,
        )

        answers: list[httpx.Response] = []

        def post(request: requests.PreparedRequest) -> httpx.Response:
            # The stored bytes, not requests' own spelling of them. No signature of
            # OAuth 1.0a covers a JSON body (RFC 5849 section 3.4.1.3).
            url, headers = (
                f"{self.config.base_url}{request.path_url}",
                headers_of(request),
            )
            answers.append(self.post(url, body, headers=headers, method=method))
            return answers[-1]

        token = self.config.token.get_secret_value() if self.config.token else None
        client = tweepy.Client(
            token, **self.config.oauth1, return_type=requests.Response
        )
        client.session = session(post)
        fields = json.loads(body) if body else None
        client.request(method, path, json=fields, user_auth=token is None)
        return answers[-1]

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
        names_one = response.request.method == "DELETE"
        if isinstance(problem, RejectedError) and status == NOT_FOUND and names_one:
            return GoneError(reason(response))
        reset = response.headers.get("x-rate-limit-reset", "")
        if isinstance(problem, NotSentError) and re.fullmatch("[0-9]{1,11}", reset):
            moment = datetime.fromtimestamp(int(reset), UTC)
            problem.retry_after = problem.retry_after or wait_until(moment, response)
        return problem
