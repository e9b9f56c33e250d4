"""What one look at the posts folder found, for whoever has to say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.errors import Problem, SetupError

if TYPE_CHECKING:  # a build that finds nothing changed reports without them
    from syndicate.app.planning import Plan
    from syndicate.model import Alert, Post
    from syndicate.store.rows import PostRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """An alert this look gave rise to."""

    id: int
    alert: "Alert"
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look at the folder found."""

    posts: int  # that stand
    new: tuple[str, ...] = ()  # paths
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()  # of the files looked at
    alerts: tuple[Alerted, ...] = ()
    unheard: tuple[str, ...] = ()  # paths a rule asks for, left to the daemon
    first_run: bool = False
    trouble: SetupError | None = None  # why no rule was asked; a later look will


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What ``build`` did."""

    look: Look
    files: tuple[str, ...]  # feeds replaced
    folder: Path
    problems: tuple[Problem, ...]
    seconds: float


def report(plan: "Plan", alerts: Iterable[Alerted]) -> Look:
    """Say what a look found."""
    unheard = () if plan.clerk.alerting else plan.asking
    return Look(
        posts=len(plan.posts),
        new=tuple(f.post.path for f in plan.filings if f.is_read and not f.before),
        changed=tuple(
            f.post.path for f in plan.filings if f.before and _differs(f.before, f.post)
        ),
        gone=tuple(row.path for row in plan.gone),
        problems=tuple(problem for each in plan.faulty for problem in each.problems),
        alerts=tuple(alerts),
        unheard=tuple(filing.post.path for filing in unheard),
        first_run=plan.clerk.first_run,
    )


def _differs(before: "PostRow", after: "Post") -> bool:
    """Tell a post that was edited, moved or brought back from one just touched."""
    was = before.content_hash, before.path, before.gone_at
    return was != (after.content_hash, after.path, None)
