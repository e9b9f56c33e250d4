"""What every channel is."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Generic, TypeVar

from syndicate.config import Section
from syndicate.model import Limits, Message, Rate, Receipt

Keys = TypeVar("Keys", bound=Section)


class Channel(ABC, Generic[Keys]):
    """One configured destination. Made once, used by one lane (thread) at a time."""

    Config: ClassVar[type[Section]]
    """Its keys in a ``[[channels]]`` table, beside ``name``, ``kind``, ``template``."""

    limits: ClassVar[Limits]

    rate: Rate | None = None
    """How often it may be told, by all nodes together; ``None``: as often as we like."""

    template: ClassVar[str] = "{title}\n\n{excerpt}\n\n{url}"
    """How a message reads where ``config.toml`` gives no template."""

    deadline: timedelta = timedelta(seconds=15)
    """Longest time one ``send`` takes, whatever the remote side does."""

    def __init__(self, config: Keys) -> None:
        """Keep the configuration. Opens nothing: ``open`` or the first ``send`` does."""
        self.config = config

    def open(self) -> None:
        """
        Import and load what ``send`` needs, so that the first message does not wait.

        May be left out and may be called twice. Touches no network.
        """

    @abstractmethod
    def write(self, message: Message) -> str:
        """
        Give the body that says ``message``: text, usually JSON, without secrets.

        Pure: the same message gives the same body. Times belong in it only if the
        message carries them.
        """

    @abstractmethod
    def send(self, body: str, *, key: str) -> Receipt:
        """
        Say it once, within ``deadline``.

        Args:
            body: What ``write`` gave, maybe days ago and in another process.
            key: The same for every try of one delivery (64 hex digits). Handed to the
                remote side wherever that side can recognise a repeat.

        Raises:
            NotSentError: It never left, or we were asked to slow down.
            InDoubtError: It left and no verdict came back.
            RejectedError: The remote side refused it.
        """

    @property
    def configured_limits(self) -> Limits:
        """The limits, where a key of ``config.toml`` changes them."""
        return self.limits

    def close(self) -> None:
        """Give back what ``send`` opened."""


def as_json(fields: Mapping[str, object]) -> str:
    """Write a body as JSON in one fixed spelling, so that its hash can be compared."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
