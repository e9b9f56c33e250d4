"""
Any address that takes a signed JSON request: Standard Webhooks 1.0.0.

Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AliasChoices, Field, SecretStr

from syndicate.channels.base import Replies, Request, Wide, as_json
from syndicate.channels.hooks.recipients import (
    Recipient,
    Roll,
    read_recipients,
)
from syndicate.channels.hooks.signing import (
    checked_secret,
    checked_url,
    parts_of,
    signed,
)
from syndicate.channels.wire import HttpChannel
from syndicate.config import Section
from syndicate.model import Limits, Memory, Message, Receipt, Unit
from syndicate.words import SaidError


def _url(secret: SecretStr) -> SecretStr:
    return SecretStr(checked_url(secret.get_secret_value()))


def _secret(secret: SecretStr) -> SecretStr:
    return SecretStr(checked_secret(secret.get_secret_value()))


def _recipients(path: Path) -> Path:
    full = path.expanduser()
    if not full.is_absolute():
        raise SaidError("write the whole path of a file, such as ~/subscribers.txt")
    try:
        read_recipients(full)
    except OSError:
        raise SaidError("cannot be read") from None
    return full


class WebhookConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "webhook"``."""

    url: Annotated[SecretStr, AfterValidator(_url)] = Field(
        validation_alias=AliasChoices("url", "base_url")
    )
    """Where requests go. A secret, because such addresses often hold one."""

    secret: Annotated[SecretStr, AfterValidator(_secret)]
    """``whsec_`` and the signing key in base64, shared with the receiver."""

    recipients: Annotated[Path, AfterValidator(_recipients)] | None = None
    """File of further receivers, a line each: name, address and secret. The whole path."""

    allow: tuple[str, ...] = ()
    """Hosts of recipients that are not on the public internet: ``host`` or ``host:port``."""


class Webhook(HttpChannel[WebhookConfig], Replies, Wide):
    """Receivers that drop an id they have seen, as Standard Webhooks asks of them."""

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
        secret = self.config.secret.get_secret_value()
        headers = signed(body, key=key, secret=secret)
        self.post(self.config.url.get_secret_value(), body, headers=headers)
        return Receipt(remote_id=key)

    @property
    def is_wide(self) -> bool:  # noqa: D102
        return self.config.recipients is not None

    def recipients(self) -> Sequence[str]:  # noqa: D102
        return self._roll().names() if self.is_wide else ()

    def request(self, body: str, *, key: str, recipient: str) -> Request:  # noqa: D102
        found = self._roll().find(recipient)
        return Request(
            url=found.url,
            headers=signed(body, key=key, secret=found.secret),
            content=body.encode(),
            secrets=parts_of(found.url, found.secret),
        )

    def _roll(self) -> Roll:
        url, secret = self.config.url, self.config.secret
        own = Recipient(url=url.get_secret_value(), secret=secret.get_secret_value())
        assert self.config.recipients  # nobody asks else
        return Roll(self.config.recipients, own)

    @property
    def allow(self) -> Sequence[str]:  # noqa: D102
        return self.config.allow

    def secrets(self) -> list[str]:
        """Add the parts of the address that a receiver may repeat without the host."""
        url = self.config.url.get_secret_value()
        return parts_of(url, self.config.secret.get_secret_value())


def _event(message: Message, *, webhook_id: str | None = None) -> str:
    """
    Write a request that says what happened, and to which alert.

    Args:
        message: What is told.
        webhook_id: That of the request with which the receiver was told before.
    """
    told = asdict(message)
    del told["beside"]  # for cards; a receiver is told what the text says
    corrects, retracts = told.pop("corrects"), told.pop("retracts")
    about = {"alert": retracts or corrects, "webhook_id": webhook_id}
    if any(about.values()):
        told["about"] = about
    if retracts is None:
        del told["reason"]
    kind = "retracted" if retracts else "corrected" if corrects else "created"
    return as_json({"type": f"alert.{kind}", "data": told})
