"""What pictures that lie elsewhere measure, and when to look at them again."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from syndicate.model import Measure
from syndicate.store.tables import pictures
from syndicate.store.upsert import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRow:
    """A row of ``pictures``. Times are UTC."""

    url: str
    checked_at: datetime
    due_at: datetime
    failures: int = 0
    fault: str = ""
    type: str | None = None
    length: int | None = None
    width: int | None = None
    height: int | None = None

    @property
    def measure(self) -> Measure | None:
        """What it measured when it was last there; ``None``: it never was."""
        if self.type is None:
            return None
        return Measure(
            type=self.type, length=self.length, width=self.width, height=self.height
        )


def load_pictures(
    connection: Connection, urls: Collection[str]
) -> dict[str, PictureRow]:
    """Give what is known of some pictures, by address. At most a few hundred at once."""
    wanted = select(pictures).where(pictures.c.url.in_(urls))
    rows = connection.execute(wanted).mappings()
    return {row["url"]: PictureRow(**row) for row in rows}


def measured_pictures(connection: Connection) -> dict[str, Measure]:
    """Give all that was ever measured and not forgotten, by address."""
    rows = connection.execute(select(pictures).where(pictures.c.type.is_not(None)))
    found = (PictureRow(**row) for row in rows.mappings())
    return {row.url: row.measure for row in found if row.measure}


def save_pictures(connection: Connection, rows: Sequence[PictureRow]) -> None:
    """Write rows, in place of earlier ones of the same address."""
    if not rows:
        return
    insert = insert_into(connection, pictures)
    names = [column.name for column in pictures.columns if not column.primary_key]
    replace = {name: insert.excluded[name] for name in names}
    connection.execute(
        insert.on_conflict_do_update(index_elements=["url"], set_=replace),
        [asdict(row) for row in rows],
    )


def forget_pictures(connection: Connection, *, due_before: datetime) -> int:
    """Forget what nobody has wanted to know for long; gives how many that were."""
    old = delete(pictures).where(pictures.c.due_at < due_before)
    return connection.execute(old).rowcount
