"""
The gate: a new file is read back before it replaces the old one.

What fails stays out, the last good file stands, and the reason is named. A feed passes
when it is well-formed, each of its entries has an identity that no other has, and it
does not lose most of its entries at a stroke. A loss that lasts is believed: posts that
were away, as during a checkout, are back by then.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath

from lxml import etree

from syndicate.errors import Problem
from syndicate.feeds.archive import FOLDER as ARCHIVE
from syndicate.feeds.feed import Format, formats

LEAST = 5
"""Entries whose loss may be an accident. Fewer go at once."""

HELD = 600
"""Seconds a loss must last to be believed."""


class Gate:
    """Judges new files by those that readers have. One thread owns it."""

    def __init__(
        self,
        folder: Path,
        *,
        called: Path,
        full: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """
        Stand before a folder.

        Args:
            folder: Where readers fetch files.
            called: What people call it.
            full: Entries of a feed that cannot hold more.
            clock: Seconds that never go back.
        """
        self._folder = folder
        self._called = called
        self._full = full
        self._clock = clock
        self._counts: dict[str, int] = {}  # entries of files that passed
        self._since: dict[str, float] = {}  # losses, by name
        self.problems: dict[str, Problem] = {}  # of this round, by name

    def open(self) -> None:
        """Begin a round: what is sound by now is not asked about again."""
        self._since = {n: t for n, t in self._since.items() if n in self.problems}
        self.problems = {}

    def forget(self, folders: Iterable[str]) -> None:
        """Forget how many entries files in folders have: those judged are not shown."""
        for folder in folders:
            for each in formats():
                self._counts.pop(folder + each.file, None)

    def is_shut(self, folder: str) -> bool:
        """Tell whether a file directly in a folder did not pass in this round."""
        return any(
            name.rpartition("/")[0] == folder.strip("/") for name in self.problems
        )

    def fault(self, name: str, content: bytes) -> str | None:
        """Judge a file as the function ``fault`` does, and by the one it would replace."""
        found, reason = _read(name, content)
        if reason:
            return self._shut(name, "FD001", reason=reason)
        if found is None or name.startswith(ARCHIVE):
            return None
        lost, before = self._lost(name, found)
        if lost:
            since = self._since.setdefault(name, self._clock())
            if self._clock() - since < HELD:
                return self._shut(name, "FD002", lost=lost, before=before)
        self._counts[name] = len(found)
        return None

    def _lost(self, name: str, found: Sequence[str]) -> tuple[int, int]:
        """Give how many entries would go, if that is most of them, and how many there are."""
        before = self._counts.get(name)
        if before is None:
            before = self._standing(name)
        lost = before - len(found)
        is_loss = lost >= LEAST and len(found) < min(self._full, before / 2)
        return (lost if is_loss else 0), before

    def _standing(self, name: str) -> int:
        """Count the entries of the file that readers have; a broken one protects none."""
        try:
            found, _ = _read(name, (self._folder / name).read_bytes())
        except OSError:
            return 0
        return len(found or ())

    def _shut(self, name: str, code: str, **words: str | int) -> str:
        problem = Problem(
            code=code, words={"name": name, **words}, file=str(self._called / name)
        )
        self.problems[name] = problem
        return problem.message


def fault(name: str, content: bytes) -> str | None:
    """
    Say what is wrong with a file, before readers meet it.

    Args:
        name: Relative to the folder of feeds.
        content: What it would say.

    Returns:
        The reason why it must not be published; ``None`` when it is sound.
    """
    return _read(name, content)[1]


def _read(name: str, content: bytes) -> tuple[Sequence[str] | None, str | None]:
    """Read a file back: the identities, where it is a feed, and what is wrong."""
    file = PurePosixPath(name).name
    how = _format(file)
    try:
        if how and how.identities:
            found = how.identities(content)
            return found, _doubled(found)
        if file.endswith((".xml", ".opml")):
            etree.fromstring(content)
    except (ValueError, etree.XMLSyntaxError) as error:
        return None, str(error)
    return None, None


def _format(file: str) -> Format | None:
    return next((each for each in formats() if each.file == file), None)


def _doubled(identities: Sequence[str]) -> str | None:
    known: set[str] = set()
    for identity in identities:
        if not identity:
            return "an entry has no identity"
        if identity in known:
            return f"two entries are {identity}"
        known.add(identity)
    return None
