"""What stands in the folder of feeds, as readers find it. Reads the disk and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from syndicate.config import Config
from syndicate.feeds.feed import Format, formats
from syndicate.feeds.opml import FILE, folders_in
from syndicate.feeds.partners.retire import FOLDER as PARTNERS
from syndicate.feeds.rss import FORMAT as RSS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One file of a feed."""

    name: str  # relative to the folder of feeds
    format: str  # "RSS 2.0"
    media_type: str
    address: str  # where readers fetch it
    entries: int | None  # None: it is not there, or cannot be read
    size: int | None  # bytes


def standing(config: Config) -> Iterator[Standing]:
    """List the site's feeds, those of the topics ``feeds.opml`` names, then partners'."""
    opml = _read(config, FILE)
    for folder in ["", *(folders_in(opml) if opml else [])]:
        for each in formats():
            yield _stands(folder + each.file, each, config)
    for partner in config.feeds.partners:
        yield _stands(f"{PARTNERS}/{partner.name}.xml", RSS, config)


def _stands(name: str, how: Format, config: Config) -> Standing:
    content = _read(config, name)
    return Standing(
        name=name,
        format=how.name,
        media_type=how.media_type,
        address=config.feeds_url + quote(name),
        entries=_count(how, content),
        size=None if content is None else len(content),
    )


def _count(how: Format, content: bytes | None) -> int | None:
    if content is None or how.identities is None:
        return None
    try:
        return len(how.identities(content))
    except ValueError:
        return None


def _read(config: Config, name: str) -> bytes | None:
    try:
        return (config.feeds_dir / name).read_bytes()
    except OSError:
        return None
