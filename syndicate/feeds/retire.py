"""
Retires feeds: a topic that has no posts any more has no feed.

Its files go, its folder stays empty: so the web server knows that there was a feed.
"""

from collections.abc import Iterable
from pathlib import Path

from syndicate.errors import SetupError
from syndicate.feeds.feed import formats
from syndicate.feeds.opml import FILE, folders_in
from syndicate.words import Said


def listed(folder: Path) -> set[str]:
    """Give the folders of topics that the OPML on the disk lists."""
    try:
        return set(folders_in((folder / FILE).read_bytes()))
    except OSError:
        return set()


def retire(folder: Path, gone: Iterable[str]) -> None:
    """
    Remove the files of feeds. What syndicate did not write there is left alone.

    Args:
        folder: The folder of feeds.
        gone: Folders of topics, below it.

    Raises:
        SetupError: The disk refused.
    """
    for name in gone:
        for each in formats():
            path = folder / name / each.file
            try:
                path.unlink(missing_ok=True)
            except NotADirectoryError:
                continue  # somebody put a file where the folder was
            except OSError as error:
                reason = Said(error.strerror or str(error))
                raise SetupError(
                    "cannot remove {path}: {reason}", path=path, reason=reason
                ) from error
