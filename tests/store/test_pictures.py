from datetime import UTC, datetime, timedelta

from syndicate.model import Measure
from syndicate.store.engine import Store
from syndicate.store.pictures import (
    PictureRow,
    forget_pictures,
    load_pictures,
    measured_pictures,
    save_pictures,
)

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
SEEN = PictureRow(
    url="https://far.example/땅.png",
    checked_at=NOON,
    due_at=NOON + WEEK,
    type="image/png",
    length=5 << 30,
    width=640,
    height=480,
)
AWAY = PictureRow(
    url="https://far.example/b.png",
    checked_at=NOON,
    due_at=NOON,
    failures=1,
    fault="HTTP 404",
)


def test_what_was_saved_is_known_by_its_address(store: Store) -> None:
    with store.begin() as connection:
        save_pictures(connection, [SEEN, AWAY])
        save_pictures(connection, [])
    with store.read() as connection:
        found = load_pictures(connection, [SEEN.url, AWAY.url, "https://x.example/"])

    assert found == {SEEN.url: SEEN, AWAY.url: AWAY}


def test_a_later_look_replaces_an_earlier_one(store: Store) -> None:
    later = PictureRow(
        url=SEEN.url, checked_at=NOON, due_at=NOON, failures=2, fault="x"
    )
    with store.begin() as connection:
        save_pictures(connection, [SEEN])
        save_pictures(connection, [later])
    with store.read() as connection:
        assert load_pictures(connection, [SEEN.url]) == {SEEN.url: later}


def test_what_never_was_measured_is_left_out(store: Store) -> None:
    with store.begin() as connection:
        save_pictures(connection, [SEEN, AWAY])
    with store.read() as connection:
        assert measured_pictures(connection) == {
            SEEN.url: Measure(type="image/png", length=5 << 30, width=640, height=480)
        }


def test_what_is_long_overdue_is_forgotten(store: Store) -> None:
    with store.begin() as connection:
        save_pictures(connection, [SEEN, AWAY])
        assert forget_pictures(connection, due_before=NOON + WEEK) == 1
        assert list(load_pictures(connection, [SEEN.url, AWAY.url])) == [SEEN.url]
