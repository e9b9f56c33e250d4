"""The records of a database that is there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection

from syndicate.model import Measure
from syndicate.store.corrections import load_corrections
from syndicate.store.engine import Store
from syndicate.store.entries import load_entries, save_entries
from syndicate.store.pictures import measured_pictures
from syndicate.store.posts import load_posts, save_posts
from syndicate.store.records import Remembered, TakenBack
from syndicate.store.rows import PostRow, Switch, TextRow
from syndicate.store.switches import flip, load_switches
from syndicate.store.texts import load_texts, save_texts
from syndicate.store.withdrawals import load_withdrawals


class StoredRecords:
    """``Records`` of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @contextmanager
    def remembered(self) -> Iterator[Remembered]:
        """See ``Records``."""
        with self.store.read() as connection:
            yield Remembered(
                switches={switch.name for switch in load_switches(connection)},
                texts=load_texts(connection),
                posts=load_posts(connection),
            )

    def entries(self, identities: Collection[str]) -> Mapping[str, str]:
        """See ``Records``."""
        with self.store.read() as connection:
            return load_entries(connection, identities)

    def pictures(self) -> Mapping[str, Measure]:
        """See ``Records``."""
        with self.store.read() as connection:
            return measured_pictures(connection)

    def taken_back(self) -> TakenBack:
        """See ``Records``."""
        with self.store.read() as connection:
            return TakenBack(
                withdrawals=load_withdrawals(connection),
                corrections=load_corrections(connection),
            )

    @contextmanager
    def writing(self) -> Iterator["StoredPen"]:
        """See ``Records``."""
        with self.store.begin() as connection:
            yield StoredPen(connection)

    def close(self) -> None:
        """See ``Records``."""
        self.store.close()


class StoredPen:
    """``Pen`` of a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def save_posts(self, rows: Iterable[PostRow]) -> None:
        """See ``Pen``."""
        save_posts(self.connection, rows)

    def save_texts(self, rows: Iterable[TextRow]) -> None:
        """See ``Pen``."""
        save_texts(self.connection, rows)

    def save_entries(self, records: Mapping[str, str]) -> None:
        """See ``Pen``."""
        save_entries(self.connection, records)

    def flip(self, switch: Switch) -> None:
        """See ``Pen``."""
        flip(self.connection, switch)
