"""The folder of posts, beside what is known of its files."""

from collections.abc import Callable, Iterable, Mapping

from syndicate.app.planning import Changes
from syndicate.app.reading import Seen
from syndicate.app.shelf import Shelf
from syndicate.config import Config
from syndicate.posts.changes import changes, gone
from syndicate.posts.stat import Stat
from syndicate.posts.watch import scan, stat_of


class Folder:
    """Of one application. It changes nothing, and remembers nothing of its own."""

    def __init__(self, config: Config, shelf: Shelf) -> None:
        """``shelf`` knows the files as they were at the last look."""
        self._config = config
        self._shelf = shelf

    def scan(self, give_way: Callable[[], None] = lambda: None) -> Changes:
        """
        Look at the whole folder and give what changed since the last look.

        Any thread may ask.

        Args:
            give_way: Called every few files.

        Raises:
            SetupError: The folder cannot be read; nothing counts as gone.
        """
        root, folders = self._config.posts_dir, self._config.posts_folders
        return self.compare(scan(root, folders, give_way=give_way), give_way)

    def compare(
        self, there: Mapping[str, Stat], give_way: Callable[[], None] = lambda: None
    ) -> Changes:
        """Give what changed in the folder, as ``scan`` found it, since the last look."""
        files, here = dict(self._shelf.files), set(self._shelf.here)
        if not files and not here:
            return there
        found = changes(files, there, give_way=give_way)
        lost = gone(here, there)
        return dict.fromkeys(lost) | found if lost else found

    def stat(self, path: str) -> Stat | None:
        """Look at one file. ``None``: it is not there."""
        return stat_of(self._config.posts_dir, path)

    def left(self, seen: Iterable[Seen], changed: Changes) -> list[str]:
        """
        Give the paths that new posts may have come from and that are gone by now.

        The two events of one rename may come in any order, and apart.
        """
        here = self._shelf.here
        new = [each.post for each in seen if each.post and each.path not in here]
        if not new:
            return []
        looks = self._shelf.alike(new)
        return [p for p in looks if p not in changed and self.stat(p) is None]
