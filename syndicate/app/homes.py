"""
Who lives where: no two posts at one address, nor in one file name written two ways.

A page can be written once, and readers open one of two posts there; a Mac and a PC write
``강진.md`` in two forms of Unicode (NFD and NFC) that are one name to everybody else.
Who stands, stays; of newcomers the one that was seen first does, then the first by path.
"""

from collections.abc import Container, Iterable
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
        self._paths: dict[str, str] = {}

    def rivals(
        self, filed: Iterable[FiledPost], *, free: Container[str] = ()
    ) -> dict[str, str]:
        """
        Tell which of some posts have to yield.

        Args:
            filed: New and changed posts.
            free: Paths whose post gives its home up until it claims it again: the file
                changed and can be read, or is gone.

        Returns:
            Path of each that yields, to the path of the one that stands.
        """
        taken: dict[str, str] = {}
        found: dict[str, str] = {}
        for post in sorted(filed, key=self._rank):
            path = post.post.path
            homes = _homes(path, post.post.link)
            for home in homes:
                other = taken.get(home) or self._paths.get(home, path)
                if other != path and (home in taken or other not in free):
                    found[path] = other
                    break
            else:
                taken |= dict.fromkeys(homes, path)
        return found

    def move_in(self, path: str, link: str) -> None:
        """Note that a post stands."""
        for home in _homes(path, link):
            self._paths[home] = path

    def move_out(self, path: str, link: str) -> None:
        """Note that it does so no more."""
        for home in _homes(path, link):
            if self._paths.get(home) == path:
                del self._paths[home]

    def _rank(self, filed: FiledPost) -> tuple[bool, object, str]:
        path = filed.post.path
        stands = self._paths.get(filed.post.link) == path
        return not stands, filed.first_seen, path


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
        for path, other in Homes().rivals(finished.values()).items()
    }


def clash(path: str, other: str, *, folder: object, link: str) -> Problem:
    """Say that a post yields to another."""
    code = "SL010" if normalize("NFC", path) == normalize("NFC", other) else "SL009"
    words = {"other": f"{folder}/{other}", "link": link}
    return describe(code, f"{folder}/{path}", words=words)


def _homes(path: str, link: str) -> list[str]:
    # No path is an address, so that one dictionary holds both.
    name = path if path.isascii() else normalize("NFC", path)
    return [link, name] if link else [name]
