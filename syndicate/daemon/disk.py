"""Whether a folder's disk takes what we write. It is tried: nothing else tells."""

import os
from contextlib import suppress
from pathlib import Path

PROBE = bytes(64 * 1024)
"""What is written: more than a page of a database or a small feed."""

NAMELESS = getattr(os, "O_TMPFILE", 0)  # Linux: the folder does not change by it


def refusal(folder: Path, *, nameless: bool = True) -> str:
    """
    Try to write into a folder, and leave nothing there.

    Args:
        folder: It may be missing; then that is the answer.
        nameless: Whether a file without a name is tried first.

    Returns:
        Why it cannot be written, in the words of the system; empty: it can.
    """
    try:
        _write(folder, nameless=nameless)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def free_bytes(folder: Path) -> int:
    """
    Give the room on a folder's disk that we may use.

    Raises:
        OSError: The folder is not there.
    """
    about = os.statvfs(folder)
    return about.f_bavail * about.f_frsize


def _write(folder: Path, *, nameless: bool) -> None:
    with suppress(IsADirectoryError, NotImplementedError):
        if NAMELESS and nameless:
            _fill(os.open(folder, NAMELESS | os.O_WRONLY, 0o600))
            return
    path = folder / f".syndicate-{os.getpid()}.probe"
    try:
        _fill(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    finally:
        path.unlink(missing_ok=True)


def _fill(file: int) -> None:
    try:
        rest = memoryview(PROBE)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)
