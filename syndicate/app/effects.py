"""What follows from each broken post, in numbers: known once a look is over."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from syndicate.errors import Gravity, Problem
from syndicate.model import FiledPost
from syndicate.posts.problems import outcome


def counted(
    problems: Iterable[Problem],
    *,
    feed: Sequence[FiledPost],
    standing: Container[str],
    folder: str,
) -> tuple[Problem, ...]:
    """
    Tell of each error how many posts are in the feed without the broken one.

    Args:
        problems: As the reading of posts gave them; warnings stay as they are.
        feed: The posts in the feed of the whole site.
        standing: Of every post that is published, the path below the posts folder.
        folder: The name of that folder, with which problems name their files.
    """

    def told(problem: Problem) -> Problem:
        if problem.gravity is not Gravity.ERROR:
            return problem
        path = problem.file.removeprefix(f"{folder}/")
        others = sum(filed.post.path != path for filed in feed)
        effects = outcome(others=others, kept=path in standing)
        return replace(problem, effects=effects)

    return tuple(map(told, problems))
