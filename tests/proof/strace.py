"""What strace writes down, read back."""

import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

CALLS = (
    *("pwrite64", "fdatasync", "sendto", "recvfrom", "rename"),
    *("write", "ftruncate", "openat", "unlink", "fsync"),
)
FILES = "openat"
"""Only those of the site count: an interpreter opens much of its own."""


def require_strace() -> None:
    """Fail where there is none: what was not run is not proved."""
    assert shutil.which("strace"), "not run: there is no strace; `make full-setup`"


def numbers(log: Path, *, below: Path) -> Mapping[str, Sequence[int]]:
    """
    Give, by call, the numbers of those a site's life makes, as ``when=`` counts them.

    Args:
        log: Of a whole life.
        below: The site.
    """
    count: Counter[tuple[str, str]] = Counter()
    found: dict[str, list[int]] = defaultdict(list)
    first = ""
    for line in log.read_text("utf-8", "replace").splitlines():
        match = re.match(r"(\d+) +(\w+)\(", line)
        if match is None:
            continue
        thread, name = match.groups()
        first = first or thread
        count[thread, name] += 1
        number = count[thread, name]
        # Threads are counted apart, and how they share work is another each time.
        counts = (thread == first or number == 1) and number not in found[name]
        if counts and (name != FILES or f'"{below}' in line):
            found[name].append(number)
    return found
