"""
Who lives where: no two posts at one address, nor in one file name written two ways.

A page can be written once, and readers open one of two posts there; a Mac and a PC write
``강진.md`` in two forms of Unicode (NFD and NFC) that are one name to everybody else.
Who stands, stays; of newcomers the one that was seen first does, then the first by path.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from unicodedata import normalize

from syndicate.config import Config
from syndicate.errors import Problem
from syndicate.model import FiledPost, Post
from syndicate.posts.permalink import finish
from syndicate.posts.problems import describe

CLASHES = frozenset({"SL009", "SL010"})


class Homes:
    """Addresses and file names of the posts that stand. One thread owns it."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}  # those at one home, apart by NUL

    def rivals(
        self,
        filed: Iterable[FiledPost],
        *,
        standing: Mapping[str, FiledPost],
        free: Container[str] = (),
    ) -> dict[str, str]:
        """
        Tell which of some posts have to yield.

        Two posts that say two languages do not clash: a plugin keeps them apart.

        Args:
            filed: New and changed posts.
            standing: The posts that stand, by path.
            free: Paths whose post gives its home up until it claims it again: the file
                changed and can be read, or is gone.

        Returns:
            Path of each that yields, to the path of the one that stands.
        """
        newcomers = list(filed)
        if self._is_room(newcomers):
            return {}
        taken: dict[str, list[FiledPost]] = {}
        found: dict[str, str] = {}
        for newcomer in sorted(newcomers, key=self._rank):
            path = newcomer.post.path
            homes = _homes(path, newcomer.post.link)
            others = [
                other
                for home in homes
                for other in (
                    *taken.get(home, ()),
                    *(
                        standing[at]
                        for at in self._at(home)
                        if at != path and at not in free and at in standing
                    ),
                )
                if _clash(newcomer.post, other.post)
            ]
            if others:
                found[path] = others[0].post.path
            else:
                for home in homes:
                    taken.setdefault(home, []).append(newcomer)
        return found

    def _is_room(self, newcomers: Sequence[FiledPost]) -> bool:
        """Tell whether each has homes of its own, where nobody stands: most first runs."""
        homes = [
            home
            for filed in newcomers
            for home in _homes(filed.post.path, filed.post.link)
        ]
        wanted = set(homes)
        return len(wanted) == len(homes) and self._paths.keys().isdisjoint(wanted)

    def move_in(self, path: str, link: str) -> None:
        """Note that a post stands."""
        for home in _homes(path, link):
            self._paths[home] = "\0".join([*self._at(home), path])

    def move_out(self, path: str, link: str) -> None:
        """Note that it does so no more."""
        for home in _homes(path, link):
            left = [other for other in self._at(home) if other != path]
            if left:
                self._paths[home] = "\0".join(left)
            else:
                self._paths.pop(home, None)

    def _at(self, home: str) -> list[str]:
        found = self._paths.get(home)
        return found.split("\0") if found else []

    def _rank(self, filed: FiledPost) -> tuple[bool, object, str]:
        path = filed.post.path
        return path not in self._at(filed.post.link), filed.first_seen, path


def clashes(
    posts: Iterable[Post], config: Config, *, now: datetime
) -> dict[str, Problem]:
    """
    Tell, of a whole folder and without a store, which posts yield to others.

    Returns:
        Path of each to the problem that says so.
    """
    finished = {
        post.path: FiledPost(
            post=finish(post, first_seen=now, config=config),
            identity="",
            first_seen=now,
        )
        for post in posts
    }
    return {
        path: clash(path, other, folder=config.posts.dir, link=finished[path].post.link)
        for path, other in Homes().rivals(finished.values(), standing={}).items()
    }


def clash(path: str, other: str, *, folder: object, link: str) -> Problem:
    """Say that a post yields to another."""
    code = "SL010" if normalize("NFC", path) == normalize("NFC", other) else "SL009"
    words = {"other": f"{folder}/{other}", "link": link}
    return describe(code, f"{folder}/{path}", words=words)


def _clash(one: Post, other: Post) -> bool:
    if not (one.language and other.language):
        return True
    is_one_name = normalize("NFC", one.path) == normalize("NFC", other.path)
    return is_one_name or one.language == other.language


def _homes(path: str, link: str) -> list[str]:
    # No path is an address, so that one dictionary holds both.
    homes = [link] if link else []
    return homes if path.isascii() else [*homes, normalize("NFC", path)]
