"""
What a recording in a folder of the site is: its type, told by its bytes, and its length.

Source of the marks: id3.org, RFC 3533 (Ogg), RFC 9559 (Matroska), ISO 14496-12 (MP4),
mimesniff.spec.whatwg.org.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from syndicate.config import Config
from syndicate.fetch.files import opened, path_on_site
from syndicate.model import Enclosure, Entry

HEAD = 512
MARKS = (
    (0, b"ID3", "audio/mpeg"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftypM4B", "audio/mp4"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"fLaC", "audio/flac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"%PDF-", "application/pdf"),
)
"""Offset, bytes, type; the first that fits."""

SYNC = 0xFFE0  # eleven bits that begin a frame of MPEG audio
LAYER = 0x0006  # none there: AAC


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What a file turned out to be."""

    type: str | None  # None: its bytes do not tell
    length: int  # bytes


def with_recordings(entry: Entry, config: Config) -> Entry:
    """Measure the recordings of an entry that was just made."""
    if not entry.enclosures:
        return entry
    url, folders = config.site.url, config.files_dirs
    found = tuple(measured(each, url, folders) for each in entry.enclosures)
    return replace(entry, enclosures=found)


def measured(enclosure: Enclosure, site_url: str, folders: Sequence[Path]) -> Enclosure:
    """
    Say of a recording what its file says, where it lies in a folder of the site.

    Args:
        enclosure: As the author wrote it down. What the file says counts before that.
        site_url: Path included, without the closing slash.
        folders: Where the site's files lie; the first that has it counts.
    """
    path = path_on_site(enclosure.url, site_url)
    found = measure_recording(path, folders) if path else None
    if found is None:
        return enclosure
    kind = found.type or enclosure.type
    return replace(enclosure, type=kind, length=found.length or None)


def measure_recording(path: str, folders: Sequence[Path]) -> Recording | None:
    """Measure a file of the site; ``None`` where no folder has it."""
    with opened(path, folders) as file:
        if file is None:
            return None
        kind = type_of(os.read(file, HEAD), name=path)
        return Recording(type=kind, length=os.fstat(file).st_size)


def type_of(head: bytes, *, name: str) -> str | None:
    """
    Tell a type by the first bytes.

    Args:
        head: 512 of them, or all there are.
        name: The file's. A container says what it is in; the ending, whether there is a
            picture: ``.m4a`` and ``.weba`` have none.
    """
    ending = name.rpartition(".")[2].lower()
    for offset, mark, kind in MARKS:
        if head.startswith(mark, offset):
            is_sound = kind == "video/mp4" and ending in {"m4a", "m4b"}
            return "audio/mp4" if is_sound else kind
    if head.startswith(b"OggS"):
        return "video/ogg" if b"\x80theora" in head else "audio/ogg"
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head:
        return "audio/webm" if ending == "weba" else "video/webm"
    frame = int.from_bytes(head[:2])
    if frame & SYNC == SYNC:
        return "audio/mpeg" if frame & LAYER else "audio/aac"
    return None
