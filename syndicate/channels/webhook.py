"""
Any address that takes a signed JSON request: Standard Webhooks 1.0.0.

Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
import time
from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, TypeAdapter

from syndicate.channels.base import Replies, as_json
from syndicate.channels.wire import HttpChannel
from syndicate.config import Section, WebAddress
from syndicate.model import Limits, Memory, Message, Receipt, Unit
from syndicate.words import SaidError

PREFIX = "whsec_"

_address = TypeAdapter(WebAddress)


def _url(secret: SecretStr) -> SecretStr:
    url = _address.validate_python(secret.get_secret_value())
    if "@" in urlsplit(url).netloc:
        raise SaidError(
            "a request is known by its signature: take out user and password"
        )
    return SecretStr(url)


def _secret(secret: SecretStr) -> SecretStr:
    try:
        if _signing_key(secret):
            return secret
    except binascii.Error:
        pass
    raise SaidError("write {prefix} and the key in base64", prefix=PREFIX)


def _signing_key(secret: SecretStr) -> bytes:
    written = secret.get_secret_value().removeprefix(PREFIX)
    return base64.b64decode(written, validate=True)


class WebhookConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "webhook"``."""

    url: Annotated[SecretStr, AfterValidator(_url)] = Field(
        validation_alias=AliasChoices("url", "base_url")
    )
    """Where requests go. A secret, because such addresses often hold one."""

    secret: Annotated[SecretStr, AfterValidator(_secret)]
    """``whsec_`` and the signing key in base64, shared with the receiver."""


class Webhook(HttpChannel[WebhookConfig], Replies):
    """A receiver that drops an id it has seen, as Standard Webhooks asks of it."""

    Config: ClassVar[type[WebhookConfig]] = WebhookConfig
    # Text, title and excerpt together stay below the 20 kB the specification advises.
    limits: ClassVar[Limits] = Limits(
        text=6_000,
        unit=Unit.BYTES,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(hours=24),
    )
    speaks_json: ClassVar[bool] = False

    def write(self, message: Message) -> str:  # noqa: D102
        return _event(message)

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        return _event(message, webhook_id=remote_id)

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        # The time is that of this attempt: receivers refuse an old one.
        stamp = str(int(time.time()))
        self.post(
            self.config.url.get_secret_value(),
            body,
            headers={
                "Content-Type": "application/json",
                "webhook-id": key,
                "webhook-timestamp": stamp,
                "webhook-signature": self._sign(f"{key}.{stamp}.{body}"),
            },
        )
        return Receipt(remote_id=key)

    def _sign(self, content: str) -> str:
        key = _signing_key(self.config.secret)
        digest = hmac.digest(key, content.encode(), hashlib.sha256)
        return "v1," + base64.b64encode(digest).decode()

    def secrets(self) -> list[str]:
        """Add the parts of the address that a receiver may repeat without the host."""
        url = urlsplit(self.config.url.get_secret_value())
        bare = self.config.secret.get_secret_value().removeprefix(PREFIX)
        parts = [bare, url.path, url.query]
        return super().secrets() + [part for part in parts if len(part) > 1]


def _event(message: Message, *, webhook_id: str | None = None) -> str:
    """
    Write a request that says what happened, and to which alert.

    Args:
        message: What is told.
        webhook_id: That of the request with which the receiver was told before.
    """
    told = asdict(message)
    corrects, retracts = told.pop("corrects"), told.pop("retracts")
    about = {"alert": retracts or corrects, "webhook_id": webhook_id}
    if any(about.values()):
        told["about"] = about
    if retracts is None:
        del told["reason"]
    kind = "retracted" if retracts else "corrected" if corrects else "created"
    return as_json({"type": f"alert.{kind}", "data": told})
