"""
Keeps the archive: closes documents, and writes those that are not as they should be.

What a document was written from is kept as a mark. While that holds and its files lie
there, nothing of it is read, rendered or compared.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from hashlib import sha256
from itertools import repeat

from syndicate.app.entries import Entries
from syndicate.config import Config
from syndicate.feeds.archive import LARGEST, Document, close, document
from syndicate.feeds.build import cleaned, write_files
from syndicate.feeds.disk import DISK
from syndicate.feeds.feed import Pages, formats
from syndicate.feeds.gate import Gate
from syndicate.feeds.publish import publish
from syndicate.model import Entry, FiledPost
from syndicate.store.archive import ClosedRow, load_archive, save_archive
from syndicate.store.engine import Store
from syndicate.store.entries import save_entries

MANY = 1000
"""Entries rendered before the store gets them: so memory does not hold all of them."""

PLENTY = 500
"""Posts to be written that are worth other processes: half a second and more."""

Made = tuple[Sequence[tuple[str, bytes]], Mapping[str, str]]
"""The files of a document, and the records of its entries."""


class Archive:
    """The archive of one configuration. One thread owns it."""

    def __init__(
        self,
        config: Config,
        store: Store,
        *,
        reader: str,
        hands: Callable[[], int] | None = None,
    ) -> None:
        """Open it; ``hands`` says how many processes write when there is plenty."""
        self._hands = hands
        self._config = config
        self._store = store
        self._reader = reader
        with store.read() as connection:
            rows = load_archive(connection)
        self._closed = [row.identities for row in rows]
        self._marks = {row.number: row.mark for row in rows}  # as last written
        self._taken = {each for row in rows for each in row.identities}
        self._documents: dict[int, tuple[list[FiledPost], Document, str]] = {}

    def close(
        self,
        posts: Iterable[FiledPost],
        *,
        subscribed: Iterable[FiledPost],
        now: datetime,
    ) -> Pages:
        """
        Close the documents that are full, and look at all of them.

        Args:
            posts: Every post that stands.
            subscribed: Those in the subscription.
            now: Posts dated later are not published yet.

        Returns:
            Where the subscription stands in the archive.
        """
        there = {each.identity: each for each in posts if each.published <= now}
        left = [post for name, post in there.items() if name not in self._taken]
        full = close(
            left,
            subscribed={each.identity for each in subscribed},
            size=min(self._config.feeds.entries, LARGEST),
        )
        self._save([tuple(post.identity for post in one) for one in full])
        groups = [
            [there[name] for name in one if name in there] for one in self._closed
        ]
        groups.append([each for each in left if each.identity not in self._taken])
        for number, group in enumerate(groups, start=1):
            self._look(number, group, is_closed=number < len(groups))
        return Pages(previous=len(self._closed))

    def publish(self, entries: Entries, gate: Gate) -> list[str]:
        """
        Write the documents that are due and give the names of files replaced.

        Raises:
            SetupError: The disk or the database refused; the rest is written next time.
        """
        due = [doc for doc, mark in self._all() if not self._stands(doc, mark)]
        whole: list[int] = []
        with self._crew(due, entries) as made:
            files = self._written(zip(due, made, strict=True), entries, whole)
            names = publish(self._config.feeds_dir, files, fault=gate.fault)
        whole = [n for n in whole if not gate.is_shut(self._documents[n][1].folder)]
        self._marks |= {number: self._documents[number][2] for number in whole}
        self._save_marks(whole)
        return names

    def _all(self) -> Iterator[tuple[Document, str]]:
        return ((doc, mark) for _, doc, mark in self._documents.values())

    def _look(self, number: int, posts: list[FiledPost], *, is_closed: bool) -> None:
        """Note how a document should be; most are as they were."""
        known = self._documents.get(number)
        if known and known[0] == posts and known[1].is_closed == is_closed:
            return
        made = document(number, posts, is_closed=is_closed)
        self._documents[number] = posts, made, self._mark(made)

    def _mark(self, doc: Document) -> str:
        said = [repr(doc.feed([], self._config)), self._reader]
        for each in doc.posts:
            said += [each.identity, each.post.content_hash.hex(), each.post.link]
            said += [each.published.isoformat(), str(each.changed)]
        return sha256("\n".join(said).encode()).hexdigest()

    def _stands(self, doc: Document, mark: str) -> bool:
        folder = self._config.feeds_dir / doc.folder
        return self._marks.get(doc.number) == mark and all(
            (folder / each.file).is_file() for each in formats() if each.is_archived
        )

    def _crew(
        self, due: Sequence[Document], entries: Entries
    ) -> AbstractContextManager[Iterator[Made | None]]:
        """Have other processes write documents, if there is plenty."""
        if sum(len(doc.posts) for doc in due) < PLENTY:
            return nullcontext(repeat(None, len(due)))
        # A copy of this process may not use its database, and has none of its threads.
        entries.learn_all()
        DISK.let_go()
        from syndicate.app.crew import crew, spare_hands  # noqa: PLC0415 - for big archives

        hands = self._hands or spare_hands
        return crew(due, partial(self._made_apart, entries), hands=hands())

    def _made_apart(self, entries: Entries, doc: Document) -> Made | None:
        if (rendered := entries.make_apart(doc.posts)) is None:
            return None
        found, records = rendered
        return self._files(doc, found), records

    def _written(
        self,
        due: Iterable[tuple[Document, Made | None]],
        entries: Entries,
        whole: list[int],
    ) -> Iterator[tuple[str, bytes]]:
        """Write documents one by one; ``whole`` gets those that lack no entry."""
        for doc, made in due:
            if made:
                files, records = made
                entries.fresh |= records
                count = len(records)
            else:
                found = entries.of(doc.posts)
                files, count = self._files(doc, found), len(found)
            yield from files
            if count == len(doc.posts):
                whole.append(doc.number)
            if len(entries.fresh) > MANY:
                self._keep(entries)
                entries.forget_but([])
        self._keep(entries)

    def _files(self, doc: Document, found: Iterable[Entry]) -> list[tuple[str, bytes]]:
        feed = doc.feed(list(cleaned(found)), self._config)
        return list(write_files(feed, doc.folder))

    def _keep(self, entries: Entries) -> None:
        """Hand the entries that were rendered to the store."""
        with self._store.begin() as connection:
            save_entries(connection, entries.fresh)
        entries.fresh.clear()

    def _save(self, full: Sequence[tuple[str, ...]]) -> None:
        first = len(self._closed) + 1
        rows = [
            ClosedRow(number=number, identities=one)
            for number, one in enumerate(full, start=first)
        ]
        if rows:
            with self._store.begin() as connection:
                save_archive(connection, rows)
        self._closed += full
        self._taken.update(*full)

    def _save_marks(self, numbers: Iterable[int]) -> None:
        rows = [
            ClosedRow(number=n, identities=self._closed[n - 1], mark=self._marks[n])
            for n in numbers
            if n <= len(self._closed)
        ]
        if rows:
            with self._store.begin() as connection:
                save_archive(connection, rows)
