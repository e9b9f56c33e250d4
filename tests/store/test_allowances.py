from dataclasses import replace
from datetime import UTC, datetime, timedelta

from syndicate.store.allowances import AllowanceRow, keep_allowance, load_allowances
from syndicate.store.engine import Store

ROW = AllowanceRow(
    channel="fediverse",
    server="https://mastodon.example",
    read_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
    record='{"text": 5000}',
)


def test_what_a_server_said_last_is_kept(store: Store) -> None:
    later = replace(ROW, read_at=ROW.read_at + timedelta(days=1), record="{}")
    other = replace(ROW, channel="second")
    with store.begin() as connection:
        assert load_allowances(connection) == {}
        for row in (ROW, other, later):
            keep_allowance(connection, row)
    with store.read() as connection:
        assert load_allowances(connection) == {"fediverse": later, "second": other}
