"""
The file of those who subscribe to a webhook channel, a line each.

    # name     address                               secret
    acme       https://hooks.acme.example/syndicate  whsec_cHV0LXRoZS1rZXktaGVyZQ==

The name is how the ledger knows them: letters, digits, ``.``, ``_`` and ``-``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from syndicate.channels.hooks.signing import checked_secret, checked_url
from syndicate.words import SaidError

NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Where one of them is told."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


def read_recipients(path: Path) -> Mapping[str, Recipient]:
    """
    Read the file, where it has changed since it was last read.

    Raises:
        ValueError: A line is wrong, and which; nothing of it is repeated.
        OSError: The file cannot be read.
    """
    about = path.stat()
    return _read(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _: int, __: int) -> Mapping[str, Recipient]:
    found: dict[str, Recipient] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        try:
            name, recipient = _recipient(words)
        except ValueError:
            raise SaidError(
                "line {number} is not a name, an address and a secret", number=number
            ) from None
        if name in found:
            raise SaidError("line {number} has a name a second time", number=number)
        found[name] = recipient
    return found


def _recipient(words: list[str]) -> tuple[str, Recipient]:
    name, url, secret = words
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return name, Recipient(url=checked_url(url), secret=checked_secret(secret))
