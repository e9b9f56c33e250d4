"""What is remembered of each post ever seen."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, bindparam, or_, select, update

from syndicate.model import Post
from syndicate.posts.record import to_record
from syndicate.store.columns import UtcTime, read_time
from syndicate.store.locks import ALERT, take_turn
from syndicate.store.tables import posts
from syndicate.store.upsert import execute_many, insert_into


# No dataclass: a hundred thousand are made at each start, in a fifth of the time.
class PostRow(NamedTuple):
    """A row of ``posts``. Times are UTC; ``id`` is ``None`` until it was saved."""

    id: int | None
    path: str  # below the posts folder, with "/"
    identity: str  # a tag: URI, minted once
    first_seen: datetime
    gone_at: datetime | None  # when its file vanished
    content_hash: bytes  # kept in hexadecimal, as is the next
    body_hash: bytes
    link: str
    title: str
    published: datetime | None
    updated: datetime | None
    baseline: bool  # there before the first run
    considered: bool  # the alert rules have looked at it
    marked: bool  # an explicit alert mark was on it when last seen
    stat: object  # opaque here; its text is kept
    record: Post | str  # kept as ``to_record`` writes it; empty: it was never read
    reader: str  # fingerprint of what wrote ``record``


NAMES = PostRow._fields
KINDS = [posts.c[name].type for name in NAMES]
TIMES = [place for place, kind in enumerate(KINDS) if isinstance(kind, UtcTime)]
FLAGS = [place for place, kind in enumerate(KINDS) if isinstance(kind, Boolean)]
SAVED = NAMES[1:]
HASHES = [NAMES.index(name) for name in ("content_hash", "body_hash")]
PATH, TITLE, STAT, RECORD = map(NAMES.index, ("path", "title", "stat", "record"))
AT_ONCE = 1000
"""Rows handed over together: a hundred thousand at once would fill the memory."""
FOR_EVER = {"id", "identity", "first_seen", "baseline"}  # of a post that is known


def load_posts(connection: Connection) -> Iterator[PostRow]:
    """Give every post ever seen, the vanished ones too, in the order they were met."""
    read = datetime.fromisoformat if connection.dialect.name == "sqlite" else read_time
    query = f"SELECT {', '.join(NAMES)} FROM posts ORDER BY id"  # noqa: S608, names of ours
    # The driver's own rows: SQLAlchemy's would take half as long again.
    cursor: Any = connection.exec_driver_sql(query).cursor
    for row in cursor:
        said = list(row)
        for place in TIMES:
            if said[place] is not None:
                said[place] = read(said[place])
        for place in FLAGS:
            said[place] = bool(said[place])
        for place in HASHES:
            said[place] = _digest(said[place])
        yield PostRow._make(said)


def save_posts(connection: Connection, rows: Iterable[PostRow]) -> None:
    """
    Write rows: new identities are added, known ones take the new values.

    Of a known post ``first_seen`` and ``baseline`` stay as they are, and what was once
    considered stays so, even if another process considered it meanwhile.

    Raises:
        ValueError: Two of the rows share an identity.
    """
    engine = connection.dialect.name
    if engine not in UPSERTS:
        UPSERTS[engine] = _upsert(connection)
    rest, saved = iter(rows), set[str]()
    while part := list(islice(rest, AT_ONCE)):
        for row in part:
            if row.identity in saved:
                raise ValueError(f"two posts share the identity {row.identity}")
            saved.add(row.identity)
        values = map(_values, part)
        execute_many(connection, UPSERTS[engine], names=SAVED, rows=values)


def _values(row: PostRow) -> list[Any]:
    values: list[Any] = [*row]
    values[PATH] = _copied(row.path)
    values[TITLE] = _copied(row.title)
    for place in HASHES:
        values[place] = values[place].hex()
    values[STAT] = str(row.stat)
    if not isinstance(row.record, str):
        values[RECORD] = to_record(row.record)
    return values[1:]


def _digest(text: str) -> bytes:
    """Read a hash. What is none is like no other: its post will be read again."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _copied(text: str) -> str:
    """
    Give the driver a text of its own.

    It leaves the UTF-8 of all but ASCII in what it was given, and a title in Hangul, kept
    for as long as its post is, weighed twice as much.
    """
    return text if text.isascii() else text[:1] + text[1:]


UPSERTS: dict[str, Any] = {}
"""How posts are written, by engine: made anew it took longer than writing one."""


def _upsert(connection: Connection) -> Any:
    insert = insert_into(connection, posts)
    changes = {
        name: getattr(insert.excluded, name) for name in NAMES if name not in FOR_EVER
    }
    changes["considered"] = or_(posts.c.considered, insert.excluded.considered)
    return insert.on_conflict_do_update(index_elements=["identity"], set_=changes)


def consider(connection: Connection, identity: str) -> None:
    """Note that no rule needs to look at a post any more."""
    take_turn(connection, ALERT)
    known = update(posts).where(posts.c.identity == identity)
    connection.execute(known.values(considered=True))


def considered(connection: Connection, identities: Collection[str]) -> set[str]:
    """
    Give those of ``identities`` that rules need not look at any more.

    Whoever asks in order to alert is alone with it until its transaction ends: a leader
    that was thought dead and its successor may both have read the same new post.
    """
    if not identities:
        return set()
    take_turn(connection, ALERT)
    return set(connection.scalars(_DONE, {"identities": list(identities)}))


# Built once: every post that asks for an alert waits for it.
_DONE = select(posts.c.identity).where(
    posts.c.considered, posts.c.identity.in_(bindparam("identities", expanding=True))
)
