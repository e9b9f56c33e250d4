"""
Posts by topic: which topics have posts, and the newest of each.

Kept up to date post by post. A topic that nothing happened to is not looked at again:
a site of 10,000 posts may have 20,000 tags.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from syndicate.config import Config
from syndicate.feeds.order import Order, Ranked
from syndicate.feeds.topic import Topic, give_slugs, named, slug_of
from syndicate.model import FiledPost, Post

FEW = 100
"""New topics that are put in their places one by one."""

At = tuple[str, str]
"""Kind and key of a topic: ``("tag", "지진")``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Selection:
    """The posts of one feed. While nothing about it changes it is the same object."""

    topic: Topic | None  # None: the whole site
    posts: Sequence[FiledPost]  # newest first

    @property
    def folder(self) -> str:
        """Where its files are, below the folder of feeds."""
        return self.topic.folder if self.topic else ""


class Topics:
    """The topics of one configuration. One thread owns it."""

    def __init__(self, config: Config) -> None:
        self._site = config.site
        self._by = tuple(dict.fromkeys(config.feeds.by))
        self._limit = config.feeds.entries
        self._groups: dict[At, _Group] = {}
        self._rivals: dict[At, set[str]] = {}  # kind and slug: the keys that want it
        self._touched: set[At] = set()
        self._selections: dict[At, Selection] = {}  # of topics that have a feed
        self._former: dict[At, Selection] = {}  # what the choice before replaced
        self._replaced: dict[At, Selection] = {}  # and the last one
        self._gone: list[Topic] = []  # since the last ``selections``
        self._come: list[Topic] = []
        self.topics: Sequence[Topic] = ()  # in order, as of the last ``selections``
        self._former_topics: Sequence[Topic] = ()

    def add_all(self, posts: Iterable[Ranked]) -> None:
        """File posts under their topics; they come oldest first."""
        for post in posts:
            for at, name in self._places(post[-1].post):
                if at not in self._groups:
                    self._groups[at] = _Group()
                    self._rivals.setdefault(_wanted(at), set()).add(at[1])
                self._groups[at].add(post, name)
                self._touched.add(at)

    def remove(self, post: Ranked) -> None:
        """Take a post out of its topics."""
        for at, name in self._places(post[-1].post):
            self._groups[at].remove(post, name)
            self._touched.add(at)

    def touch_all(self) -> None:
        """Look at every topic again: the time of a post may have come."""
        self._touched |= self._groups.keys()

    def selections(self, now: datetime) -> Iterable[Selection]:
        """Give the feed of every topic that has a post whose time has come."""
        for at in self._touched:
            group = self._groups[at]
            group.posts = group.order.newest(self._limit, now=now)
        self._former, self._replaced = self._replaced, {}
        for wanted in set(map(_wanted, self._touched)):
            self._settle(wanted)
        if self._gone or self._come:
            topics, former = tuple(self._sorted()), self._former_topics
            self._former_topics = self.topics
            self.topics = former if former == topics else topics
        self._touched.clear()
        return self._selections.values()

    def _places(self, post: Post) -> Iterator[tuple[At, str]]:
        """Give the topics of a post, and how it spells them first."""
        for by in self._by:
            pairs = map(named, reversed(self._values(post, by)))
            for key, name in dict(pairs).items():
                if key:
                    yield (by, key), name

    def _values(self, post: Post, by: str) -> Sequence[str]:
        """Give what a post is filed under; where it is silent, the site speaks for it."""
        match by:
            case "category":
                return post.categories
            case "tag":
                return post.tags
            case "author":
                return post.authors or (self._site.author,)
            case _:
                return (post.language or self._site.language,)

    def _settle(self, wanted: At) -> None:
        """Settle the feeds of all topics of one slug."""
        by, keys = wanted[0], self._rivals.pop(wanted)
        there = {key for key in keys if self._groups[by, key].posts}
        slugs = give_slugs({key: self._groups[by, key].since for key in there})
        for key in keys - there:
            self._drop((by, key))
        for key in there:
            self._choose((by, key), slugs[key])
        if left := {key for key in keys if (by, key) in self._groups}:
            self._rivals[wanted] = left

    def _drop(self, at: At) -> None:
        """Let go of a topic without a feed; it stays while posts are to come."""
        if not any(self._groups[at].names.values()):
            del self._groups[at]
        before = self._selections.pop(at, None)
        if before:
            self._replaced[at] = before
            self._note(before, None)

    def _choose(self, at: At, slug: str) -> None:
        """Make the feed of a topic, unless it is as it was."""
        group, before = self._groups[at], self._selections.get(at)
        name = min(name for name, count in group.names.items() if count)
        topic: Topic | None = Topic(by=at[0], name=name, slug=slug)
        is_named = before is None or before.topic != topic
        if before and not is_named:
            if before.posts == group.posts:
                return
            topic = before.topic  # known again by being the same object
        if before:
            self._replaced[at] = before
        self._selections[at] = self._again(at, topic, group.posts)
        if is_named:
            self._note(before, self._selections[at])

    def _note(self, before: Selection | None, after: Selection | None) -> None:
        """Note that a topic has gone, come, or been named anew."""
        if before and before.topic:
            self._gone.append(before.topic)
        if after and after.topic:
            self._come.append(after.topic)

    def _again(
        self, at: At, topic: Topic | None, posts: Sequence[FiledPost]
    ) -> Selection:
        """Give a feed as it was one choice ago, if it is so again; else a new one."""
        former = self._former.get(at)
        if former and former.topic == topic and former.posts == posts:
            return former
        return Selection(topic=topic, posts=posts)

    def _sorted(self) -> list[Topic]:
        """Take out the topics that have gone and sort in those that have come."""
        topics, gone, come = list(self.topics), self._gone, self._come
        self._gone, self._come = [], []
        if len(gone) + len(come) > FEW:
            left = set(map(self._place, gone))
            topics = [each for each in topics if self._place(each) not in left]
            return sorted([*topics, *come], key=self._place)
        for each in gone:
            del topics[bisect_left(topics, self._place(each), key=self._place)]
        for each in come:
            insort(topics, each, key=self._place)
        return topics

    def _place(self, topic: Topic) -> tuple[int, str]:
        return self._by.index(topic.by), topic.slug


def _wanted(at: At) -> At:
    """Give the kind and the slug that a topic would have if it were alone."""
    by, key = at
    return by, slug_of(key)


class _Group:
    """The posts of one topic."""

    __slots__ = ("_since", "names", "order", "posts")

    def __init__(self) -> None:
        self.order = Order()
        self.names: Counter[str] = Counter()  # spellings; some count no more
        self.posts: Sequence[FiledPost] = ()  # that stand in its feed
        self._since: datetime | None = None

    def add(self, post: Ranked, name: str) -> None:
        self.order.add(post)
        self.names[name] += 1
        self._since = None

    def remove(self, post: Ranked, name: str) -> None:
        self.order.remove(post)
        self.names[name] -= 1
        self._since = None

    @property
    def since(self) -> datetime:
        """When the first of its posts was first seen."""
        if self._since is None:
            self._since = min(post.first_seen for post in self.order)
        return self._since
