"""
Recordings that belong to a post: what front matter names, as common podcast themes do.

    enclosure: {url: …, length: …, type: …}      or a list, or only the address
    audio: …   podcast_file: …   video: …        where the address is that of a recording

Nothing is measured here: a length is what the author wrote down, and so is a type, if
only as the ending of an address that stands for one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from syndicate.model import Enclosure
from syndicate.posts.addresses import on_site
from syndicate.posts.late import late

PLAIN = ("enclosure", "enclosures")
"""Keys that hold nothing but recordings, whatever their addresses look like."""

NAMED = (
    "audio audio_url audio_file audio_link podcast podcast_url podcast_file podcast_link"
    " episode_file video video_url video_file media media_url mp3 m4a".split()
)
"""Keys that may hold something else: a recording has an ending or a type that says so."""

KEYS = frozenset((*PLAIN, *NAMED))

ADDRESS = ("url", "src", "href", "file", "path", "link", "mp3", "m4a", "mp4", "ogg")
LENGTH = ("length", "size", "bytes", "filesize", "file_size", "size_in_bytes")
TYPE = ("type", "mime_type", "mime", "mimetype", "content_type")
DURATION = ("duration", "itunes_duration", "podcast_duration", "duration_in_seconds")
BESIDE_LENGTH = (
    "enclosure_length audio_length audio_size podcast_bytes podcast_length video_length"
    " filesize file_size".split()
)
BESIDE_TYPE = ("enclosure_type", "audio_type", "podcast_type", "video_type")

TYPES = {
    "aac": "audio/aac",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogv": "video/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}
"""Endings that leave no doubt."""

UNSURE = ("ogg", "webm")
"""Recordings, too; whether there is something to see they do not say."""

KIND = late(r"[a-z]+/[a-z0-9.+-]+")
CLOCK = late(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{2})(?:\.\d+)?")
SPAN = late(r"(?:pt)?(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+)s)?")
MOST = 1 << 50  # bytes


def enclosures(fields: Mapping[str, object], site_url: str) -> list[Enclosure]:
    """
    Find the recordings of a post.

    Args:
        fields: Front matter. An address may be relative to the site.
        site_url: Path included, without the closing slash.

    Returns:
        Each once, in the order they are written in. What stands beside the first of
        them (``duration``, ``podcast_bytes``) is said of that one.
    """
    found: dict[str, Enclosure] = {}
    for written, is_plain in _named(fields):
        made = _made(written, {} if found else _beside(fields), site_url)
        if made and (is_plain or _is_recording(made)):
            found.setdefault(made.url, made)
    return list(found.values())


def untold(fields: Mapping[str, object], site_url: str) -> str | None:
    """
    Give the key of a recording that no ``<enclosure>`` can carry: players miss it.

    That element wants an address, a length and a type. A file on the site is measured
    when it is shown; of others the author has to say.

    Returns:
        ``None`` where one recording can be carried, or where there is none.
    """
    found = enclosures(fields, site_url)
    for each in found:
        if (each.length and each.type) or each.url.startswith(f"{site_url}/"):
            return None
    keys = (*PLAIN, *NAMED) if found else PLAIN
    return next((key for key in keys if fields.get(key)), None)


def seconds(text: str) -> int | None:
    """Read a duration: ``1:02:03``, ``62:03``, ``3723``, ``PT1H2M3S``, ``62m 3s``."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) < len(str(MOST)):
        return int(text) or None
    match = CLOCK.fullmatch(text) or SPAN.fullmatch(re.sub(r"\s", "", text.lower()))
    if not match or not any(match.groups()):
        return None
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest or None


def _named(fields: Mapping[str, object]) -> Iterator[tuple[Mapping[str, object], bool]]:
    """Give what each key says as a mapping, and whether it can be nothing else."""
    for key in (*PLAIN, *NAMED):
        value = fields.get(key)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Mapping):
                yield each, key in PLAIN
            elif isinstance(each, str) and ("." in each or "/" in each):
                yield _in_lines(each), key in PLAIN


def _beside(fields: Mapping[str, object]) -> Mapping[str, object]:
    """Give the front matter, with what stands within ``itunes`` beside the rest."""
    within = fields.get("itunes")
    return {**fields, **within} if isinstance(within, Mapping) else fields


def _in_lines(text: str) -> Mapping[str, object]:
    """Read an address alone, or address, length and type as WordPress keeps them."""
    parts = text.split()
    if len(parts) > 1 and parts[1].isdecimal():
        return dict(zip(("url", "length", "type"), parts, strict=False))
    return {"url": text.strip()}


def _made(
    written: Mapping[str, object], beside: Mapping[str, object], site_url: str
) -> Enclosure | None:
    address = _first(written, ADDRESS)
    url = on_site(address.strip(), site_url) if address else None
    if not url:
        return None
    kind = _first(written, TYPE) or _first(beside, BESIDE_TYPE)
    kind = kind.partition(";")[0].strip().lower()
    return Enclosure(
        url=url,
        type=kind if KIND.fullmatch(kind) else TYPES.get(_ending(url)),
        length=_length(_first(written, LENGTH) or _first(beside, BESIDE_LENGTH)),
        duration=seconds(_first(written, DURATION) or _first(beside, DURATION)),
    )


def _is_recording(enclosure: Enclosure) -> bool:
    said = (enclosure.type or "").partition("/")[0]
    return said in {"audio", "video"} or _ending(enclosure.url) in {*TYPES, *UNSURE}


def _ending(url: str) -> str:
    name = url.partition("#")[0].partition("?")[0].rpartition("/")[2]
    return name.rpartition(".")[2].lower()


def _length(text: str) -> int | None:
    digits = text.replace(",", "").replace("_", "").strip()
    if not digits.isascii() or not digits.isdecimal() or len(digits) > len(str(MOST)):
        return None
    return int(digits) or None


def _first(fields: Mapping[str, object], keys: Sequence[str]) -> str:
    return next((v for key in keys if isinstance(v := fields.get(key), str) and v), "")
