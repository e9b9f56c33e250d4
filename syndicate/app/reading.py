"""Reads one changed file and asks the rules about it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import force_setattr, replace

from syndicate import __version__
from syndicate.alerts.rules import first_match, marked_by
from syndicate.config import Config, Rule
from syndicate.errors import Gravity, PostError, Problem
from syndicate.model import Post
from syndicate.posts.corrections import is_silent
from syndicate.posts.data_files import FOLDER, look_at
from syndicate.posts.files import read_file
from syndicate.posts.read import read_post
from syndicate.posts.stat import Stat

FEW = 8
"""Files read ahead: one that never comes to rest is not kept for ever."""

NOTHING: Mapping[str, object] = {}
"""The same for all: ten thousand empty mappings weigh a megabyte."""


class Seen(Struct, frozen=True, kw_only=True):
    """What a look at one file gave. The body has been let go."""

    path: str
    stat: Stat
    post: Post | None
    problems: tuple[Problem, ...] = ()
    asked: Rule | None = None  # the rule that asks for an alert
    marked: Rule | None = None  # the rule whose explicit mark it carries
    silent: bool = False  # whether a correction is to pass without notice
    at: datetime | None = None  # when it was read, if that was ahead of the look

    @property
    def is_broken(self) -> bool:
        """Whether it could not be read, which leaves its last good version standing."""
        problems = self.problems  # most have none
        return bool(problems) and any(p.gravity is Gravity.ERROR for p in problems)


class Reader:
    """Reads posts for one configuration."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.fingerprint = _fingerprint(config)
        self._ahead: dict[str, Seen] = {}  # by path

    def look(self, path: str, stat: Stat) -> Seen:
        """
        Read a post.

        Args:
            path: Below the posts folder.
            stat: The file's, as it was found at rest.
        """
        seen = self._ahead.pop(path, None)
        return seen if seen and seen.stat == stat else self._read(path, stat)

    def look_ahead(self, path: str, stat: Stat, *, at: datetime) -> Seen:
        """Read a post that does not lie still yet: most times that was the last change."""
        if len(self._ahead) >= FEW:
            self._ahead.clear()
        seen = self._ahead[path] = replace(self._read(path, stat), at=at)
        return seen

    def seen_ahead(self, path: str, stat: Stat) -> Seen | None:
        """Give what ``look`` will give without reading; ``None``: it will read."""
        seen = self._ahead.get(path)
        return seen if seen and seen.stat == stat else None

    def _read(self, path: str, stat: Stat) -> Seen:
        try:
            root, shown = self.config.posts_dir, self.config.shown(path)
            raw = read_file(root, path, shown=shown)
        except PostError as error:
            problems = tuple(error.problems)
            return Seen(path=path, stat=stat, post=None, problems=problems)
        reading = read_post(raw, path, self.config)
        post, problems = reading.post, reading.problems
        if post is None:
            return Seen(path=path, stat=stat, post=None, problems=problems)
        rules = self.config.alerts.rules
        seen = Seen(
            path=path,
            stat=stat,
            post=post,
            problems=problems,
            asked=first_match(post, rules),
            marked=marked_by(post, rules),
            silent=is_silent(post, usual=self.config.feeds.corrections == "silent"),
        )
        # Only an address that waits for a date still asks for front matter.
        if post.link:
            _let_fields_go(post)
        return seen


def _let_fields_go(post: Post) -> None:
    """
    Let go of the front matter, which is most of what a post weighs.

    In place: nobody else knows a post that was just read, and a copy of each without it
    was a thirtieth of a first build.
    """
    force_setattr(post, "fields", NOTHING)


def without_fields(post: Post) -> Post:
    """Give a post without its front matter."""
    return replace(post, fields=NOTHING) if post.fields else post


def _fingerprint(config: Config) -> str:
    """Name what reads: another version or site may read the same file otherwise."""
    posts = config.posts.model_dump_json(exclude={"settle", "rescan"})
    data = look_at(config.folder / FOLDER)
    said = config.site.model_dump_json() + posts + __version__ + repr(data)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
