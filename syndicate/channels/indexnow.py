"""
IndexNow: search engines are told which posts are new, changed or gone.

One of them is enough, it tells the others. Source: indexnow.org/documentation
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, Field, StringConstraints

from syndicate.channels.base import Hears, Hub, as_json
from syndicate.channels.wire import HttpChannel
from syndicate.config import Section
from syndicate.config.values import Endpoint
from syndicate.model import Limits, Memory, Message, Receipt, Unit
from syndicate.words import SaidError

MOST = 10_000  # addresses in one request

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,128}$")]


def _is_file(address: str) -> str:
    if urlsplit(address).path in {"", "/"}:
        raise SaidError("write the whole address of the file that holds the key")
    return address


class IndexNowConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "indexnow"``."""

    key: Key
    """8 to 128 letters, digits and hyphens of your choice. Anyone may read it."""

    key_location: Annotated[Endpoint, AfterValidator(_is_file)] | None = None
    """Address of the file that holds the key. Default: ``/KEY.txt`` on the site."""

    engine: Endpoint = Field(
        default="https://api.indexnow.org/indexnow",
        validation_alias=AliasChoices("engine", "base_url"),
    )
    """The search engine's address, such as ``https://searchadvisor.naver.com/indexnow``."""


class IndexNow(HttpChannel[IndexNowConfig], Hub):
    """A search engine that looks again at the addresses it is told, when it likes."""

    Config: ClassVar[type[IndexNowConfig]] = IndexNowConfig
    limits: ClassVar[Limits] = Limits(
        text=2_048, unit=Unit.BYTES, memory=Memory.HARMLESS
    )
    speaks_json: ClassVar[bool] = False
    hears: ClassVar[Hears] = Hears.POSTS

    def announce(self, addresses: Sequence[str]) -> list[str]:
        """Give one body for each host, and for each ten thousand addresses."""
        of_host: defaultdict[str, list[str]] = defaultdict(list)
        for each in addresses:
            of_host[urlsplit(each).netloc].append(each)
        return [
            self._body(host, some[start : start + MOST])
            for host, some in of_host.items()
            for start in range(0, len(some), MOST)
        ]

    def _body(self, host: str, addresses: Sequence[str]) -> str:
        fields = {"host": host, "key": self.config.key, "urlList": addresses}
        if self.config.key_location:
            fields["keyLocation"] = self.config.key_location
        return as_json(fields)

    def addresses(self, body: str) -> list[str]:  # noqa: D102
        found: list[str] = json.loads(body)["urlList"]
        return found

    def write(self, message: Message) -> str:
        """Say that the address of ``message`` has changed; its words are for people."""
        return "".join(self.announce([message.link] if message.link else []))

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        headers = {"Content-Type": "application/json; charset=utf-8"}
        self.post(self.config.engine, body, headers=headers)
        return Receipt(remote_id=key)
