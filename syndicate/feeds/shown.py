"""
What is shown or played with an entry, in Media RSS: the same in every format of XML.

Source: rssboard.org/media-rss#media-content
"""

from collections.abc import Mapping, Sequence

from syndicate.feeds.extension import MEDIA, Part
from syndicate.model import Enclosure, Entry, Picture


def shown(entry: Entry) -> list[Part]:
    """Describe the recordings of an entry, then its picture."""
    pictures = [entry.picture] if entry.picture else []
    return [*map(_recording, entry.enclosures), *map(_picture, pictures)]


def _recording(enclosure: Enclosure) -> Part:
    kind = (enclosure.type or "").partition("/")[0]
    known = {
        "fileSize": enclosure.length,
        "type": enclosure.type,
        "medium": kind if kind in {"audio", "video"} else None,
        "duration": enclosure.duration,
    }
    return _content(enclosure.url, known)


def _picture(picture: Picture) -> Part:
    """Describe a picture as far as it was measured, with its alternative text."""
    measured = {
        "medium": "image",
        "fileSize": picture.length,
        "type": picture.type,
        "width": picture.width,
        "height": picture.height,
    }
    alt = Part(f"{MEDIA}description", picture.alt, {"type": "plain"})
    credit = Part(f"{MEDIA}credit", picture.credit)
    parts = [part for part in (alt, credit) if part.text]
    return _content(picture.url, measured, parts)


def _content(url: str, about: Mapping[str, object], parts: Sequence[Part] = ()) -> Part:
    said = {key: str(value) for key, value in about.items() if value}
    return Part(f"{MEDIA}content", attributes={"url": url} | said, parts=parts)
