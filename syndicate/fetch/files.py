"""
Files of the site, found by their address.

A file is only looked for below the folders the site serves. A symbolic link may lead
about in there, and never out of it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from urllib.parse import unquote

from syndicate.posts.files import open_below


def path_on_site(url: str, site_url: str) -> str | None:
    """
    Give the path of a file on the site, as a file would be named.

    Args:
        url: Absolute, percent-encoded.
        site_url: Path included, without the closing slash.

    Returns:
        ``images/땅.jpg``; ``None`` where the address is not on the site, or cannot be
        that of a file.
    """
    if not url.startswith(site_url + "/"):
        return None
    below = url[len(site_url) :].partition("#")[0].partition("?")[0]
    path = unquote(below).strip("/")
    return None if not path or "\0" in path or "\ufffd" in path else path


@contextmanager
def opened(path: str, folders: Sequence[Path]) -> Iterator[int | None]:
    """
    Open a file of the site while the block lasts.

    Args:
        path: As ``path_on_site`` gives it.
        folders: Where the site's files lie; the first that has it counts.

    Yields:
        The file's number; ``None`` where no folder has such a file.
    """
    file = _open(path, folders)
    if file is None:
        yield None
        return
    try:
        yield file if S_ISREG(os.fstat(file).st_mode) else None
    finally:
        os.close(file)


def _open(path: str, folders: Sequence[Path]) -> int | None:
    for folder in folders:
        try:
            (folder / path).stat()  # most are not there, and this tells it quickest
            root = folder.resolve()
            below = (root / path).resolve(strict=True).relative_to(root)
            return open_below(root, below.as_posix())
        # No such file; outside of the folder, a loop of links, links swapped since.
        except (OSError, ValueError, RuntimeError):
            continue
    return None
