"""
What a newsroom asks of the store, and tells it.

    StoredRecords   of a database that is there (``stored``)
    Founding        of one that is not, which the first word makes (``founding``)
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from syndicate.model import Measure
from syndicate.store.rows import (
    CorrectionRow,
    PostRow,
    Switch,
    TextRow,
    Texts,
    Withdrawal,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from syndicate.store.engine import Store


class Remembered(NamedTuple):
    """What is known at a start."""

    switches: Collection[str]  # names of all that were ever touched
    texts: Texts
    posts: Iterable[PostRow]  # every post ever seen; to be gone through once


class TakenBack(NamedTuple):
    """What editors did to posts that stand, or stood. By identity."""

    withdrawals: Mapping[str, Withdrawal]
    corrections: Mapping[str, Sequence[CorrectionRow]]  # oldest first


class Pen(Protocol):
    """Writes in one transaction."""

    @property
    def connection(self) -> "Connection":
        """The transaction, for who writes what no newsroom does. None on a first build."""

    def save_posts(self, rows: Iterable[PostRow]) -> None:
        """Write posts. See ``posts.save_posts``."""

    def save_texts(self, rows: Iterable[TextRow]) -> None:
        """Keep texts of posts that were corrected."""

    def save_entries(self, records: Mapping[str, str]) -> None:
        """Keep what was rendered, by identity."""

    def flip(self, switch: Switch) -> None:
        """Put a switch, and note it in the audit log."""


class Records(Protocol):
    """What is kept of posts. Every word raises ``StoreError`` where the database fails."""

    @property
    def store(self) -> "Store":
        """The database, for who asks it what no newsroom does. None on a first build."""

    def remembered(self) -> AbstractContextManager[Remembered]:
        """Give what is known, in one view of the database that ends with the block."""

    def entries(self, identities: Collection[str]) -> Mapping[str, str]:
        """Give what is kept of the renderings of some posts."""

    def pictures(self) -> Mapping[str, Measure]:
        """Give what pictures that lie elsewhere measure, by address."""

    def taken_back(self) -> TakenBack:
        """Give what was taken back or put right."""

    def writing(self) -> AbstractContextManager[Pen]:
        """One transaction: committed at the end of the block, whole or not at all."""

    def close(self) -> None:
        """Let go of the database."""
