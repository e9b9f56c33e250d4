"""
Apprise: a hundred further services, by one library, for those no kind here knows.

It hands no key over, tells no number, and says of a failure only that it was one. So
every failure is a doubt, and what it would do of its own accord is switched off.

Source: github.com/caronc/apprise, 2.2
"""

from __future__ import annotations

import importlib.util
import json
import logging
import warnings
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, ClassVar, Self

from pydantic import Field, SecretStr, model_validator

from syndicate.channels.base import Channel, as_json
from syndicate.channels.text.headline import heading
from syndicate.channels.wire.redact import redact, secrets_of
from syndicate.config import Section
from syndicate.errors import DeliveryError, InDoubtError, RejectedError
from syndicate.model import Limits, Memory, Message, Receipt
from syndicate.words import SaidError

SILENCE = logging.NullHandler()
SNIPPET = 200  # characters of what it says that go into the ledger


class AppriseConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "apprise"``."""

    url: SecretStr
    """Address of one service as Apprise writes it, ``zulip://…``. Holds the credentials."""

    length: int = Field(1_000, ge=100, le=20_000)
    """Most code points the service takes, its title included."""

    @model_validator(mode="after")
    def _is_installed(self) -> Self:
        if importlib.util.find_spec("apprise") is None:
            raise SaidError("Apprise is missing: pip install 'syndicate[apprise]'")
        return self


class Apprise(Channel[AppriseConfig]):
    """One service that Apprise knows."""

    Config: ClassVar[type[AppriseConfig]] = AppriseConfig
    limits: ClassVar[Limits] = Limits(text=1_000, memory=Memory.BLIND)

    @property
    def configured_limits(self) -> Limits:  # noqa: D102
        return Limits(text=self.config.length, memory=Memory.BLIND)

    def open(self) -> None:  # noqa: D102
        import apprise  # noqa: PLC0415 - a second and more; only those who send pay for it

        # What it logs is read from its results, and goes nowhere else: secrets first.
        log = logging.getLogger("apprise")
        log.propagate = False
        log.setLevel(logging.WARNING)
        log.addHandler(SILENCE)
        with warnings.catch_warnings():  # what its plug-ins import is not our concern
            warnings.simplefilter("ignore")
            apprise.Apprise.instantiate("json://localhost")  # loads them all, once

    def write(self, message: Message) -> str:  # noqa: D102
        head, rest = heading(message), message.text.partition("\n")[2]
        if head and rest.strip():
            return as_json({"title": head, "body": rest.strip("\n")})
        return as_json({"title": "", "body": message.text})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        self.open()
        answers: SimpleQueue[DeliveryError | None] = SimpleQueue()

        def tell() -> None:
            try:
                answers.put(self._tell(json.loads(body)))
            except Exception as error:  # noqa: BLE001 - a plug-in may raise anything
                answers.put(InDoubtError(self._said(error)))

        # Its time-outs begin anew with every byte, so it is left behind when time is up.
        Thread(target=tell, name="apprise", daemon=True).start()
        try:
            problem = answers.get(timeout=self.deadline / timedelta(seconds=1))
        except Empty:
            raise InDoubtError(f"not done within {self.deadline}") from None
        if problem:
            raise problem
        return Receipt(remote_id=key)

    def _tell(self, fields: dict[str, str]) -> DeliveryError | None:
        import apprise  # noqa: PLC0415 - see open

        asset = apprise.AppriseAsset(async_mode=False)
        url = self.config.url.get_secret_value()
        service: Any = apprise.Apprise.instantiate(url, asset=asset)
        if service is None:
            return RejectedError("Apprise knows no such address", unwelcome=True)
        # Whatever the address says: a repeat would show, and a cut would lose the link.
        service.retry, service.overflow_mode = 0, apprise.OverflowMode.UPSTREAM
        told = apprise.Apprise(service, asset=asset).notify(
            body=fields["body"],
            title=fields["title"],
            body_format=apprise.NotifyFormat.TEXT,
        )
        if told.status == apprise.AppriseResultStatus.SUCCESS:
            return None
        lines = [
            entry.message
            for result in told.results
            for attempt in result.attempts
            for entry in attempt.logs
        ]
        return InDoubtError(self._said("; ".join(lines) or "no reason given"))

    def _said(self, words: object) -> str:
        return redact(str(words), secrets_of(self.config))[:SNIPPET]
