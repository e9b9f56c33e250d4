"""The channel every documentation page begins with, as a channel of the tests."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import AliasChoices

from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Channel
from syndicate.channels.wire.session import Pocket, Session, SignsIn
from syndicate.model import Message

DOCS = Path(__file__).parents[2] / "docs" / "channels"
SESSION = Session(
    account="did:plc:sample",
    access="put-the-access-token-here",
    refresh="put-the-refresh-token-here",
)
KEY = "0123456789abcdef" * 4
SINCE = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)
MESSAGE = Message(
    text="[속보] 지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
)
COMMON = ("name", "kind", "template", "rate")


def page(kind: str) -> str:
    return (DOCS / f"{kind}.md").read_text("utf-8")


def sample(kind: str) -> dict[str, Any]:
    """Give the keys in the first example of a page."""
    example = re.search(r"```toml\n(.+?)```", page(kind), re.DOTALL)
    assert example, f"docs/channels/{kind}.md has no example"
    (table,) = tomllib.loads(example[1])["channels"]
    assert table["kind"] == kind
    return {key: value for key, value in table.items() if key not in COMMON}


def make(kind: str, url: str | None = None, **keys: Any) -> Channel[Any]:
    """Make the channel of a page, sending to ``url`` instead of the platform."""
    table = sample(kind) | keys
    if url is not None:
        for name in address_names(kind):
            table.pop(name, None)
        table["base_url"] = url
    found = find_channel(kind)
    channel = found(found.Config.model_validate(table))
    if isinstance(channel, SignsIn):  # and has done so: what follows is the message
        channel.safe = Pocket(SESSION)
    return channel


def address_names(kind: str) -> list[str]:
    """Give the names of the key that says where requests go; none for other kinds."""
    for name, key in find_channel(kind).Config.model_fields.items():
        alias = key.validation_alias
        names = (
            [str(c) for c in alias.choices] if isinstance(alias, AliasChoices) else []
        )
        if "base_url" in (name, *names):
            return names or [name]
    return []


def http_kinds() -> list[str]:
    return [kind for kind in built_in() if address_names(kind)]


def hurried(channel: Channel[Any], deadline: timedelta) -> Channel[Any]:
    channel.deadline = deadline
    channel.open()
    return channel
