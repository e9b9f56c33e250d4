"""What is remembered of each post ever seen."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select, update

from syndicate.store.locks import ALERT, take_turn
from syndicate.store.rows import (
    FLAGS,
    HASHES,
    NAMES,
    SAVED,
    TIMES,
    PostRow,
    in_parts,
    kept,
)
from syndicate.store.tables import posts
from syndicate.store.times import read_time
from syndicate.store.upsert import execute_many, insert_into

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
    for part in in_parts(rows):
        execute_many(connection, UPSERTS[engine], names=SAVED, rows=map(kept, part))


def _digest(text: str) -> bytes:
    """Read a hash. What is none is like no other: its post will be read again."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


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
