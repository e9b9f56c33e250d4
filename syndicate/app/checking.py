"""Reads every post and lists what is wrong. Writes nothing, sends nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from syndicate.app.homes import clashes
from syndicate.app.partner_check import refusals
from syndicate.app.reading import Reader
from syndicate.config import Config
from syndicate.errors import Gravity, Problem
from syndicate.posts.problems import outcome
from syndicate.posts.strangers import count_strangers
from syndicate.posts.watch import scan


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What ``check`` found."""

    files: int
    posts: int  # that can stand in a feed
    problems: tuple[Problem, ...]
    strangers: Mapping[str, int]  # ending to files that are not read


def check(config: Config) -> Checked:
    """
    Read every post.

    Raises:
        SetupError: The posts folder cannot be read.
    """
    reader = Reader(config)
    seen = [
        reader.look(path, stat)
        for path, stat in scan(config.posts_dir, config.posts_folders).items()
    ]
    posts = [each.post for each in seen if each.post]
    now = datetime.now(UTC)
    yielding = clashes(posts, config, now=now)
    posts = [post for post in posts if post.path not in yielding]
    out = sum(post.published is None or post.published <= now for post in posts)
    others = min(config.feeds.entries, out)
    found = [*(p for each in seen for p in each.problems), *yielding.values()]
    told = [_told(problem, others) for problem in found]
    return Checked(
        files=len(seen),
        posts=len(posts),
        problems=(*told, *refusals(posts, config, now=now)),
        strangers=count_strangers(config.posts_dir, config.posts_folders),
    )


def _told(problem: Problem, others: int) -> Problem:
    """Tell how many posts the feed has without a broken one."""
    if problem.gravity is not Gravity.ERROR:
        return problem
    return replace(problem, effects=outcome(others=others))
