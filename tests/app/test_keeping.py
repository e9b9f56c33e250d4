"""A channel that signs in, on a real database and a PDS on loopback."""

from datetime import UTC, datetime

from syndicate.app.keeping import give_safes
from syndicate.app.telling import Roster
from syndicate.channels.bluesky import Bluesky
from syndicate.config import ChannelConfig
from syndicate.store.engine import Store
from syndicate.store.sessions import load_session
from tests.channels.pds import ACCOUNT, Pds
from tests.channels.test_bluesky import account, sent
from tests.receiver import Receiver

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def kept(channel: Bluesky, store: Store) -> Bluesky:
    config = ChannelConfig(name="sky", kind="bluesky", settings=channel.config)
    roster = Roster(channels={"sky": channel}, configs={"sky": config})
    give_safes(roster, lambda: store, lambda: NOON)
    return channel


def test_a_session_outlives_its_process_and_is_shared_by_nodes(store: Store) -> None:
    with Receiver(pds := Pds()) as peer:
        sent(kept(account(peer), store))
        sent(kept(account(peer), store))
        pds.access += 1
        sent(kept(account(peer), store))
        sent(kept(account(peer), store))
    with store.read() as connection:
        row = load_session(connection, "sky")

    assert pds.calls.count("createSession") == 1
    assert pds.calls.count("refreshSession") == 1
    assert row
    assert (row.account, row.changed_at) == (ACCOUNT, NOON)


def test_another_password_begins_a_session_of_its_own(store: Store) -> None:
    with Receiver(pds := Pds()) as peer:
        sent(kept(account(peer), store))
        pds.password = "new"
        sent(kept(account(peer, password="new"), store))

    assert pds.calls.count("createSession") == 2
