"""
A message as text, escaped and counted; and as blocks, where it has a picture.

Source: docs.slack.dev/messaging/formatting-message-text, docs.slack.dev/reference/
block-kit/blocks (rich-text-block, image-block), …/reference/methods/chat.update
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import regex

from syndicate.channels.base import as_json
from syndicate.channels.text import clip, pieces
from syndicate.channels.text.headline import parted
from syndicate.model import Message

LONGEST_URL, LONGEST_ALT = 3_000, 2_000  # of an image block
LONGEST_TEXT = 3_000  # UTF-16 units; of a text object, and to be sure of a rich text
BRACKETED = re.compile("<([^<>]+)>")


def escaped(text: str) -> str:
    """Escape a text as Slack asks, its addresses in angle brackets."""
    return "".join(
        f"<{_plain(each.text)}>" if each.is_link else _plain(each.text)
        for each in pieces(text)
    )


def escaped_utf_16_units(text: str) -> int:
    """Count what Slack is sent, not what readers see: never fewer."""
    return _units(escaped(text))


def words(message: Message) -> dict[str, Any]:
    """
    Say a message: text without markup, and the card Slack makes of its address.

    A picture stands in place of the card; then ``text`` is what notifications say.
    """
    picture = _picture(message)
    has_picture = bool(picture)
    return {
        "mrkdwn": False,  # a title with asterisks reads as it was written
        "text": escaped(message.text),
        "unfurl_links": not has_picture,
        "unfurl_media": not has_picture,
        **({"blocks": [*_rich(message.text), *picture]} if has_picture else {}),
    }


def change(body: str) -> dict[str, Any]:
    """
    Give the fields of a body with which an earlier message is changed.

    ``chat.update`` knows neither ``mrkdwn`` nor ``unfurl_links``, and would read the text
    as if a person had typed it. Blocks stay as they were written, and so does the card.
    """
    fields = json.loads(body)
    blocks = fields.get("blocks") or _rich(_unescaped(fields["text"]))
    return {"text": fields["text"], "blocks": blocks}


def without_picture(body: str) -> str:
    """Give a body as it is where its message has no picture."""
    fields = json.loads(body)
    if "ts" in fields:  # it changes a message, whose older picture has to go
        words = [each for each in fields["blocks"] if each["type"] != "image"]
        return as_json(fields | {"blocks": words})
    del fields["blocks"]
    return as_json(fields | {"unfurl_links": True, "unfurl_media": True})


def _rich(text: str) -> list[dict[str, Any]]:
    """Give a text that is shown letter by letter, its addresses as links."""
    return [
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": _parts(share)}],
        }
        for share in _shares(text)
    ]


def _parts(text: str) -> list[dict[str, Any]]:
    return [
        {"type": "link", "url": each.text}
        if each.is_link
        else {"type": "text", "text": each.text}
        for each in pieces(text)
    ]


def _shares(text: str) -> Iterator[str]:
    """Part what is longer than a block, at a space, never inside an address or letter."""
    share: list[str] = []
    room = LONGEST_TEXT
    for letter in _letters(text):
        if share and _units(letter) > room:
            spaces = (at for at in range(len(share), 0, -1) if share[at - 1].isspace())
            end = next(spaces, len(share))
            yield "".join(share[:end])
            share = share[end:]
            room = LONGEST_TEXT - sum(map(_units, share))
        share.append(letter)
        room -= _units(letter)
    yield "".join(share)


def _letters(text: str) -> Iterator[str]:
    for each in pieces(text):
        yield from [each.text] if each.is_link else regex.findall(r"\X", each.text)


def _picture(message: Message) -> list[dict[str, Any]]:
    picture = message.picture
    if picture is None or len(picture.url) > LONGEST_URL:
        return []
    alt = picture.alt or parted(message)[0]  # it may not be empty
    return [
        {
            "type": "image",
            "image_url": picture.url,
            "alt_text": clip(alt, LONGEST_ALT),
        }
    ]


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescaped(text: str) -> str:
    text = BRACKETED.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
