"""Reads every post and lists what is wrong. Writes nothing, sends nothing."""

from dataclasses import dataclass

from syndicate.app.reading import Reader
from syndicate.config import Config
from syndicate.errors import Problem
from syndicate.posts.watch import scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What ``check`` found."""

    files: int
    posts: int  # that can stand in a feed
    problems: tuple[Problem, ...]


def check(config: Config) -> Checked:
    """
    Read every post.

    Raises:
        SetupError: The posts folder cannot be read.
    """
    reader = Reader(config)
    seen = [reader.look(path, stat) for path, stat in scan(config.posts_dir).items()]
    return Checked(
        files=len(seen),
        posts=sum(each.post is not None for each in seen),
        problems=tuple(problem for each in seen for problem in each.problems),
    )
