"""
Files what was read: gives every post its identity and its row.

    seen -> filing    (row to keep, post to publish, rule that asks for an alert)

Pure: the shelf is read, not written.
"""

from collections import ChainMap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from syndicate.app.correcting import Correction, correct
from syndicate.app.reading import Seen, without_fields
from syndicate.app.shelf import Shelf
from syndicate.config import Config, Rule
from syndicate.model import FiledPost, Post
from syndicate.posts.files import is_text
from syndicate.posts.identity import mint, recognise
from syndicate.posts.permalink import finish
from syndicate.posts.watch import Stat
from syndicate.store.posts import PostRow
from syndicate.store.texts import TextRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What becomes of one file."""

    stat: Stat
    row: PostRow
    filed: FiledPost | None  # None: it cannot be read, only known again
    before: PostRow | None  # None: first seen now
    asks: Rule | None  # the rule that asks for an alert now
    texts: Sequence[TextRow] = ()  # to remember, where it was corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Files the posts of one look at the folder."""

    config: Config
    reader: str  # fingerprint of what read them
    now: datetime
    first_run: bool  # all there is becomes the baseline, and nothing alerts
    alerting: bool  # False: posts are left for the daemon to consider

    def file(
        self, seen: Sequence[Seen], shelf: Shelf, *, left: Collection[str]
    ) -> list[Filing]:
        """
        File what was read.

        Args:
            seen: Each changed file once. Left out on purpose, or broken and never
                known: not filed.
            shelf: What was known before.
            left: Paths whose file is gone; their posts may have moved.
        """
        posts = {each.path: self._post(each) for each in seen}
        found = [post for post in posts.values() if post]
        names = self._names(found, shelf, left)
        return [
            self._filing(each, post, names[each.path], shelf)
            for each in seen
            if (post := posts[each.path])
        ]

    def _post(self, seen: Seen) -> Post | None:
        """Let a broken file join the baseline: mended later, it is no news."""
        if self.first_run and seen.is_broken and is_text(seen.path):
            return Post(path=seen.path, title="", link="", published=None)
        return seen.post

    def _names(
        self, posts: Sequence[Post], shelf: Shelf, left: Collection[str]
    ) -> dict[str, str]:
        """Give path to identity, for known posts and new ones."""
        paths = {*left, *(post.path for post in posts)}
        names = recognise(posts, shelf.traces(paths, gone=left, now=self.now))
        # Not one set: of ten thousand posts it takes a millisecond to make.
        given: dict[str, object] = dict.fromkeys(names.values())
        taken = ChainMap[str, object](given, cast("dict[str, object]", shelf.rows))
        for post in posts:
            if post.path not in names:
                names[post.path] = mint(
                    post, host=self.config.site.host, first_seen=self.now, taken=taken
                )
                given[names[post.path]] = None
        return names

    def _filing(self, seen: Seen, post: Post, identity: str, shelf: Shelf) -> Filing:
        before = shelf.rows.get(identity)
        first_seen = before.first_seen if before else self.now
        post = finish(post, first_seen=first_seen, config=self.config)
        post = without_fields(post)
        text = self._corrected(seen, before, post, shelf)
        filed = FiledPost(
            post=post, identity=identity, first_seen=first_seen, changed=text.changed
        )
        asks = self._asks(seen, filed, before)
        considered = self.first_run or bool(before and before.considered)
        row = PostRow(
            id=None,
            path=seen.path,
            identity=identity,
            first_seen=first_seen,
            gone_at=None,
            content_hash=post.content_hash,
            body_hash=post.body_hash,
            link=post.link,
            title=post.title,
            published=filed.published,
            updated=post.updated,
            baseline=before.baseline if before else self.first_run,
            considered=considered or (self.alerting and self._is_due(filed)),
            marked=self._marked(seen, before),
            stat=seen.stat,
            record=post if seen.post else "",
            # What asks and was not heard has to be read again by who will hear it.
            reader="" if asks and not self.alerting else self.reader,
        )
        return Filing(
            stat=seen.stat,
            row=row,
            filed=filed if seen.post else None,
            before=before,
            asks=asks,
            texts=text.rows,
        )

    def _corrected(
        self, seen: Seen, before: PostRow | None, post: Post, shelf: Shelf
    ) -> Correction:
        known = shelf.texts.get(before.identity, {}) if before else {}
        return correct(before, post, known, now=self.now, silent=seen.silent)

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
