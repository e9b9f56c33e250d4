from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.store.engine import Store
from syndicate.store.standings import (
    StandingRow,
    find_ends,
    forget_standings,
    keep_standing,
    load_standings,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROW = StandingRow(
    channel="phones", asked_at=NOON, expires=NOON + timedelta(days=9), record="{}"
)


def test_what_a_platform_said_last_is_kept(store: Store) -> None:
    later = replace(ROW, asked_at=NOON + timedelta(days=1), record='{"a": 1}')
    endless = replace(ROW, channel="desk", expires=None)
    with store.begin() as connection:
        for row in (ROW, endless, later):
            keep_standing(connection, row)
    with store.read() as connection:
        assert load_standings(connection) == {"phones": later, "desk": endless}
        assert find_ends(connection) == {"phones": later.expires}


def test_the_word_on_a_channel_that_is_gone_is_forgotten(store: Store) -> None:
    with store.begin() as connection:
        keep_standing(connection, ROW)
        keep_standing(connection, replace(ROW, channel="desk"))
        forget_standings(connection, keep=["desk"])
    with store.read() as connection:
        assert list(load_standings(connection)) == ["desk"]
