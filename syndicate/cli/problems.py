"""
Shows what is wrong with what a person wrote, so that they can go and mend it.

    error[FM012] _posts/2024-05-18-a.md:2:10: colon inside an unquoted value
      2 | title: 속보: 지진
        |            ^
    hint: quote it: title: "속보: 지진"
    effect: post left out
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import click

from syndicate.errors import Gravity, Problem
from syndicate.words import phrase, say

UNSEEN = {"Cc", "Cs", "Cf", "Zl", "Zp"}
JOINERS = "\u200c\u200d"  # emoji and some scripts are made with them
FEW = 5  # of one code that are shown before the rest is counted
WIDTH = 72  # characters of a line that are shown
DOCUMENT = "docs/reference/problems.md"


class Once:
    """Shows what is wrong with a file once, and again when it has changed."""

    def __init__(self) -> None:
        self.shown: dict[str, list[Problem]] = {}

    def show(self, problems: Iterable[Problem], *, looked_at: Iterable[str]) -> None:
        """
        Print what is new.

        Args:
            problems: Of one look.
            looked_at: Files of which that look says all there is to say; those without
                a problem are sound now.
        """
        fresh: list[Problem] = []
        found: dict[str, list[Problem]] = {name: [] for name in looked_at}
        for problem in problems:
            found.setdefault(problem.file, []).append(problem)
        for name, now in found.items():
            same = [replace(problem, effects=()) for problem in now]
            if same != self.shown.get(name, []):
                fresh += now
            self.shown[name] = same
        show_some(fresh)


def show_some(problems: Iterable[Problem]) -> None:
    """Print the first few of each code, and how many more there are of it."""
    seen: Counter[str] = Counter()
    for problem in problems:
        seen[problem.code] += 1
        if seen[problem.code] <= FEW:
            show_problems([problem])
    for code, count in seen.items():
        if count > FEW:
            told = (
                "{code}: {more:problem|problems} more; `syndicate check` shows them all"
            )
            click.echo(say(told, code=code, more=count - FEW) + "\n", err=True)


def show_problems(problems: Iterable[Problem]) -> None:
    """Print problems to standard error, a blank line between them."""
    for problem in problems:
        click.echo("\n".join(lines_of(problem)) + "\n", err=True)


def lines_of(problem: Problem) -> Iterator[str]:
    """Give a problem line by line, without control characters."""
    colour = "red" if problem.gravity is Gravity.ERROR else "yellow"
    head = click.style(
        f"{phrase(problem.gravity)}[{problem.code}]", fg=colour, bold=True
    )
    place = click.style(visible(problem.place), bold=True)
    start = f"{head} {place}" if problem.file else head
    yield f"{start}: {visible(problem.message)}"
    if problem.source:
        yield from _pointed_at(problem)
    yield f"{say('hint')}: {visible(problem.hint)}"
    if problem.effect:
        yield f"{say('effect')}: {visible(problem.effect)}"


def _pointed_at(problem: Problem) -> Iterator[str]:
    """Show the line, cut to what a terminal holds, and a caret below its place."""
    from rich.cells import cell_len  # noqa: PLC0415 - 2 ms, and many builds show no line

    at = problem.col - 1
    start = 0 if at < WIDTH else at - WIDTH // 2
    before = "…" * bool(start) + visible(problem.source[start:at])
    after = visible(problem.source[at : start + WIDTH])
    more = "…" * (len(problem.source) > start + WIDTH)
    margin = f"{problem.line:>3} | "
    yield margin + before + after + more
    yield " " * (len(margin) - 2) + "| " + " " * cell_len(before) + "^"


def as_result(problem: Problem) -> dict[str, object]:
    """Give a problem for programs."""
    return {
        "code": problem.code,
        "severity": str(problem.gravity),
        "file": problem.file,
        "line": problem.line,
        "col": problem.col,
        "message": problem.message,
        "hint": problem.hint,
        "effect": problem.effect,
        "source": visible(problem.source),
        "doc": f"{DOCUMENT}#{problem.code.lower()}",
    }


def visible(text: str) -> str:
    """Show control characters as escapes: a post must not move the cursor."""
    return "".join(
        c if unicodedata.category(c) not in UNSEEN or c in JOINERS else repr(c)[1:-1]
        for c in text.expandtabs(1)
    )
