"""The texts that corrected posts have had. A post that was never corrected has none."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, select

from syndicate.store.rows import TextRow, Texts
from syndicate.store.tables import texts
from syndicate.store.upsert import insert_into


def load_texts(connection: Connection) -> Texts:
    """Give every text that is kept."""
    found: Texts = {}
    for row in connection.execute(select(texts)):
        found.setdefault(row.identity, {})[row.digest] = row.changed_at
    return found


def save_texts(connection: Connection, rows: Iterable[TextRow]) -> None:
    """Keep texts. Whoever saw one first is right about when that was."""
    if values := [asdict(row) for row in rows]:
        connection.execute(
            insert_into(connection, texts).on_conflict_do_nothing(), values
        )
