"""The last good rendering of posts that stand, or stood, in a feed."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from syndicate.store.tables import entries
from syndicate.store.upsert import execute_many, insert_into


def load_entries(connection: Connection, identities: Collection[str]) -> dict[str, str]:
    """Give what is kept of some posts: identity to record, which is opaque here."""
    kept = select(entries).where(entries.c.identity.in_(identities))
    return {row.identity: row.record for row in connection.execute(kept)}


def save_entries(connection: Connection, records: Mapping[str, str]) -> None:
    """Keep records by identity, in place of earlier ones."""
    if not records:
        return
    engine = connection.dialect.name
    if engine not in _UPSERTS:
        insert = insert_into(connection, entries)
        _UPSERTS[engine] = insert.on_conflict_do_update(
            index_elements=["identity"], set_={"record": insert.excluded.record}
        )
    execute_many(
        connection,
        _UPSERTS[engine],
        names=("identity", "record"),
        rows=list(records.items()),
    )


_UPSERTS: dict[str, Any] = {}
"""How entries are written, by engine: made anew it took longer than writing one."""
