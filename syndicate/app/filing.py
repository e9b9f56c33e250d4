"""
Files what was read: gives every post its identity and its row.

    seen -> filing    (row to keep, post to publish, rule that asks for an alert)

Pure: the shelf is read, not written.
"""

from collections import ChainMap
from collections.abc import (
    Collection,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from syndicate.app.correcting import correct
from syndicate.app.reading import Seen, without_fields
from syndicate.app.shelf import Shelf
from syndicate.config import Config, Rule
from syndicate.model import FiledPost, Post
from syndicate.posts.files import is_text
from syndicate.posts.identity import mint, recognise
from syndicate.posts.permalink import finish
from syndicate.posts.stat import Stat
from syndicate.store.rows import PostRow, TextRow


class Filing(Struct, frozen=True, kw_only=True):
    """What becomes of one file."""

    stat: Stat
    known: FiledPost  # as it is known from now on
    is_read: bool  # otherwise it is only known again
    before: PostRow | None  # None: first seen now
    asks: Rule | None  # the rule that asks for an alert now
    marked: bool  # an explicit mark was heard of
    has_problems: bool = False
    texts: Sequence[TextRow] = ()  # to remember, where it was corrected

    @property
    def filed(self) -> FiledPost | None:
        """The post to publish; ``None``: it cannot be read."""
        return self.known if self.is_read else None

    @property
    def identity(self) -> str:
        """The post's."""
        return self.known.identity

    @property
    def post(self) -> Post:
        """What the file says; where it cannot be read, its path alone."""
        return self.known.post


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Files the posts of one look at the folder."""

    config: Config
    reader: str  # fingerprint of what read them
    now: datetime
    first_run: bool  # all there is becomes the baseline, and nothing alerts
    alerting: bool  # False: posts are left for the daemon to consider

    def file(
        self, seen: Iterable[Seen], shelf: Shelf, *, left: Collection[str]
    ) -> Iterator[Filing]:
        """
        File what was read.

        Args:
            seen: Each changed file once. Left out on purpose, or broken and never
                known: not filed. Each is let go at once where nothing was known before:
                a hundred thousand together weighed 10 MB.
            shelf: What was known before.
            left: Paths whose file is gone; their posts may have moved.
        """
        names: Mapping[str, str] = {}
        if shelf.rows:
            seen = list(seen)
            found = [post for each in seen if (post := self._post(each))]
            paths = {*left, *(post.path for post in found)}
            traces = shelf.traces(paths, gone=left, now=self.now)
            names = recognise(found, traces)
        given: dict[str, object] = dict.fromkeys(names.values())
        taken: Container[str] = given
        if shelf.rows:
            # Not one set: of ten thousand posts it takes a millisecond to make.
            taken = ChainMap(given, cast("dict[str, object]", shelf.rows))
        for each in seen:
            if post := self._post(each):
                identity = names.get(each.path)
                identity = identity or self._mint(post, each, taken)
                given[identity] = None
                yield self._filing(each, post, identity=identity, shelf=shelf)

    def row(self, filing: Filing) -> PostRow:
        """Give the row to keep of a post. It weighs as much as all else that is filed."""
        known, post, before = filing.known, filing.post, filing.before
        considered = self.first_run or bool(before and before.considered)
        # What asks and was not heard has to be read again by who will hear it, and what
        # has a problem by whoever starts next: every start tells of it.
        is_heard = self.alerting or not filing.asks
        is_done = filing.is_read and is_heard and not filing.has_problems
        return PostRow(
            id=None,
            path=post.path,
            identity=known.identity,
            first_seen=known.first_seen,
            gone_at=None,
            content_hash=post.content_hash,
            body_hash=post.body_hash,
            link=post.link,
            title=post.title,
            published=known.published,
            updated=post.updated,
            baseline=before.baseline if before else self.first_run,
            considered=considered or (self.alerting and self._is_due(known)),
            marked=filing.marked,
            stat=filing.stat,
            record=post if filing.is_read else "",
            reader=self.reader if is_done else "",
        )

    def _post(self, seen: Seen) -> Post | None:
        """Let a broken file join the baseline: mended later, it is no news."""
        if self.first_run and seen.is_broken and is_text(seen.path):
            return Post(path=seen.path, title="", link="", published=None)
        return seen.post

    def _moment(self, seen: Seen) -> datetime:
        """When a file was first met as it is: what was read ahead is filed as it was."""
        return min(seen.at, self.now) if seen.at else self.now

    def _first_seen(self, seen: Seen, post: Post) -> datetime:
        """
        Give the moment from which a post without a date counts.

        Of what was there before us it is when the file was last written: now, all of it
        would be news, and no two first runs would be alike.
        """
        moment = self._moment(seen)
        if post.published or not self.first_run:
            return moment
        written = min(max(seen.stat.mtime_ns // 10**9, 0), int(moment.timestamp()))
        return datetime.fromtimestamp(written, UTC)

    def _mint(self, post: Post, seen: Seen, taken: Container[str]) -> str:
        first_seen = self._first_seen(seen, post)
        host = self.config.site.host
        return mint(post, host=host, first_seen=first_seen, taken=taken)

    def _filing(self, seen: Seen, post: Post, *, identity: str, shelf: Shelf) -> Filing:
        before = shelf.rows.get(identity)
        first_seen = before.first_seen if before else self._first_seen(seen, post)
        post = finish(post, first_seen=first_seen, config=self.config)
        post = without_fields(post)
        if post.updated and post.updated > self.now:
            post = replace(post, updated=None)  # nothing was changed in time to come
        texts = shelf.texts.get(identity, {}) if before else {}
        text = correct(before, post, texts, now=self._moment(seen), silent=seen.silent)
        known = FiledPost(
            post=post, identity=identity, first_seen=first_seen, changed=text.changed
        )
        return Filing(
            stat=seen.stat,
            known=known,
            is_read=seen.post is not None,
            before=before,
            asks=self._asks(seen, known, before),
            marked=self._marked(seen, before),
            has_problems=bool(seen.problems),
            texts=text.rows,
        )

    def _marked(self, seen: Seen, before: PostRow | None) -> bool:
        """Remember a mark, once somebody is there to hear of it."""
        if self.alerting or self.first_run:
            return bool(seen.marked) or seen.is_broken
        return bool(before and before.marked)

    def _is_due(self, filed: FiledPost) -> bool:
        return filed.published <= self.now

    def _asks(
        self, seen: Seen, filed: FiledPost, before: PostRow | None
    ) -> Rule | None:
        """Give the rule that asks for an alert: at first sight, or for a new mark."""
        ends = filed.post.expires
        if self.first_run or not self._is_due(filed) or (ends and ends <= self.now):
            return None
        if before is None or not before.considered:
            return seen.asked
        return None if before.marked else seen.marked
