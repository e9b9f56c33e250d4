"""
Microsoft Teams, by a workflow: "When a Teams webhook request is received".

Source: learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to
(connectors-using); adaptivecards.io/explorer
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import AliasChoices, Field

from syndicate.channels.base import as_json
from syndicate.channels.text import Piece, clip, pieces
from syndicate.channels.text.headline import heading, parted
from syndicate.channels.wire import HttpChannel
from syndicate.config import SecretAddress, Section
from syndicate.model import Limits, Memory, Message, Rate, Receipt, Unit

Part = dict[str, Any]

CARD = "application/vnd.microsoft.card.adaptive"
LONGEST_ALT = 1_000  # UTF-16 units
ISO_639_1 = 2  # letters
LARGEST = 28_000  # bytes of a message


class TeamsConfig(Section):
    """Keys of a ``[[channels]]`` table with ``kind = "teams"``."""

    url: SecretAddress = Field(
        validation_alias=AliasChoices("url", "webhook_url", "base_url")
    )
    """The workflow's address. A secret: whoever has it can post."""


class Teams(HttpChannel[TeamsConfig]):
    """One workflow. What becomes of what it accepted, it does not say."""

    Config: ClassVar[type[TeamsConfig]] = TeamsConfig
    # A third of the 28 kB a message may have: the rest is the card around the words.
    limits: ClassVar[Limits] = Limits(text=9_000, unit=Unit.BYTES, memory=Memory.BLIND)
    rate = Rate(count=4, per=timedelta(seconds=1))
    speaks_json: ClassVar[bool] = False
    accepts: ClassVar[Collection[bytes]] = (b"",)

    def write(self, message: Message) -> str:  # noqa: D102
        picture = list(_picture(message))
        written = _written([*_paragraphs(message), *picture], message)
        if len(written.encode()) <= LARGEST:
            return written
        return _written([_undivided(message), *picture], message)

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        url = self.config.url.get_secret_value()
        self.post(url, body, headers={"Content-Type": "application/json"})
        return Receipt(remote_id=key)

    def secrets(self) -> list[str]:
        """Add the parts of the address that may be repeated without the host."""
        url = urlsplit(self.config.url.get_secret_value())
        signature = [value for _, value in parse_qsl(url.query)]
        return [*super().secrets(), url.path, url.query, *signature]


def _written(body: list[Part], message: Message) -> str:
    card: Part = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": clip(parted(message)[0], LONGEST_ALT),
        "msteams": {"width": "Full"},
        "body": body,
    }
    language = message.language.partition("-")[0].lower()
    if len(language) == ISO_639_1:  # or the whole card may count as wrong
        card["lang"] = language
    attachment = {"contentType": CARD, "contentUrl": None, "content": card}
    return as_json({"type": "message", "attachments": [attachment]})


def _paragraphs(message: Message) -> Iterator[Part]:
    """Give a block for each paragraph: text that is not read as Markdown, and links."""
    title = heading(message)
    rest = message.text.removeprefix(title)
    head: list[Part] = []
    if title:
        bold = {"weight": "Bolder", "size": "Medium"}
        head = [{"type": "TextRun", "text": title, **bold}]
    for paragraph in rest.split("\n\n"):
        inlines = head + [_run(each) for each in pieces(paragraph)]
        head = []
        if inlines:
            yield {"type": "RichTextBlock", "inlines": inlines}


def _undivided(message: Message) -> Part:
    """Give the words as one block, where those of a hundred paragraphs weigh too much."""
    before, link, after = message.text.partition(message.link or "\0")
    parts = [(before, False), (link, True), (after, False)]
    pieces = (Piece(text=text, start=0, is_link=link) for text, link in parts if text)
    return {"type": "RichTextBlock", "inlines": [_run(each) for each in pieces]}


def _run(piece: Piece) -> Part:
    run: Part = {"type": "TextRun", "text": piece.text}
    if piece.is_link:
        run["underline"] = True
        run["selectAction"] = {"type": "Action.OpenUrl", "url": piece.text}
    return run


def _picture(message: Message) -> Iterator[Part]:
    if message.picture:
        alt = clip(message.picture.alt or parted(message)[0], LONGEST_ALT)
        yield {"type": "Image", "url": message.picture.url, "altText": alt}
