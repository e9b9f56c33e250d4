"""
Entries: posts rendered for feeds, only when one needs them, and remembered.

The last good rendering of a post that has since been broken stays in its feed; the
store keeps it, so that it does so over a restart.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from syndicate.app.gallery import Gallery, measured
from syndicate.config import Config
from syndicate.errors import PostError
from syndicate.fetch.recordings import with_recordings
from syndicate.model import Entry, FiledPost, Measure, Picture
from syndicate.posts.entry import make_entry
from syndicate.posts.files import read_file
from syndicate.posts.read import read_again
from syndicate.posts.record import entry_from_record, entry_to_record
from syndicate.posts.scope import Links

FEW = 8
"""Entries made ahead: of a post that is never filed none is kept for ever."""

Shelved = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the entries the store keeps: identity to record."""


class Entries:
    """Renders posts for one configuration. One thread owns it."""

    def __init__(
        self,
        config: Config,
        reader: str,
        *,
        shelved: Shelved,
        links: Links,
        gallery: Gallery,
    ) -> None:
        self.config = config
        self._gallery = gallery
        self._links = links
        self._reader = reader
        self._shelved = shelved
        self._known: dict[str, tuple[str, Entry]] = {}  # identity: version, entry
        self._ahead: dict[str, tuple[FiledPost, Entry]] = {}  # by identity
        self.fresh: dict[str, str] = {}  # identity to record, not in the store yet

    def of(self, posts: Sequence[FiledPost]) -> list[Entry]:
        """Give the entries of some posts, in their order, without the unreadable."""
        self._recall(posts)
        return [entry for filed in posts if (entry := self._entry(filed))]

    def learn_all(self) -> None:
        """Ask the database for what ``make_apart`` needs: there it must not be asked."""
        self._gallery.learn({})

    def make_apart(
        self, posts: Sequence[FiledPost]
    ) -> tuple[list[Entry], Mapping[str, str]] | None:
        """
        Render posts in a process that is a copy of this one.

        Returns:
            Their entries, and a record of each for the ``fresh`` of this process;
            ``None`` if one cannot be read: what the store keeps of it stands then.
        """
        entries: list[Entry] = []
        records: dict[str, str] = {}
        for filed in posts:
            entry = self._made(filed)
            if entry is None:
                return None
            entries.append(entry)
            records[filed.identity] = entry_to_record(self._version(filed), entry)
        return entries, records

    def make_ahead(self, filed: FiledPost) -> Entry | None:
        """Render a post that is about to be filed so; nothing of it is kept but that."""
        if len(self._ahead) >= FEW:
            self._ahead.clear()
        made = self._made(filed)
        if made:
            self._ahead[filed.identity] = filed, made
        return made

    def of_ahead(self, posts: Sequence[FiledPost]) -> list[Entry]:
        """
        Give the entries that ``of`` would give, those made ahead among them.

        Nothing is kept: a post that was never filed so has no entry for the store.
        """
        self._recall(posts)
        return [entry for filed in posts if (entry := self._entry_ahead(filed))]

    def forget_but(self, posts: Iterable[FiledPost]) -> None:
        """Let go of entries that stand in no feed."""
        kept = {filed.identity for filed in posts}
        self._known = {key: self._known[key] for key in self._known if key in kept}
        self._ahead.clear()

    def pictures(self) -> list[Picture]:
        """List the pictures of the entries that stand, newest first. Any thread may ask."""
        entries = [entry for _, entry in list(self._known.values())]
        entries.sort(key=lambda entry: entry.published, reverse=True)
        return [entry.picture for entry in entries if entry.picture]

    def hang(self, found: Mapping[str, Measure]) -> set[str]:
        """Measure the pictures of entries that stand; gives whose entries are new now."""
        self._gallery.learn(found)
        self._ahead.clear()
        changed: set[str] = set()
        for identity, (version, entry) in self._known.items():
            measure = entry.picture and found.get(entry.picture.url)
            after = measured(entry, measure) if measure else entry
            if after is not entry:
                self._keep(identity, version, after)
                changed.add(identity)
        return changed

    def _recall(self, posts: Iterable[FiledPost]) -> None:
        missing = [p.identity for p in posts if p.identity not in self._known]
        for identity, record in (self._shelved(missing) if missing else {}).items():
            if found := entry_from_record(record):
                version, entry = found
                self._known[identity] = version, self._gallery.recall(entry)

    def _entry(self, filed: FiledPost) -> Entry | None:
        version, known = self._known.get(filed.identity, ("", None))
        if known and version == self._version(filed):
            return known
        return self._render(filed) or known

    def _entry_ahead(self, filed: FiledPost) -> Entry | None:
        if ahead := self._made_ahead(filed):
            return ahead
        version, known = self._known.get(filed.identity, ("", None))
        if known and version == self._version(filed):
            return known
        return self._made(filed) or known

    def _render(self, filed: FiledPost) -> Entry | None:
        entry = self._made_ahead(filed) or self._made(filed)
        if entry:
            self._keep(filed.identity, self._version(filed), entry)
        return entry

    def _made_ahead(self, filed: FiledPost) -> Entry | None:
        """Give the entry made ahead, if it is of this very post as it is filed now."""
        ahead = self._ahead.get(filed.identity)
        return ahead[1] if ahead and ahead[0] == filed else None

    def _made(self, filed: FiledPost) -> Entry | None:
        try:
            raw = read_file(self.config.posts_dir, filed.post.path)
        except PostError:
            return None
        reading = read_again(raw, filed.post, self.config)
        if reading.post is None:
            return None
        read = replace(filed, post=reading.post)
        made = make_entry(read, reading.body, self.config, links=self._links)
        return with_recordings(self._gallery.hang(made), self.config)

    def _keep(self, identity: str, version: str, entry: Entry) -> None:
        self._known[identity] = version, entry
        self.fresh[identity] = entry_to_record(version, entry)

    def _version(self, filed: FiledPost) -> str:
        changed = filed.changed.isoformat() if filed.changed else ""
        changed += "".join(each.at.isoformat() for each in filed.errata)
        content = filed.post.content_hash.hex()
        return f"{content}:{self._reader}:{filed.post.link}:{changed}"
