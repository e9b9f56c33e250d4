"""
E-mail, by a server that passes it on: SMTP submission (RFC 6409).

Source: RFC 5322 for the letter, RFC 2369 and RFC 8058 for List-Unsubscribe
"""

from __future__ import annotations

import json
import ssl
from email.utils import format_datetime, parseaddr
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, AliasChoices, Field, SecretStr, model_validator

from syndicate.channels.base import Channel, Probes, Replies, Standing, as_json
from syndicate.channels.text.headline import parted
from syndicate.channels.text.html import as_page
from syndicate.channels.wire.dialogue import Server, mail_tls
from syndicate.channels.wire.key import moment_of
from syndicate.channels.wire.mime import as_letter
from syndicate.channels.wire.redact import secrets_of
from syndicate.channels.wire.smtp import Letter, deliver, greet
from syndicate.config import Section, WebAddress
from syndicate.model import Limits, Memory, Message, Receipt
from syndicate.words import SaidError

PORTS = {"starttls": 587, "tls": 465, "plain": 25}


def _mailbox(written: str) -> str:
    address = parseaddr(written)[1]
    local, _, domain = address.rpartition("@")
    if not (local and domain and address.isascii() and written.isprintable()):
        raise SaidError("write an address such as news@example.com, in Latin letters")
    return written


Mailbox = Annotated[str, AfterValidator(_mailbox)]


class EmailConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "email"``."""

    host: str
    """Server that passes e-mail on."""

    security: Literal["starttls", "tls", "plain"] = "starttls"
    """``tls`` from the first byte, ``starttls``, or ``plain`` on a network of one's own."""

    port: int | None = Field(None, ge=1, le=65_535)
    """Port; without it 587, 465 or 25, by ``security``."""

    user: str = ""
    """Name to sign in with."""

    password: SecretStr | None = None
    """Password for it."""

    sender: Mailbox = Field(validation_alias=AliasChoices("sender", "from"))
    """Who writes: ``News <alerts@news.example>``."""

    to: tuple[Mailbox, ...] = Field(min_length=1, max_length=100)
    """Who gets it: the address of a list, or up to 100 people, who do not see each other."""

    unsubscribe: WebAddress | None = None
    """Address that takes a one-click unsubscription (RFC 8058); ``https``."""

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if bool(self.user) != bool(self.password):
            raise SaidError("write both user and password, or neither")
        if self.user and self.security == "plain":
            raise SaidError(
                "a password is not sent in the clear: write starttls or tls"
            )
        if self.unsubscribe and not self.unsubscribe.startswith("https:"):
            raise SaidError("unsubscribe: write an https address, as RFC 8058 asks")
        return self


class Email(Channel[EmailConfig], Replies, Probes):
    """A letter to all of ``to``, which nobody can change or take back."""

    Config: ClassVar[type[EmailConfig]] = EmailConfig
    limits: ClassVar[Limits] = Limits(text=10_000, memory=Memory.BLIND)
    context: ssl.SSLContext | None = None  # TLS settings other than the usual ones

    def open(self) -> None:  # noqa: D102
        mail_tls()

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json(_fields(message))

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        return as_json(_fields(message) | {"in_reply_to": remote_id})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        sender = parseaddr(self.config.sender)[1]
        number = f"<{key}@{sender.rpartition('@')[2]}>"
        fields = {"date": format_datetime(moment_of(key)), **json.loads(body)}
        content = as_letter(
            fields,
            sender=self.config.sender,
            to=self.config.to,
            number=number,
            unsubscribe=self.config.unsubscribe or "",
        )
        to = [parseaddr(each)[1] for each in self.config.to]
        refused = deliver(
            Letter(sender=sender, recipients=to, content=content),
            self._server(),
            allowed=self.deadline,
            secrets=secrets_of(self.config),
        )
        # With the numbers of those above it: an answer to it has to name them all.
        thread = f"{fields.get('in_reply_to', '')} {number}".strip()
        return Receipt(remote_id=thread, warning="; ".join(refused))

    def probe(self) -> Standing:  # noqa: D102
        secrets = secrets_of(self.config)
        greet(self._server(), allowed=self.deadline, secrets=secrets)
        user = self.config.user or parseaddr(self.config.sender)[1]
        return Standing(account=f"{user} {self.config.host}")

    def _server(self) -> Server:
        config = self.config
        password = config.password
        return Server(
            host=config.host,
            port=config.port or PORTS[config.security],
            security=config.security,
            user=config.user,
            password=password.get_secret_value() if password else "",
            context=self.context,
        )


def _fields(message: Message) -> dict[str, str]:
    return {
        "subject": parted(message)[0],
        "text": message.text,
        "html": as_page(message),
        "language": message.language,
    }
