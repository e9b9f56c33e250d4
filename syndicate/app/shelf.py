"""
What the newsroom remembers of the posts folder between two looks.

The store is what lasts; this is its copy in memory, with the files as they stand.
"""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import PurePath

from syndicate.errors import Problem
from syndicate.model import FiledPost, Post
from syndicate.posts.corrections import digest
from syndicate.posts.identity import Trace
from syndicate.posts.record import COLUMNS, from_record
from syndicate.posts.watch import Stat
from syndicate.store.posts import PostRow
from syndicate.store.texts import TextRow, Texts

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
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)  # by path
    texts: Texts = field(default_factory=dict)  # by identity, of corrected posts

    def load(self, rows: Iterable[PostRow], *, reader: str) -> None:
        """
        Take over what the store remembers.

        A file counts as read only if this very ``reader`` read it and the rules have
        looked at it; the others will turn up as changed.
        """
        for row in rows:
            self.keep(row)
            if row.gone_at is None and (filed := remembered(row, self.texts)):
                self.posts[row.path] = filed
                if row.considered and row.reader == reader:
                    self.files[row.path] = Stat.parse(row.stat)

    def keep(self, row: PostRow) -> None:
        """Note a row, new or changed."""
        before = self.rows.get(row.identity)
        if before is not None and self.here.get(before.path) == row.identity:
            del self.here[before.path]
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

    def take(
        self,
        changed: Mapping[str, Stat | None],
        problems: Mapping[str, tuple[Problem, ...]],
    ) -> None:
        """Note how files that were looked at stand now."""
        for path, stat in changed.items():
            self.problems.pop(path, None)
            if stat is None:
                self.files.pop(path, None)
            else:
                self.files[path] = stat
        self.problems |= {path: found for path, found in problems.items() if found}

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
        signs = {
            sign for post in posts for sign in (post.title, post.body_hash) if sign
        }
        rows = self.rows
        return [
            path
            for path, identity in self.here.items()
            if (row := rows[identity]).body_hash in signs or row.title in signs
        ]

    def due(self, now: datetime) -> list[str]:
        """List paths of posts whose time has come and that no rule has looked at yet."""
        return [path for path, when in self._waiting() if when <= now]

    def next_due(self) -> datetime | None:
        """Say when the next post's time comes."""
        return min((when for _, when in self._waiting()), default=None)

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
        post = from_record(row.record, **dict(zip(COLUMNS, held(row), strict=True)))
    except (ValueError, TypeError):  # a file never read, or another version's record
        return None
    known = texts.get(row.identity)
    return FiledPost(
        post=post,
        identity=row.identity,
        first_seen=row.first_seen,
        changed=known.get(digest(row.title, row.body_hash)) if known else None,
    )
