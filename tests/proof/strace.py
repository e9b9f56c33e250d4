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
    count: Counter[str] = Counter()
    found: dict[str, list[int]] = defaultdict(list)
    for line in log.read_text("utf-8", "replace").splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if match is None:
            continue
        name = match[1]
        count[name] += 1
        if name != FILES or f'"{below}' in line:
            found[name].append(count[name])
    return found
