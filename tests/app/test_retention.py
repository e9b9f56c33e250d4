"""What is forgotten, on both engines, and what never is."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from syndicate.app.retention import Retention
from syndicate.errors import StoreError
from syndicate.model import Alert, DeliveryState, Outgoing
from syndicate.outbox.enqueue import accept
from syndicate.outbox.ledger import about
from syndicate.store import audit, tables
from syndicate.store.announcements import load_announcements, save_announcements
from syndicate.store.engine import Store
from syndicate.store.notes import Note
from syndicate.testing import StoppedClock

KEEP = timedelta(days=30)
IDENTITY = "tag:news.example,2026:1"


class Archive:
    """A store in which much has happened, and a clock."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = StoppedClock()
        self.retention = Retention(store, keep=KEEP, clock=self.clock)

    def file(
        self, state: DeliveryState, *, identity: str | None = None, ping: bool = False
    ) -> int:
        """File an alert as it stood when it was settled."""
        now = self.clock()
        alert = Alert(
            title="지진", link=None, language="ko", identity=identity, is_ping=ping
        )
        part = Outgoing(
            channel="desk", kind="log", body="{}", text="a", count=1, limit=9, unit="x"
        )
        with self.store.begin() as connection:
            number = accept(connection, alert, [part], now=now)
            mine = tables.deliveries.c.alert_id == number
            connection.execute(
                update(tables.deliveries).where(mine).values(state=state)
            )
            delivery = connection.scalar(select(tables.deliveries.c.id).where(mine))
            connection.execute(
                insert(tables.attempts).values(
                    delivery_id=delivery, number=1, fence=1, owner="lane", key="k" * 64,
                    body_hash="h" * 64, started_at=now,
                )
            )  # fmt: skip
        return number

    def count(self, table: str) -> int:
        with self.store.read() as connection:
            counted = select(func.count()).select_from(tables.metadata.tables[table])
            return connection.scalar(counted) or 0

    def chain(self, noted: str | None = None) -> audit.Chain:
        with self.store.read() as connection:
            return audit.verify(connection, noted=noted)

    def grow(self) -> None:
        """Let half a month go by in which things happen."""
        with self.store.begin() as connection:
            for number in range(120):
                at = self.clock.advance(timedelta(hours=3))
                note = Note(at=at, who="lane", what="sent", subject=str(number))
                audit.append(connection, note)


@pytest.fixture
def archive(store: Store) -> Archive:
    return Archive(store)


@pytest.mark.parametrize(
    "state", [s for s in DeliveryState if s not in ("sent", "failed", "cancelled")]
)
def test_what_is_not_settled_or_young_stays(
    archive: Archive, state: DeliveryState
) -> None:
    archive.file(state)
    archive.clock.advance(KEEP / 2)
    archive.file(DeliveryState.SENT)
    archive.clock.advance(KEEP / 2 + timedelta(hours=1))
    settled = state in (DeliveryState.EXPIRED, DeliveryState.RETRACTED)

    assert archive.retention.round() == settled
    assert archive.count("deliveries") == 2 - settled
    assert archive.count("attempts") == 2 - settled


def test_that_a_post_was_told_is_never_forgotten(archive: Archive) -> None:
    archive.file(DeliveryState.SENT, identity=IDENTITY)
    archive.file(DeliveryState.FAILED, identity="tag:news.example,2026:2")
    archive.clock.advance(KEEP * 2)

    assert [archive.retention.round() for _ in range(2)] == [2, 0]
    with archive.store.read() as connection:
        (told,) = about(connection, IDENTITY)
        assert about(connection, "tag:news.example,2026:2") == []
    (delivery,) = told.deliveries
    assert (delivery.channel, delivery.state, delivery.text) == ("desk", "sent", "")
    assert archive.count("attempts") == 0


def test_hubs_hear_again_only_of_what_never_reached_them(archive: Archive) -> None:
    for state in (DeliveryState.SENT, DeliveryState.FAILED):
        number = archive.file(state, ping=True)
        with archive.store.begin() as connection:
            said = {f"https://news.example/{state}": "d" * 64}
            save_announcements(connection, "desk", said, alert_id=number)

    def heard() -> dict[str, str]:
        with archive.store.read() as connection:
            return load_announcements(connection, "desk")

    before = heard()
    archive.clock.advance(KEEP * 2)
    archive.retention.round()

    assert heard() == before == {"https://news.example/sent": "d" * 64}
    assert archive.count("alerts") == 0


def test_entries_of_posts_that_are_gone_and_old_pictures_go(archive: Archive) -> None:
    now = archive.clock()
    post = dict.fromkeys(
        ("content_hash", "body_hash", "link", "title", "stat", "record", "reader"), ""
    )
    flags = dict.fromkeys(("baseline", "considered", "marked"), True)
    with archive.store.begin() as connection:
        for name, gone_at in (("here", None), ("gone", now)):
            row = {"path": name, "identity": name, "first_seen": now, **flags, **post}
            connection.execute(insert(tables.posts).values(row | {"gone_at": gone_at}))
            entry = {"identity": name, "record": "{}"}
            connection.execute(insert(tables.entries).values(entry))
        picture = {"checked_at": now, "due_at": now, "failures": 0, "fault": ""}
        connection.execute(insert(tables.pictures).values(url="a", **picture))
    archive.clock.advance(KEEP * 2)

    assert archive.retention.round() == 2
    counts = [archive.count(table) for table in ("posts", "entries", "pictures")]
    assert counts == [2, 1, 0]


def test_the_audit_log_verifies_though_its_oldest_rows_are_gone(
    archive: Archive,
) -> None:
    archive.grow()
    noted = archive.chain().mark
    archive.clock.advance(KEEP - timedelta(days=2))
    before = archive.chain()

    assert archive.retention.round() > 100
    after = archive.chain(noted)
    assert after.is_whole
    assert after.number == before.number + 1
    assert after.rows < before.rows
    assert archive.retention.round() == 0

    archive.grow()
    archive.clock.advance(KEEP)
    archive.retention.round()
    assert archive.chain().is_whole, "a second cut takes the first one's row along"
    assert not archive.chain(noted).is_whole


def test_rows_that_were_cut_off_by_somebody_else_are_missed(archive: Archive) -> None:
    archive.grow()
    with archive.store.begin() as connection:
        connection.execute(tables.audit.delete().where(tables.audit.c.number <= 5))

    assert archive.chain().broken == "rows 1 to 5 are missing"


def test_a_forged_log_is_kept_as_evidence(archive: Archive) -> None:
    archive.grow()
    with archive.store.begin() as connection:
        third = update(tables.audit).where(tables.audit.c.number == 3)
        connection.execute(third.values(who="somebody else"))
    archive.clock.advance(KEEP * 2)
    rows = archive.count("audit")

    with pytest.raises(StoreError, match="row 3 was changed"):
        archive.retention.round()
    assert archive.count("audit") == rows


def test_the_log_ahead_does_not_grow_without_end(sqlite_store: Store) -> None:
    assert sqlite_store.path
    ahead = Path(f"{sqlite_store.path}-wal")
    reader = sqlite_store.read()
    reader.__enter__().exec_driver_sql("SELECT * FROM audit")  # keeps it from shrinking
    for number in range(40):
        note = "n" * 600_000
        at = StoppedClock()()
        with sqlite_store.begin() as connection:
            said = Note(at=at, who="a", what="b", subject=str(number), note=note)
            audit.append(connection, said)
    assert ahead.stat().st_size > 20_000_000
    reader.__exit__(None, None, None)

    for _ in range(2):
        with sqlite_store.begin() as connection:
            audit.append(connection, said)
    assert ahead.stat().st_size <= 16 * 1024 * 1024
