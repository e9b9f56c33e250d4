"""
The terminal: one line for each alert.

The kind to start with, and to rehearse with: no account, no network.
"""

import sys
from datetime import timedelta
from typing import ClassVar, Literal

from syndicate.channels.base import Channel
from syndicate.config import Section
from syndicate.errors import InDoubtError
from syndicate.model import Limits, Memory, Message, Receipt

REFERENCE = 8  # hex digits of the key that stand on the line


class LogConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "log"``."""

    stream: Literal["stderr", "stdout"] = "stderr"
    """Where the line goes. Beside ``--json``, standard output holds nothing else."""


class Log(Channel[LogConfig]):
    """
    The terminal syndicate runs in.

    A line that appears twice harms nobody, and its reference tells that it is the same
    alert. So the channel says that it knows its keys for ever, and a crash in the
    middle of a line ends in a second line, not in a question to a person.
    """

    Config: ClassVar[type[LogConfig]] = LogConfig
    limits: ClassVar[Limits] = Limits(
        text=1_000,
        memory=Memory.KEYED,
        remembers_key_for=timedelta(days=3_650),
    )
    template: ClassVar[str] = "{title}\n{url}"

    def write(self, message: Message) -> str:  # noqa: D102
        lines = [line.strip() for line in message.text.splitlines() if line.strip()]
        return f"{message.severity}  {'  '.join(lines)}"

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        reference = key[:REFERENCE]
        stream = getattr(sys, self.config.stream)
        line = f"alert {reference}  {body}\n"
        encoding = stream.encoding or "utf-8"
        try:
            # One call, so that lines of other threads do not come in between.
            stream.write(line.encode(encoding, "backslashreplace").decode(encoding))
            stream.flush()
        except (OSError, ValueError) as error:  # the latter once it is closed
            raise InDoubtError(f"{self.config.stream}: {error}") from error
        return Receipt(remote_id=reference)
