"""
What the newsroom remembers of the posts folder between two looks.

The store is what lasts; this is its copy in memory, with the files as they stand.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import PurePath

from syndicate.app.homes import CLASHES, Homes
from syndicate.app.signs import Signs
from syndicate.errors import Problem
from syndicate.model import FiledPost, Post
from syndicate.posts.corrections import digest
from syndicate.posts.identity import Trace
from syndicate.posts.record import COLUMNS, from_record
from syndicate.posts.stat import Stat
from syndicate.store.rows import PostRow, TextRow, Texts

held = attrgetter(*COLUMNS)

MOVING = timedelta(seconds=10)
"""Time a post that is moved and edited may be without a file."""


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Files, rows and posts, each by its key. One thread owns it."""

    files: dict[str, Stat] = field(default_factory=dict)  # by path, as accepted
    rows: dict[str, PostRow] = field(default_factory=dict)  # by identity
    here: dict[str, str] = field(default_factory=dict)  # path to identity
    away: set[str] = field(default_factory=set)  # identities without a file
    waiting: set[str] = field(default_factory=set)  # identities no rule has seen
    posts: dict[str, FiledPost] = field(default_factory=dict)  # by path
    ending: set[str] = field(default_factory=set)  # paths of posts that expire
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)  # by path
    texts: Texts = field(default_factory=dict)  # by identity, of corrected posts
    signs: Signs | None = None  # of the posts that are here, once somebody asked
    homes: Homes = field(default_factory=Homes)  # who stands at which address
    yielding: set[str] = field(default_factory=set)  # paths that wait for a home

    def load(self, rows: Iterable[PostRow], *, reader: str) -> None:
        """
        Take over what the store remembers.

        A file counts as read only if this very ``reader`` read it and the rules have
        looked at it; the others will turn up as changed.
        """
        for row in rows:
            filed = None if row.gone_at else remembered(row, self.texts)
            if filed is None:
                self.keep(row)
                continue
            stat = Stat.parse(str(row.stat))
            # In place of their texts: those of ten thousand posts weigh 3 MB.
            self.keep(row._replace(stat=stat, record=filed.post))
            self.posts[row.path] = filed
            if filed.post.expires:
                self.ending.add(row.path)
            if row.considered and row.reader == reader:
                self.files[row.path] = stat

    def keep(self, row: PostRow) -> None:
        """Note a row, new or changed."""
        before = self.rows.get(row.identity)
        if before is not None and self.here.get(before.path) == row.identity:
            del self.here[before.path]
        if before is not None:
            self.homes.move_out(before.path, before.link)
        if row.record and row.gone_at is None:
            self.homes.move_in(row.path, row.link)
        if self.signs is not None:
            self._index(self.signs, before, row)
        self.rows[row.identity] = row
        if row.gone_at is None:
            self.here[row.path] = row.identity
            self.away.discard(row.identity)
        else:
            self.away.add(row.identity)
        if row.considered or row.gone_at:
            self.waiting.discard(row.identity)
        else:
            self.waiting.add(row.identity)

    def keep_texts(self, rows: Iterable[TextRow]) -> None:
        """Note texts of corrected posts."""
        for row in rows:
            self.texts.setdefault(row.identity, {})[row.digest] = row.changed_at

    def _index(self, signs: Signs, before: PostRow | None, row: PostRow) -> None:
        if before is not None:
            signs.remove(before)
        if row.gone_at is None:
            signs.add(row)

    def take(
        self,
        changed: Mapping[str, Stat | None],
        problems: Mapping[str, tuple[Problem, ...]],
    ) -> None:
        """Note how files that were looked at stand now."""
        for path, stat in changed.items():
            self.problems.pop(path, None)
            self.yielding.discard(path)
            if stat is None:
                self.files.pop(path, None)
            else:
                self.files[path] = stat
        self.problems |= problems
        self.yielding |= {
            path
            for path, found in problems.items()
            if any(problem.code in CLASHES for problem in found)
        }

    def row_at(self, path: str) -> PostRow | None:
        """Give the row of the post that lives at a path."""
        return self.rows.get(self.here.get(path, ""))

    def traces(
        self, paths: Collection[str], *, gone: Container[str], now: datetime
    ) -> Iterator[Trace]:
        """
        Give what may be known again: posts without a file, and those at ``paths``.

        Args:
            paths: Of files that changed or are gone.
            gone: Those of them that are gone.
            now: Files that went away shortly before count as gone just now.
        """
        identities = self.away | {
            self.here[path] for path in paths if path in self.here
        }
        for identity in sorted(identities):
            row = self.rows[identity]
            went = row.gone_at or (now if row.path in gone else None)
            yield Trace(
                identity=identity,
                path=row.path,
                title=row.title,
                left=went is not None and now - went < MOVING,
                content_hash=row.content_hash,
                body_hash=row.body_hash,
            )

    def alike(self, posts: Iterable[Post]) -> list[str]:
        """List the paths of known posts with the title or the body of one of some."""
        if self.signs is None:  # a build may never ask
            here = map(self.rows.__getitem__, self.here.values())
            self.signs = Signs(here)
        return sorted(self.rows[each].path for each in self.signs.alike(posts))

    def note_ends(self, posts: Iterable[FiledPost]) -> None:
        """Note which posts expire."""
        self.ending |= {filed.post.path for filed in posts if filed.post.expires}

    def next_end(self, since: datetime) -> datetime | None:
        """Say when the next post's time in the feeds is over, after some time."""
        posts = (self.posts.get(path) for path in self.ending)
        ends = (filed.post.expires for filed in posts if filed and filed.post.expires)
        return min((end for end in ends if end > since), default=None)

    def due(self, now: datetime) -> list[str]:
        """
        List paths to look at again.

        Of posts whose time has come and that no rule has looked at yet; and of those
        that yield to another, which may have moved.
        """
        come = [path for path, when in self._waiting() if when <= now]
        return [*come, *self.yielding]

    def next_due(self, *, after: datetime | None = None) -> datetime | None:
        """Say when the next post's time comes, of those that wait for a rule."""
        moments = (when for _, when in self._waiting() if not after or when > after)
        return min(moments, default=None)

    def _waiting(self) -> Iterator[tuple[str, datetime]]:
        for identity in self.waiting:
            path = self.rows[identity].path
            if filed := self.posts.get(path):
                yield path, filed.published

    def link_of(self, name: str) -> str | None:
        """Give the address of the post whose file has a name, with or without ending."""
        wanted = PurePath(name).name
        for path, filed in self.posts.items():
            file = PurePath(path)
            if wanted in {file.name, file.stem}:
                return filed.post.link
        return None

    def all_problems(self) -> tuple[Problem, ...]:
        """List the problems of all files, in the order of their paths."""
        return tuple(
            problem for path in sorted(self.problems) for problem in self.problems[path]
        )


def remembered(row: PostRow, texts: Texts) -> FiledPost | None:
    """Give the post a row remembers; ``None`` where it holds none that can be read."""
    try:
        post = from_record(
            str(row.record), **dict(zip(COLUMNS, held(row), strict=True))
        )
    except (ValueError, TypeError):  # a file never read, or another version's record
        return None
    known = texts.get(row.identity)
    return FiledPost(
        post=post,
        identity=row.identity,
        first_seen=row.first_seen,
        changed=known.get(digest(row.title, row.body_hash)) if known else None,
    )
