"""
What one look at the folder will change. Pure: the shelf is read, not written.

    seen -> plan    (rows to save, posts that stand, alerts that are asked for)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from msgspec.structs import replace

from syndicate.app.filing import Clerk, Filing
from syndicate.app.homes import clash
from syndicate.app.reading import Seen
from syndicate.app.shelf import Shelf
from syndicate.model import FiledPost
from syndicate.posts.stat import Stat
from syndicate.store.rows import PostRow, TextRow

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
    def rows(self) -> Iterator[PostRow]:
        """Every row to save, each made when its turn comes."""
        return chain(self.gone, map(self.clerk.row, self.filings))

    @property
    def texts(self) -> Iterator[TextRow]:
        """Every text to remember."""
        return chain.from_iterable(filing.texts for filing in self.filings)

    @property
    def asking(self) -> list[Filing]:
        """Posts a rule asks an alert for."""
        return [filing for filing in self.filings if filing.asks]


def make_plan(
    changed: Changes, seen: Iterable[Seen], *, shelf: Shelf, clerk: Clerk
) -> Plan:
    """Work out what becomes of the files that changed."""
    left = [path for path, stat in changed.items() if stat is None]
    faulty: list[Seen] = []
    filings = list(clerk.file(_noted(seen, faulty), shelf, left=left))
    broken = {each.path for each in faulty if each.is_broken}
    rivals = shelf.homes.rivals(
        (filing.known for filing in filings if filing.is_read),
        standing=shelf.posts,
        free=changed.keys() - broken if shelf.posts else (),
    )
    if rivals:
        faulty, filings = _parted(rivals, faulty, filings=filings, clerk=clerk)
    return Plan(
        clerk=clerk,
        changed=changed,
        faulty=faulty,
        filings=filings,
        gone=list(_gone(left, filings, shelf=shelf, clerk=clerk)),
        posts=_posts_after(changed, faulty, filings=filings, shelf=shelf),
    )


def _noted(seen: Iterable[Seen], faulty: list[Seen]) -> Iterator[Seen]:
    """Pass on what was seen, and note what of it has problems."""
    for each in seen:
        if each.problems:
            faulty.append(each)
        yield each


def _gone(
    left: Sequence[str], filings: Sequence[Filing], *, shelf: Shelf, clerk: Clerk
) -> Iterator[PostRow]:
    """Give the rows of posts whose file is gone and that live nowhere else now."""
    if not shelf.here:
        return
    moved = {filing.identity for filing in filings}
    for path in dict.fromkeys([*left, *(filing.post.path for filing in filings)]):
        row = shelf.row_at(path)
        if row is not None and row.identity not in moved:
            yield row._replace(gone_at=clerk.now)


def _parted(
    rivals: Mapping[str, str],
    faulty: Sequence[Seen],
    *,
    filings: Sequence[Filing],
    clerk: Clerk,
) -> tuple[list[Seen], list[Filing]]:
    """Have a post whose home is another's yield, as one that cannot be read."""
    noted = {each.path: each for each in faulty}
    stay: list[Filing] = []
    for filing in filings:
        path = filing.post.path
        if path not in rivals:
            stay.append(filing)
            continue
        folder, link = clerk.config.posts.dir, filing.post.link
        problem = clash(path, rivals[path], folder=folder, link=link)
        seen = noted.get(path) or Seen(path=path, stat=filing.stat, post=None)
        noted[path] = replace(seen, problems=(*seen.problems, problem))
        # Later it is new. On a first run it joins the baseline: mended, it is no news.
        if clerk.first_run:
            stay.append(replace(filing, is_read=False, asks=None))
    return sorted(noted.values(), key=attrgetter("path")), stay


def _posts_after(
    changed: Changes,
    faulty: Sequence[Seen],
    *,
    filings: Sequence[Filing],
    shelf: Shelf,
) -> dict[str, FiledPost]:
    """Give the posts as they will stand; a broken file leaves its last good version."""
    filed = {f.post.path: f.known for f in filings if f.is_read}
    if not shelf.posts:
        return filed
    broken = {each.path for each in faulty if each.is_broken}
    posts = dict(shelf.posts)
    for path in changed.keys() - broken - filed.keys():
        posts.pop(path, None)
    posts |= filed  # a changed one keeps its place: choosing is faster so
    return posts
