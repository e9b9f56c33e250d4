"""A file's text, where it is a file: a pipe would keep whoever reads it waiting."""

import errno
import os
from pathlib import Path
from stat import S_ISREG

NOT_REGULAR = "not a regular file"


def read_regular(path: Path) -> str:
    """
    Read a file of UTF-8, with or without a BOM. Never waits for somebody to write it.

    Raises:
        OSError: It cannot be read, or is a pipe, a device, a folder.
        UnicodeDecodeError: It is not UTF-8.
    """
    with open(path, encoding="utf-8-sig", opener=_at_once) as file:
        if not S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, NOT_REGULAR, str(path))
        return file.read()


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK)
