"""A channel kind that can be asked and knows no keys, as Slack's is."""

import json
from datetime import datetime, timedelta
from typing import ClassVar

from syndicate.channels.base import ReadsBack, as_json
from syndicate.channels.wire import HttpChannel, promised
from syndicate.config import Section
from syndicate.model import Limits, Memory, Message, Receipt


class AskedConfig(Section):
    """Keys of its table."""

    base_url: str
    """Where it is."""


class Asked(HttpChannel[AskedConfig], ReadsBack):
    """Shows every message, and tells by its key whether it has."""

    Config: ClassVar[type[AskedConfig]] = AskedConfig
    limits: ClassVar[Limits] = Limits(
        text=500, memory=Memory.READ_BACK, look_after=timedelta(seconds=10)
    )

    def write(self, message: Message) -> str:
        return as_json({"text": message.text})

    def send(self, body: str, *, key: str) -> Receipt:
        headers = {"Content-Type": "application/json", "X-Key": key}
        response = self.post(f"{self.config.base_url}/asked", body, headers=headers)
        return Receipt(remote_id=promised(response, "id"))

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002
        response = self.post(
            f"{self.config.base_url}/asked/{key}", "", headers={}, method="GET"
        )
        number = json.loads(response.text)["id"]
        return Receipt(remote_id=number) if number is not None else None
