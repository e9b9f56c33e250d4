"""What a picture measures that lies in a folder of the site."""

import os
from collections.abc import Sequence
from pathlib import Path

from syndicate.fetch.files import opened
from syndicate.fetch.sizes import measure
from syndicate.model import Measure

HEAD = 1 << 16
"""Bytes that tell nearly every picture's size. Some have a colour profile before it."""

MOST = 5 << 20
"""Bytes that are read of one picture, at most."""


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
