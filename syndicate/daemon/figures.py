"""What the newsroom has done, counted for whoever measures us."""

from collections import Counter
from collections.abc import Iterable

from syndicate.errors import Problem
from syndicate.outbox.meter import Histogram

PUBLISHED = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
"""Bounds, in seconds, of a pass: files read, feeds written."""


class Figures:
    """Written by the main thread, read by any."""

    def __init__(self) -> None:
        self.posts = 0
        self.problems: Counter[str] = Counter()  # by gravity
        self.passes = Histogram(PUBLISHED)

    def passed(self, posts: int, problems: Iterable[Problem], seconds: float) -> None:
        """Note a pass of the main thread, and how things stand after it."""
        self.posts = posts
        self.problems = Counter(str(each.gravity) for each in problems)
        self.passes.add(seconds)
