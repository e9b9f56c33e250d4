"""What the feeds on the disk say, as one short digest for each: for whoever is to be told."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from syndicate.feeds.feed import formats


class Digests:
    """Of the feeds in one folder. Reads each file once for each time it changed."""

    def __init__(self, folder: Path, url: str) -> None:
        """Prepare; ``url`` is where readers fetch the folder, with the closing slash."""
        self._folder = folder
        self._url = url
        self._found: dict[str, str] = {}  # address to digest
        self._looked = False

    def look(self, changed: Iterable[str]) -> Mapping[str, str]:
        """
        Read the feeds among files that changed; the first time, all feeds there are.

        Args:
            changed: Names of files below the folder, gone ones among them.

        Returns:
            Address to SHA-256, of every feed. A file that cannot be read has none.
        """
        names = {each.file for each in formats()}
        changed = changed if self._looked else self._everything(names)
        for name in changed:
            if name.rpartition("/")[2] in names:
                self._read(name)
        self._looked = True
        return dict(self._found)

    def forget(self) -> None:
        """Look at everything again: it is not known which files changed."""
        self._found.clear()
        self._looked = False

    def _everything(self, names: Iterable[str]) -> Iterable[str]:
        for name in names:
            for path in self._folder.rglob(name):
                yield path.relative_to(self._folder).as_posix()

    def _read(self, name: str) -> None:
        address = self._url + quote(name)
        try:
            content = (self._folder / name).read_bytes()
        except OSError:
            self._found.pop(address, None)
        else:
            self._found[address] = sha256(content).hexdigest()
