"""
Reads a file of the posts folder, and nothing else.

Whoever can write into the folder must not make us read elsewhere, wait for ever or
fill the memory: a symbolic link, a FIFO and a file of many megabytes are refused. Every
folder on the way is opened from the one before it, so that none can be swapped for a
link in between.
"""

import errno
import os
from pathlib import Path
from stat import S_ISREG

from syndicate.errors import PostError
from syndicate.posts.problems import Fault, describe
from syndicate.words import Said, Word

MOST = 4 << 20
"""Longest post, in bytes."""

FILE = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
FOLDER = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_DIRECTORY


def read_file(root: Path, path: str, *, shown: str = "") -> bytes:
    """
    Read a post's bytes.

    Args:
        root: The posts folder. It may itself be reached by a symbolic link.
        path: Below ``root``, with ``/``. As the system gave it: bytes that are no UTF-8
            are surrogates.
        shown: As the problem names it; else from the folder's own name on, such as
            ``_posts/2024-05-18-a.md``.

    Raises:
        PostError: It is missing, leads out of the folder, is no regular file, is
            longer than 4 MiB, or may not be read.
    """
    shown = shown or f"{root.name}/{path}"
    if not is_text(path):
        raise _refused(shown, "SL008")
    try:
        return _read_below(root, path)
    except Fault as fault:
        raise _refused(shown, fault.code, **fault.words) from None
    except OSError as error:
        code = _code(error.errno, root / path)
        reason = Said(os.strerror(error.errno or 0).lower())
        raise _refused(shown, code, reason=reason) from error
    except ValueError:  # a NUL in the path
        raise _refused(shown, "SL001") from None


def _refused(shown: str, code: str, **words: Word) -> PostError:
    return PostError(describe(code, shown, words=words))


def is_text(path: str) -> bool:
    """Tell whether a path can be written down: bytes that are no UTF-8 cannot."""
    if path.isascii():
        return True
    try:
        path.encode()
    except UnicodeEncodeError:  # a surrogate
        return False
    return True


def open_below(root: Path, path: str) -> int:
    """
    Open a file to read, step by step from a folder, through no symbolic link.

    Args:
        root: The folder. It may itself be reached by a symbolic link.
        path: Below it, with ``/``.

    Returns:
        The file's number; the caller closes it. It may be no regular file.

    Raises:
        OSError: It cannot be opened, or a step of the way is a link.
        Fault: It leads out of the folder.
    """
    *folders, name = path.split("/")
    if ".." in path and ".." in {*folders, name}:
        raise Fault("SL001")
    if not folders:  # nothing on the way that could be swapped
        return os.open(f"{root}/{name}", FILE)
    at = os.open(root, FOLDER & ~os.O_NOFOLLOW)
    try:
        for folder in folders:
            at, above = os.open(folder, FOLDER, dir_fd=at), at
            os.close(above)
        return os.open(name, FILE, dir_fd=at)
    finally:
        os.close(at)


def _read_below(root: Path, path: str) -> bytes:
    file = open_below(root, path)
    try:
        return _read(file)
    finally:
        os.close(file)


def _read(file: int) -> bytes:
    found = os.fstat(file)
    if not S_ISREG(found.st_mode):
        raise Fault("SL002")
    size = found.st_size
    content = _all(file, size) if size <= MOST else b""
    if max(size, len(content)) > MOST:
        raise Fault("SL004", limit=f"{MOST:,}")
    return content


def _all(file: int, size: int) -> bytes:
    """Read a file to its end, or one byte more than is allowed."""
    # One byte more than it should have: as many as it has are all, without a second call.
    read = os.read(file, size + 1)
    if len(read) == size:
        return read
    parts, room = [read], MOST + 1 - len(read)
    while read and room > 0:
        read = os.read(file, min(room, MOST))
        parts.append(read)
        room -= len(read)
    return b"".join(parts)


def _code(number: int | None, path: Path) -> str:
    """Name what stood in the way. A link to a folder is reported as "not a folder"."""
    match number:
        case errno.ELOOP:
            return "SL003"
        case errno.ENOTDIR if any(step.is_symlink() for step in path.parents):
            return "SL003"
        case errno.ENOENT | errno.ENOTDIR:
            return "SL001"
        case errno.ENXIO:  # a socket
            return "SL002"
        case _:
            return "SL005"
