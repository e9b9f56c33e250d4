"""Reads one changed file and asks the rules about it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from syndicate import __version__
from syndicate.alerts.rules import first_match, marked_by
from syndicate.config import Config, Rule
from syndicate.errors import Gravity, PostError, Problem
from syndicate.model import Post
from syndicate.posts.files import read_file
from syndicate.posts.read import read_post
from syndicate.posts.watch import Stat

EFFECTS = {
    Gravity.ERROR: "post left out, or its last good version stays; no alert is sent",
    Gravity.WARNING: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a look at one file gave. Front matter and body have been let go."""

    path: str
    stat: Stat
    post: Post | None
    problems: tuple[Problem, ...] = ()
    asked: Rule | None = None  # the rule that asks for an alert
    marked: Rule | None = None  # the rule whose explicit mark it carries

    @property
    def is_broken(self) -> bool:
        """Whether it could not be read, which leaves its last good version standing."""
        return any(problem.gravity is Gravity.ERROR for problem in self.problems)


class Reader:
    """Reads posts for one configuration."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.fingerprint = _fingerprint(config)

    def look(self, path: str, stat: Stat) -> Seen:
        """
        Read a post.

        Args:
            path: Below the posts folder.
            stat: The file's, as it was found at rest.
        """
        try:
            raw = read_file(self.config.posts_dir, path)
        except PostError as error:
            problems = self._placed(error.problems)
            return Seen(path=path, stat=stat, post=None, problems=problems)
        reading = read_post(raw, path, self.config)
        problems = self._placed(reading.problems)
        if reading.post is None:
            return Seen(path=path, stat=stat, post=None, problems=problems)
        rules = self.config.alerts.rules
        nothing: Mapping[str, object] = {}
        return Seen(
            path=path,
            stat=stat,
            post=replace(reading.post, fields=nothing),
            problems=problems,
            asked=first_match(reading.post, rules),
            marked=marked_by(reading.post, rules),
        )

    def _placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Say where the file is from where the configuration is, and what follows."""
        return tuple(
            replace(
                problem,
                file=str(self.config.posts.dir / problem.file),
                effect=problem.effect or EFFECTS[problem.gravity],
            )
            for problem in problems
        )


def _fingerprint(config: Config) -> str:
    """Name what reads: another version or site may read the same file otherwise."""
    said = config.site.model_dump_json() + config.posts.permalink + __version__
    return hashlib.sha256(said.encode()).hexdigest()[:16]
