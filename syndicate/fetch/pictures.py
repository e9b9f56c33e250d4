"""What a picture measures: in a folder of the site, or over the network."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from syndicate.fetch.ask import Asker, FetchError
from syndicate.fetch.files import opened
from syndicate.fetch.sizes import measure
from syndicate.model import Measure

HEAD = 1 << 16
"""Bytes that tell nearly every picture's size. Some have a colour profile before it."""

MOST = 5 << 20
"""Bytes that are read of one picture, at most."""

OK = 200


def measure_file(path: str, folders: Sequence[Path]) -> Measure | None:
    """
    Measure a picture of the site.

    Args:
        path: As ``path_on_site`` gives it.
        folders: Where the site's files lie; the first that has it counts.

    Returns:
        ``None`` where none of them has such a file, or it is no picture.
    """
    with opened(path, folders) as file:
        return _measure_open(file) if file is not None else None


def _measure_open(file: int) -> Measure | None:
    length = os.fstat(file).st_size
    try:
        head = os.read(file, HEAD)
        found = measure(head, length=length)
        if found and found.width is None and len(head) == HEAD:
            found = measure(head + os.read(file, MOST - HEAD), length=length)
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
