"""
Puts files where readers fetch them: whole, synced, and only when they changed.

A reader, a crash or a power cut meets the old file or the new one, never a part. All
files are written aside before the first is renamed, so a full disk changes nothing.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from syndicate.feeds.edition import Edition, Fault

Files = Mapping[str, bytes] | Iterable[tuple[str, bytes]]
"""Name, relative to the folder of feeds and with "/", to content."""


def publish(folder: Path, files: Files, *, fault: Fault | None = None) -> list[str]:
    """
    Write the files that differ from those on disk.

    Publishers of one folder, in any process, go one after the other. What a crash left
    behind is removed. Files that are not named are left alone.

    Args:
        folder: Made when missing.
        files: What to write. Pairs are taken one by one and not kept, so there may be
            more than memory holds.
        fault: Asked about each file that would be replaced. The old one stays where
            there is a fault, and the log names it.

    Returns:
        The names that changed, in the order given.

    Raises:
        SetupError: The disk refused; says the file and the reason. The last good files
            stay. (Where a rename is what failed, files before it are the new ones.)
        ValueError: A name leads out of the folder, or is hidden.
    """
    pairs = files.items() if isinstance(files, Mapping) else files
    with Edition(folder, fault=fault) as edition:
        for name, content in pairs:
            edition.add(name, content)
        return edition.show()
