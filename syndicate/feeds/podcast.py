"""
What players need beside the enclosure: Apple's elements and those of Podcasting 2.0.

They stand in RSS alone, and only in a feed with a recording that players take.
Source: podcasters.apple.com/support/823-podcast-requirements,
github.com/Podcastindex-org/podcast-namespace
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from syndicate.feeds.extension import Part, tame
from syndicate.feeds.feed import Feed
from syndicate.model import Enclosure, Entry, Episode

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
NAMESPACES = {"itunes": ITUNES, "podcast": PODCAST}

PLAYED = {".m4a", ".mp3", ".mov", ".mp4", ".m4v", ".pdf", ".epub"}
"""Endings that Apple takes; a feed that names others is refused."""

COVERS = {".jpeg", ".jpg", ".png"}
LONGEST = 255  # characters of an author
GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of ``podcast:guid``."""


def enclosure_of(entry: Entry) -> Enclosure | None:
    """
    Give the recording that RSS names: one of which length and type are known.

    Where there are several, such as the same in two forms, one that players take.
    """
    known = [each for each in entry.enclosures if each.type and each.length]
    played = (each for each in known if _ending(each.url) in PLAYED)
    return next(played, next(iter(known), None))


def is_podcast(feed: Feed) -> bool:
    """Tell whether a feed has a recording that players take."""
    return any(map(_is_played, feed.entries))


def feed_parts(feed: Feed, file: str) -> Iterator[Part]:
    """
    Say what directories ask of a feed.

    Args:
        feed: One with recordings.
        file: Name of its file.
    """
    podcast = feed.podcast
    yield Part(f"{ITUNES}author", _name(feed.author))
    yield Part(f"{ITUNES}category", attributes={"text": podcast.category})
    yield Part(f"{ITUNES}explicit", _word(is_so=podcast.is_explicit))
    if podcast.email:
        name, email = Part(f"{ITUNES}name", _name(feed.author)), podcast.email
        yield Part(f"{ITUNES}owner", parts=[name, Part(f"{ITUNES}email", email)])
    cover = next(filter(_is_cover, (podcast.image or "", feed.image or "")), None)
    if cover:
        yield Part(f"{ITUNES}image", attributes={"href": cover})
    folder = feed.root if feed.pages.number else feed.url
    address = (folder + file).partition("://")[2].rstrip("/")
    yield Part(f"{PODCAST}guid", str(uuid5(GUIDS, address)))


def entry_parts(entry: Entry) -> Iterator[Part]:
    """Say what players show of an entry: nothing where they do not take its recording."""
    chosen = enclosure_of(entry)
    if chosen is None or not _is_played(entry):
        return
    if chosen.duration:
        yield Part(f"{ITUNES}duration", str(chosen.duration))
    if entry.authors:
        yield Part(f"{ITUNES}author", _name(", ".join(entry.authors)))
    if entry.episode:
        yield from _of_apple(entry.episode)
        yield from _of_podcasting(entry.episode)


def _name(name: str) -> str:
    """Cut a name to what Apple takes, with what will make it look as it is."""
    return tame(name)[:LONGEST]


def _of_apple(episode: Episode) -> Iterator[Part]:
    if episode.is_explicit is not None:
        yield Part(f"{ITUNES}explicit", _word(is_so=episode.is_explicit))
    if episode.number:
        yield Part(f"{ITUNES}episode", str(episode.number))
    if episode.season:
        yield Part(f"{ITUNES}season", str(episode.season))
    if episode.kind:
        yield Part(f"{ITUNES}episodeType", episode.kind)
    if _is_cover(episode.image):
        yield Part(f"{ITUNES}image", attributes={"href": episode.image})


def _of_podcasting(episode: Episode) -> Iterator[Part]:
    if episode.chapters:
        about = {"url": episode.chapters, "type": "application/json+chapters"}
        yield Part(f"{PODCAST}chapters", attributes=about)
    for script in episode.transcripts:
        about = {"url": script.url, "type": script.type, "language": script.language}
        yield Part(f"{PODCAST}transcript", attributes=_said(about))
    for one in episode.persons:
        about = {"role": one.role, "img": one.image, "href": one.url}
        yield Part(f"{PODCAST}person", one.name, _said(about))


def _is_played(entry: Entry) -> bool:
    chosen = enclosure_of(entry)
    return chosen is not None and _ending(chosen.url) in PLAYED


def _is_cover(address: str) -> bool:
    return _ending(address) in COVERS


def _ending(address: str) -> str:
    return PurePosixPath(urlsplit(address).path).suffix.lower()


def _word(*, is_so: bool) -> str:
    return "true" if is_so else "false"


def _said(about: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in about.items() if value}
