"""
What one look at the folder will change. Pure: the shelf is read, not written.

    seen -> plan    (rows to save, posts that stand, alerts that are asked for)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from syndicate.app.filing import Clerk, Filing
from syndicate.app.homes import clash
from syndicate.app.reading import Seen
from syndicate.app.shelf import Shelf
from syndicate.model import FiledPost
from syndicate.posts.watch import Stat
from syndicate.store.posts import PostRow
from syndicate.store.texts import TextRow

Changes = Mapping[str, Stat | None]
"""Path to stat, of files at rest; ``None``: the file is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a look will do, once its transaction holds."""

    clerk: Clerk
    changed: Changes
    faulty: Sequence[Seen]  # only what has problems: the others are let go
    filings: Sequence[Filing]
    gone: Sequence[PostRow]
    posts: dict[str, FiledPost]  # by path, as they will stand; the shelf keeps it

    @property
    def rows(self) -> list[PostRow]:
        """Every row to save."""
        return [*self.gone, *(filing.row for filing in self.filings)]

    @property
    def texts(self) -> list[TextRow]:
        """Every text to remember."""
        return [text for filing in self.filings for text in filing.texts]

    @property
    def asking(self) -> list[Filing]:
        """Posts a rule asks an alert for."""
        return [filing for filing in self.filings if filing.asks]


def make_plan(
    changed: Changes, seen: Sequence[Seen], *, shelf: Shelf, clerk: Clerk
) -> Plan:
    """Work out what becomes of the files that changed."""
    left = [path for path, stat in changed.items() if stat is None]
    filed = clerk.file(seen, shelf, left=left)
    seen, filings = _parted(changed, seen, filings=filed, shelf=shelf, clerk=clerk)
    return Plan(
        clerk=clerk,
        changed=changed,
        faulty=[each for each in seen if each.problems],
        filings=filings,
        gone=list(_gone(changed, filings, shelf=shelf, clerk=clerk)),
        posts=_posts_after(changed, seen, filings=filings, shelf=shelf),
    )


def _gone(
    changed: Changes, filings: Sequence[Filing], *, shelf: Shelf, clerk: Clerk
) -> Iterator[PostRow]:
    """Give the rows of posts whose file is gone and that live nowhere else now."""
    moved = {filing.row.identity for filing in filings}
    left = [path for path, stat in changed.items() if stat is None]
    for path in dict.fromkeys([*left, *(filing.row.path for filing in filings)]):
        row = shelf.row_at(path)
        if row is not None and row.identity not in moved:
            yield replace(row, gone_at=clerk.now)


def _parted(
    changed: Changes,
    seen: Sequence[Seen],
    *,
    filings: Sequence[Filing],
    shelf: Shelf,
    clerk: Clerk,
) -> tuple[Sequence[Seen], Sequence[Filing]]:
    """Have a post whose home is another's yield, as one that cannot be read."""
    broken = {each.path for each in seen if each.is_broken}
    rivals = shelf.homes.rivals(
        (filing.filed for filing in filings if filing.filed),
        standing=shelf.posts,
        free=changed.keys() - broken,
    )
    if not rivals:
        return seen, filings
    links = {filing.row.path: filing.row.link for filing in filings}
    folder = clerk.config.posts.dir
    problems = {
        path: clash(path, other, folder=folder, link=links[path])
        for path, other in rivals.items()
    }
    return (
        [
            replace(each, problems=(*each.problems, problems[each.path]))
            if each.path in problems
            else each
            for each in seen
        ],
        [
            replace(f, filed=None, asks=None, row=replace(f.row, record="", reader=""))
            if f.row.path in rivals
            else f
            for f in filings
            # Later it is new. On a first run it joins the baseline: mended, it is no news.
            if f.row.path not in rivals or clerk.first_run
        ],
    )


def _posts_after(
    changed: Changes,
    seen: Sequence[Seen],
    *,
    filings: Sequence[Filing],
    shelf: Shelf,
) -> dict[str, FiledPost]:
    """Give the posts as they will stand; a broken file leaves its last good version."""
    broken = {each.path for each in seen if each.is_broken}
    filed = {f.row.path: f.filed for f in filings if f.filed}
    posts = dict(shelf.posts)
    for path in changed.keys() - broken - filed.keys():
        posts.pop(path, None)
    posts |= filed  # a changed one keeps its place: choosing is faster so
    return posts
