"""
The file of those who subscribe to a webhook channel, a line each.

    # name     address                               secret
    acme       https://hooks.acme.example/syndicate  whsec_cHV0LXRoZS1rZXktaGVyZQ==

The name is how the ledger knows them: letters, digits, ``.``, ``_`` and ``-``.

An editor empties a file and then fills it again. So a file that was changed a moment ago
proves nothing: who is to be told is read once it lies still, and while it does not, of a
last line without its end nothing is believed.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from syndicate.channels.hooks.signing import checked_secret, checked_url
from syndicate.errors import NotSentError, RejectedError, SetupError
from syndicate.words import SaidError

NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
OWN = "-"
"""The receiver ``config.toml`` names, among the recipients."""

REST = 2.0  # seconds a file lies still before it says who is to be told
PATIENCE = 10.0  # seconds it is waited for
A_LOOK = 0.05  # seconds between two looks while it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Where one of them is told."""

    url: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Roll:
    """All recipients of a channel: the one of ``config.toml``, and those of a file."""

    path: Path
    own: Recipient

    def names(self) -> Sequence[str]:
        """
        Name them as the file stands once it lies still.

        Raises:
            SetupError: It cannot be used.
        """
        while True:
            with _said():
                wait_for_rest(self.path)
                names = (OWN, *read_recipients(self.path))
            if not is_changing(self.path):
                return names

    def find(self, name: str) -> Recipient:
        """
        Give one of them as the file stands now.

        Raises:
            RejectedError: There is none of that name any more.
            NotSentError: There is none, and the file is being changed.
            SetupError: It cannot be used.
        """
        with _said():
            listed = read_recipients(self.path)
        found = self.own if name == OWN else listed.get(name)
        if found is None and is_changing(self.path):
            raise NotSentError(
                "the file of recipients is being changed",
                retry_after=timedelta(seconds=REST),
            )
        if found is None:
            raise RejectedError("no recipient of that name any more")
        return found


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise SetupError(
            "the file of recipients cannot be used: {reason}", reason=str(error)
        ) from None


def read_recipients(path: Path) -> Mapping[str, Recipient]:
    """
    Read the file, where it has changed since it was last read.

    Raises:
        ValueError: A line is wrong, and which; nothing of it is repeated.
        OSError: The file cannot be read.
    """
    about = path.stat()
    state = (about.st_ino, about.st_mtime_ns, about.st_size)
    return _read(path, state, is_whole=not is_changing(path))


def is_changing(path: Path) -> bool:
    """Tell whether a file was changed a moment ago, or is away."""
    return _unrest(path) > 0


def wait_for_rest(path: Path, *, patience: float = PATIENCE) -> None:
    """
    Wait until a file lies still: two seconds at most, if it is not changed again.

    Raises:
        ValueError: It is changed again and again.
    """
    until = time.monotonic() + patience
    left = REST  # for one that is away, and comes back under its name
    while (wait := _unrest(path)) and left > 0:
        if time.monotonic() > until:
            raise SaidError("it is changed again and again")
        time.sleep(min(wait, A_LOOK))
        left = left - A_LOOK if not path.exists() else REST


def _unrest(path: Path) -> float:
    """Give the seconds until a file lies still; none where its time is one to come."""
    try:
        age = time.time() - path.stat().st_mtime
    except OSError:
        return REST
    return REST - age if 0 <= age < REST else 0


@lru_cache(maxsize=8)
def _read(path: Path, _: tuple[int, ...], *, is_whole: bool) -> Mapping[str, Recipient]:
    content = path.read_text("utf-8")
    if not is_whole:
        content = content[: content.rfind("\n") + 1]
    found: dict[str, Recipient] = {}
    for number, line in enumerate(content.splitlines(), 1):
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
