"""
What a picture measures: in a folder of the site, or over the network.

A file is only looked for below the folders the site serves. A symbolic link may lead
about in there, and never out of it.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISREG
from urllib.parse import unquote, urlsplit

from syndicate.fetch.ask import Asker, FetchError
from syndicate.fetch.sizes import measure
from syndicate.model import Measure
from syndicate.posts.files import open_below

HEAD = 1 << 16
"""Bytes that tell nearly every picture's size. Some have a colour profile before it."""

MOST = 5 << 20
"""Bytes that are read of one picture, at most."""

OK = 200


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


def measure_file(path: str, folders: Sequence[Path]) -> Measure | None:
    """
    Measure a picture of the site.

    Args:
        path: As ``path_on_site`` gives it.
        folders: Where the site's files lie; the first that has it counts.

    Returns:
        ``None`` where none of them has such a file, or it is no picture.
    """
    for folder in folders:
        try:
            root = folder.resolve()
            below = (root / path).resolve(strict=True).relative_to(root)
            file = open_below(root, below.as_posix())
        # No such file; outside of the folder, a loop of links, links swapped since.
        except (OSError, ValueError, RuntimeError):
            continue
        try:
            return _measure_open(file)
        finally:
            os.close(file)
    return None


def _measure_open(file: int) -> Measure | None:
    about = os.fstat(file)
    if not S_ISREG(about.st_mode):
        return None
    try:
        head = os.read(file, HEAD)
        found = measure(head, length=about.st_size)
        if found and found.width is None and len(head) == HEAD:
            head += os.read(file, MOST - HEAD)
            found = measure(head, length=about.st_size)
    except OSError:
        return None
    return found


def measure_remote(url: str, asker: Asker) -> Measure:
    """
    Measure a picture over the network.

    Raises:
        FetchError: There is no answer, or none that is a picture.
    """
    answer = asker.ask(url, most=MOST, accept="image/*")
    host = urlsplit(answer.url).netloc
    if answer.status != OK:
        raise FetchError(f"{host}: HTTP {answer.status}")
    if answer.encoding:
        raise FetchError(f"{host}: sent as {answer.encoding}, which was not asked for")
    found = measure(answer.content, length=answer.length)
    if found is None:
        raise FetchError(f"{host}: what stands there is no picture")
    return found
