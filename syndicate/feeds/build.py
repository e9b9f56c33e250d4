"""Entries to the bytes of every feed file. A bad entry costs only itself."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from syndicate.config import Config
from syndicate.feeds.clean import clean_entry
from syndicate.feeds.feed import Feed, Format, formats, site_feed
from syndicate.model import Entry

log = logging.getLogger(__name__)


def build_feeds(entries: Sequence[Entry], config: Config) -> dict[str, bytes]:
    """
    Write every feed in every format.

    The same entries and configuration give the same bytes, in any process, at any time.
    An entry that cannot be written is left out and named in the log.

    Args:
        entries: Newest first, as ``select`` gave their posts; each identity once. None
            at all still gives feeds, empty ones.
        config: Says who publishes, and where.

    Returns:
        File name, relative to the folder of feeds, to its content.
    """
    return dict(write_files(site_feed(list(cleaned(entries)), config)))


def write_files(feed: Feed, folder: str = "") -> Iterator[tuple[str, bytes]]:
    """
    Write a feed in every format, one at a time; names begin with ``folder``.

    A document of the archive is written in the formats that know of archives.
    """
    for each in formats():
        if each.is_archived or not feed.pages.number:
            yield folder + each.file, write_feed(each, feed)


def cleaned(
    entries: Iterable[Entry], *, clean: Callable[[Entry], Entry] = clean_entry
) -> Iterator[Entry]:
    """
    Give the entries that can stand in a feed, clean; the log names the others.

    Of two with one identity the first stays: readers would take them for one.

    Args:
        entries: In their order.
        clean: Cleans one; or remembers what ``clean_entry`` made of it.
    """
    known: set[str] = set()
    for entry in entries:
        try:
            sound = clean(entry)
        except (AttributeError, TypeError, ValueError) as error:
            log.warning("%s left out of every feed: %s", entry.identity, error)
            continue
        if sound.identity in known:
            log.warning("%s left out: another entry is %s", sound.link, sound.identity)
            continue
        known.add(sound.identity)
        yield sound


def write_feed(how: Format, feed: Feed) -> bytes:
    """
    Write a feed in one format.

    Where that fails, each entry is tried alone, and the feed is written without those
    that failed; they are named in the log.

    Raises:
        Exception: The format's own, if it fails without any of them.
    """
    try:
        return how.write(feed)
    except Exception:  # noqa: BLE001 - whatever one entry does, the others go out
        sound = [entry for entry in feed.entries if _is_sound(how, feed, entry)]
        return how.write(replace(feed, entries=sound))


def _is_sound(how: Format, feed: Feed, entry: Entry) -> bool:
    try:
        how.write(replace(feed, entries=[entry]))
    except Exception as error:  # noqa: BLE001 - as above
        log.warning("%s left out of %s: %s", entry.identity, how.file, error)
        return False
    return True
