"""
Pictures, with what they measure.

    in a folder of the site    measured while the entry is made
    elsewhere                  as ``survey`` found them; the store remembers

Nothing here goes over the network.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from syndicate.config import Config
from syndicate.fetch.files import path_on_site
from syndicate.model import Entry, Measure, Picture

Remembered = Callable[[], Mapping[str, Measure]]
"""Gives what pictures elsewhere measured, by address."""

DOT = 1  # pixel


class Gallery:
    """Knows what pictures measure. One thread owns it; ``file_of`` any may ask."""

    def __init__(self, config: Config, remembered: Remembered) -> None:
        self._site_url = config.site.url
        self._folders = config.files_dirs
        self._remembered = remembered
        self._elsewhere: dict[str, Measure] | None = None

    def hang(self, entry: Entry) -> Entry:
        """Measure the picture of an entry that was just made."""
        picture = entry.picture
        found = picture and (self.file_of(picture) or self._known(picture))
        return measured(entry, found) if found else entry

    def recall(self, entry: Entry) -> Entry:
        """Do the same for an entry the store kept: what lay in a folder stands in it."""
        found = entry.picture and self._known(entry.picture)
        return measured(entry, found) if found else entry

    def learn(self, found: Mapping[str, Measure]) -> None:
        """Take in what a survey measured."""
        self._elsewhere = dict(self._all()) | dict(found)

    def file_of(self, picture: Picture) -> Measure | None:
        """Measure a picture that lies in a folder of the site."""
        path = path_on_site(picture.url, self._site_url)
        if path is None:
            return None
        # Most starts find nothing changed, and measure nothing.
        from syndicate.fetch.local import measure_file  # noqa: PLC0415

        return measure_file(path, self._folders)

    def _known(self, picture: Picture) -> Measure | None:
        return self._all().get(picture.url)

    def _all(self) -> Mapping[str, Measure]:
        if self._elsewhere is None:
            self._elsewhere = dict(self._remembered())
        return self._elsewhere


def measured(entry: Entry, found: Measure) -> Entry:
    """Give an entry with its picture measured."""
    picture = entry.picture and hung(entry.picture, found)
    return entry if picture == entry.picture else replace(entry, picture=picture)


def hung(picture: Picture, found: Measure) -> Picture | None:
    """
    Say of a picture what was measured.

    What the bytes do not tell, the author's own numbers still do. One pixel is there to
    count readers and stands for no post: ``None``.
    """
    if found.width == found.height == DOT:
        return None
    whole = found.width is not None
    return replace(
        picture,
        type=found.type,
        length=found.length,
        width=found.width if whole else picture.width,
        height=found.height if whole else picture.height,
    )
