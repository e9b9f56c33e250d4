"""The threads: real time, real databases, a far end that does as it is told."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any, ClassVar

import pytest
from sqlalchemy import select, text

from syndicate.channels.base import Uploads
from syndicate.channels.base.pictures import Pictures
from syndicate.errors import InDoubtError, NotSentError
from syndicate.model import DeliveryState, Limits, Receipt
from syndicate.outbox.lanes import Lanes
from syndicate.outbox.lead import Lead
from syndicate.outbox.retry import Policy
from syndicate.store.deliveries import find_delivery
from syndicate.store.engine import Store
from syndicate.store.rows import Switch
from syndicate.store.switches import flip
from syndicate.store.tables import attempts
from syndicate.testing import AskedFakeChannel, FakeChannel, KeyedFakeChannel, Remote

SOON = timedelta(milliseconds=100)
PATIENT = timedelta(seconds=30)  # with a machine that is busy with other things
QUICK = Policy(first=timedelta(milliseconds=20))
Start = Callable[..., Lanes]


def utc() -> datetime:
    return datetime.now(UTC)


def until(met: Callable[[], Any], *, seconds: float = 60) -> None:
    """Wait for something to become so."""
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def rename(store: Store, before: str, after: str) -> None:
    """Break a database and mend it, as a disk that goes and comes back would."""
    with store.begin() as connection:
        connection.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))


@pytest.fixture
def remote() -> Remote:
    return Remote()


@pytest.fixture
def box(own_outbox: Any) -> Any:
    """An outbox under the real clock."""
    own_outbox.clock = utc
    return own_outbox


@pytest.fixture
def sqlite_box(sqlite_outbox: Any) -> Any:
    sqlite_outbox.clock = utc
    return sqlite_outbox


@pytest.fixture
def start() -> Iterator[Start]:
    """Give a function that starts lanes which end with the test."""
    started: list[Lanes] = []

    def begin(outbox: Any, *, policy: Policy = QUICK, **channels: Any) -> Lanes:
        lanes = Lanes(outbox.store, channels, policy=policy, draw=lambda: 0.5)
        started.append(lanes)
        lanes.start()
        return lanes

    yield begin
    for lanes in started:
        lanes.stop()


def test_an_accepted_alert_goes_out_on_each_channel(
    box: Any, start: Start, remote: Remote
) -> None:
    lanes = start(
        box, desk=FakeChannel.towards(remote), wide=FakeChannel.towards(remote)
    )
    until(lambda: lanes.is_sending)
    box.accept("desk", "wide")
    lanes.wake()
    until(lambda: box.alert().is_settled)

    assert box.states() == [DeliveryState.SENT, DeliveryState.SENT]
    assert sorted(body for _, body in remote.effects) == [
        '{"text":"desk 지진"}',
        '{"text":"wide 지진"}',
    ]
    assert box.chain().is_whole


def test_what_another_process_accepts_is_noticed(
    box: Any, reopen: Callable[[], Store], start: Start, remote: Remote
) -> None:
    lanes = start(box, desk=FakeChannel.towards(remote))
    until(lambda: lanes.is_sending)
    box.store = reopen()
    box.accept("desk")
    until(lambda: remote.effects)


def test_what_waited_before_the_start_goes_out(
    box: Any, start: Start, remote: Remote
) -> None:
    box.accept("desk")
    start(box, desk=FakeChannel.towards(remote))
    until(lambda: box.alert().is_settled)

    assert len(remote.effects) == 1


def test_the_attempt_is_on_disk_before_the_first_byte_leaves(
    box: Any, reopen: Callable[[], Store], start: Start, remote: Remote
) -> None:
    seen: list[Any] = []

    def look() -> None:
        """Run where the first byte would leave, through a connection of its own."""
        box.store = reopen()
        seen.extend([*box.states(), *box.attempts()])

    box.accept("desk")
    remote.answers.append(look)
    start(box, desk=FakeChannel.towards(remote))
    until(lambda: remote.effects and len(seen) == 2)
    state, attempt = seen

    assert state is DeliveryState.SENDING
    assert (attempt.key, attempt.ended_at) == (remote.effects[0][0], None)


def test_what_never_left_is_tried_again_with_the_same_key(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    keys: list[str] = []

    class Recording(FakeChannel):
        def send(self, body: str, *, key: str) -> Receipt:
            keys.append(key)
            return super().send(body, key=key)

    remote.answers.extend([NotSentError("refused"), NotSentError("refused")])
    sqlite_box.accept("desk")
    start(sqlite_box, desk=Recording.towards(remote))
    until(lambda: sqlite_box.alert().is_settled)

    assert sqlite_box.states() == [DeliveryState.SENT]
    assert len(keys) == 3
    assert len(set(keys)) == 1
    assert len(remote.effects) == 1


def test_a_keyed_doubt_ends_in_one_effect(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    remote.answers.append(InDoubtError("timeout"))
    sqlite_box.accept("desk")
    start(sqlite_box, desk=KeyedFakeChannel.towards(remote))
    until(lambda: sqlite_box.alert().is_settled)

    assert sqlite_box.states() == [DeliveryState.SENT]
    assert sqlite_box.delivery().attempts == 2
    assert len(remote.effects) == 1


def test_a_channel_that_asks_for_time_gets_it_for_all_its_messages(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    remote.answers.append(NotSentError("429", retry_after=3 * SOON))
    sqlite_box.accept("desk")
    sqlite_box.accept("desk")
    lanes = start(sqlite_box, desk=FakeChannel.towards(remote))
    until(lambda: not remote.answers)
    lanes.wake()
    until(lambda: sqlite_box.states() == [DeliveryState.SENT] * 2)

    with sqlite_box.store.read() as connection:
        tries = select(attempts.c.started_at).order_by(attempts.c.id)
        asked, *others = connection.scalars(tries)
    assert len(others) == 2
    assert min(others) - asked >= 3 * SOON


def test_a_channel_that_hangs_delays_no_other(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    release = Event()
    remote.answers.append(lambda: release.wait(60))
    sqlite_box.accept("desk", "wide")
    start(
        sqlite_box,
        desk=FakeChannel.towards(remote),
        wide=FakeChannel.towards(Remote()),
    )
    until(lambda: sqlite_box.states() == [DeliveryState.SENDING, DeliveryState.SENT])
    release.set()


class Album(Pictures):
    def expect(self, *_: Any) -> None:
        pass

    def get(self, *_: Any, **__: Any) -> Any:
        raise NotImplementedError


def test_a_channel_that_hangs_is_left_behind_at_its_deadline(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    albums: list[Pictures | None] = []

    class Showing(FakeChannel, Uploads):
        def send(self, body: str, *, key: str) -> Receipt:
            albums.append(self.pictures)
            return super().send(body, key=key)

    release = Event()
    remote.answers.append(lambda: release.wait(60))
    sqlite_box.accept("desk")
    sqlite_box.accept("desk")
    showing = Showing.towards(remote, deadline=10 * SOON)
    showing.pictures = Album()
    lanes = start(sqlite_box, desk=showing)
    until(lambda: sqlite_box.states()[1] is DeliveryState.SENT)

    assert albums == [showing.pictures] * 2, "the next one has what this one had"
    assert sqlite_box.states()[0] is DeliveryState.IN_DOUBT
    assert sqlite_box.delivery().last_error == "no verdict before the deadline"

    release.set()
    until(lambda: sqlite_box.attempts()[0].late)

    assert sqlite_box.attempts()[0].late.startswith("sent: ")
    assert sqlite_box.states()[0] is DeliveryState.IN_DOUBT
    assert lanes.stop(PATIENT) == []


def test_a_backlog_of_a_keyed_channel_goes_out_once_each_and_in_order(
    box: Any, start: Start, remote: Remote
) -> None:
    for _ in range(40):
        box.accept("desk")
    start(box, desk=KeyedFakeChannel.towards(remote))
    until(lambda: set(box.states()) == {DeliveryState.SENT})

    keys = [key for key, _ in remote.effects]
    with box.store.read() as connection:
        filed = connection.execute(text("SELECT key FROM deliveries ORDER BY id"))
        assert keys == list(filed.scalars())
    assert all(len(box.attempts(n)) == 1 for n in range(1, 41))
    assert box.chain().is_whole


def test_a_send_that_hangs_takes_no_other_of_its_batch_with_it(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    """The third send of all is the second of a batch of two."""
    free = Event()
    remote.answers.extend([lambda: None, lambda: None, lambda: free.wait(60)])
    for _ in range(4):
        sqlite_box.accept("desk")
    start(sqlite_box, desk=KeyedFakeChannel.towards(remote, deadline=10 * SOON))
    until(lambda: set(sqlite_box.states()) == {DeliveryState.SENT})
    free.set()

    assert len(remote.effects) == 4
    assert sqlite_box.attempts(2)[0].verdict == "sent"
    assert sqlite_box.attempts(3)[0].verdict == "in_doubt"


def test_what_grows_stale_in_mid_batch_is_not_sent(
    sqlite_outbox: Any, remote: Remote
) -> None:
    clock = sqlite_outbox.clock
    remote.answers.extend([lambda: None, lambda: clock.advance(timedelta(minutes=1))])
    for _ in range(2):
        sqlite_outbox.accept("desk")
    sqlite_outbox.accept("desk", not_after=clock() + timedelta(seconds=30))
    channel = KeyedFakeChannel.towards(remote)
    lanes = Lanes(sqlite_outbox.store, {"desk": channel}, clock=clock)
    lanes.start()
    until(lambda: sqlite_outbox.alert(3).is_settled)
    lanes.stop()

    assert len(remote.effects) == 2
    assert sqlite_outbox.states()[2] is DeliveryState.EXPIRED


def test_a_channel_that_asks_for_a_pause_in_mid_batch_is_told_no_more(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    later = NotSentError("429", retry_after=timedelta(hours=1))
    remote.answers.extend([lambda: None, later])
    for _ in range(5):
        sqlite_box.accept("desk")
    start(sqlite_box, desk=KeyedFakeChannel.towards(remote))
    until(lambda: sqlite_box.attempts(2) and sqlite_box.attempts(2)[0].verdict)
    time.sleep(0.2)

    assert len(remote.effects) == 1
    assert sqlite_box.states() == [DeliveryState.SENT, *[DeliveryState.QUEUED] * 4]
    assert sqlite_box.attempts(4) == []


@pytest.mark.parametrize(
    ("channel", "end", "effects"),
    [
        (FakeChannel, DeliveryState.IN_DOUBT, 1),
        (KeyedFakeChannel, DeliveryState.SENT, 1),
    ],
)
def test_a_stop_in_mid_send_loses_nothing_and_doubles_nothing(
    box: Any,
    start: Start,
    remote: Remote,
    channel: type[FakeChannel],
    end: DeliveryState,
    effects: int,
) -> None:
    release = Event()
    remote.answers.append(lambda: release.wait(60))
    box.accept("desk")
    # On PostgreSQL a lease has to end: this process, whose send it was, lives on.
    lanes = start(box, desk=channel.towards(remote, deadline=10 * SOON))
    until(lambda: remote.effects)
    begun = time.monotonic()
    left = lanes.stop(SOON)

    assert time.monotonic() - begun < 20
    assert left == ["desk"]
    assert box.states() == [DeliveryState.SENDING]

    start(box, desk=channel.towards(remote))
    until(lambda: box.alert().is_settled)
    release.set()
    until(lambda: box.attempts()[0].late)

    assert box.states() == [end]
    assert len(remote.effects) == effects
    assert box.chain().is_whole


def test_a_stop_waits_for_a_send_that_is_nearly_done(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    remote.answers.append(lambda: time.sleep(0.2))
    sqlite_box.accept("desk")
    lanes = start(sqlite_box, desk=FakeChannel.towards(remote))
    until(lambda: remote.effects)

    assert lanes.stop(PATIENT) == []
    assert sqlite_box.states() == [DeliveryState.SENT]


def test_a_stop_does_not_wait_for_the_backlog(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    for _ in range(20):
        sqlite_box.accept("desk")
        remote.answers.append(lambda: time.sleep(0.1))
    lanes = start(sqlite_box, desk=FakeChannel.towards(remote))
    until(lambda: remote.effects)

    assert lanes.stop(PATIENT) == []
    assert 1 <= len(remote.effects) < 20
    assert DeliveryState.SENDING not in sqlite_box.states()


def test_a_second_process_sends_only_when_the_first_is_gone(
    box: Any, reopen: Callable[[], Store], start: Start, remote: Remote
) -> None:
    first = start(box, desk=FakeChannel.towards(Remote()))
    until(lambda: first.is_sending)
    box.store = reopen()
    second = start(box, desk=FakeChannel.towards(remote))
    time.sleep(0.1)

    assert not second.is_sending

    first.stop()
    box.accept("desk")
    until(lambda: remote.effects)

    assert second.is_sending


def test_what_comes_too_late_is_ended_even_where_the_channel_is_gone(
    sqlite_box: Any, start: Start
) -> None:
    soon = utc() + SOON
    sqlite_box.accept("gone", not_after=soon)
    sqlite_box.accept("gone")
    start(sqlite_box, desk=FakeChannel.towards(Remote()))
    until(lambda: sqlite_box.states()[0] is DeliveryState.EXPIRED)

    assert sqlite_box.states()[1] is DeliveryState.QUEUED


def test_what_is_due_later_goes_out_then(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    """Not when the lane looks by itself; a busy machine may be late some times."""
    start(sqlite_box, desk=FakeChannel.towards(remote))

    def lateness() -> timedelta:
        due, before = utc() + 2 * SOON, len(remote.effects)
        sqlite_box.accept("desk", due_at=due)
        until(lambda: len(remote.effects) > before)
        return utc() - due

    late = [lateness()]
    while late[-1] >= 5 * SOON and len(late) < 10:
        late.append(lateness())

    assert timedelta(0) <= min(late) < 5 * SOON


def test_what_was_accepted_before_the_clock_was_set_back_goes_out(
    box: Any, remote: Remote, start: Start
) -> None:
    box.clock = lambda: utc() + timedelta(hours=1)
    box.accept("desk")
    box.clock = utc
    start(box, desk=FakeChannel.towards(remote))

    until(lambda: remote.effects)


def pause(box: Any, *, is_on: bool) -> None:
    switch = Switch(name="pause", is_on=is_on, changed_at=utc(), who="kim", reason="")
    with box.store.begin() as connection:
        flip(connection, switch)


def test_a_pause_holds_everything_back_until_it_is_lifted(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    pause(sqlite_box, is_on=True)
    start(sqlite_box, desk=FakeChannel.towards(remote))
    sqlite_box.accept("desk")
    time.sleep(0.1)

    assert remote.effects == []

    pause(sqlite_box, is_on=False)
    until(lambda: remote.effects)


def test_a_verdict_is_kept_until_the_database_is_back(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    """There is no other copy of it."""
    remote.answers.append(lambda: rename(sqlite_box.store, "audit", "away"))
    sqlite_box.accept("desk")
    lanes = start(sqlite_box, desk=FakeChannel.towards(remote))
    until(lambda: remote.effects)
    time.sleep(0.1)
    unsettled = sqlite_box.states()
    rename(sqlite_box.store, "away", "audit")
    lanes.wake()
    until(lambda: sqlite_box.alert().is_settled)

    assert unsettled == [DeliveryState.SENDING]
    assert sqlite_box.states() == [DeliveryState.SENT]
    assert len(remote.effects) == 1


def test_a_stop_does_not_wait_for_a_database_that_is_away(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    remote.answers.append(lambda: rename(sqlite_box.store, "audit", "away"))
    sqlite_box.accept("desk")
    lanes = start(sqlite_box, desk=FakeChannel.towards(remote))
    until(lambda: remote.effects)

    assert lanes.stop(PATIENT) == []

    rename(sqlite_box.store, "away", "audit")

    assert sqlite_box.states() == [DeliveryState.SENDING]


def test_a_lane_survives_a_database_that_goes_and_comes_back(
    sqlite_box: Any,
    start: Start,
    remote: Remote,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lanes = start(sqlite_box, desk=FakeChannel.towards(remote))
    until(lambda: lanes.is_sending)
    rename(sqlite_box.store, "deliveries", "away")
    lanes.wake()
    until(lambda: "lane desk: database" in caplog.text)
    until(lambda: "outbox-keep" in lanes.troubles())

    assert lanes.stuck() == [], "what fails comes round, still"

    rename(sqlite_box.store, "away", "deliveries")
    sqlite_box.accept("desk")
    lanes.wake()
    until(lambda: remote.effects)
    until(lambda: lanes.meter.tries() and not lanes.troubles())

    assert lanes.meter.tries() == {("desk", "sent"): 1}


def test_a_lane_survives_even_a_fault_of_ours(
    sqlite_box: Any, start: Start, remote: Remote, caplog: pytest.LogCaptureFixture
) -> None:
    zone: list[Any] = [None]
    lanes = Lanes(
        sqlite_box.store,
        {"desk": FakeChannel.towards(remote)},
        clock=lambda: datetime.now(UTC).replace(tzinfo=zone[0]),
    )
    sqlite_box.accept("desk")
    lanes.start()
    until(lambda: "outbox-keep: a time without a zone" in caplog.text)
    zone[0] = UTC
    until(lambda: remote.effects)
    zone[0] = None
    lanes.wake()
    until(lambda: "lane desk" in caplog.text)
    zone[0] = UTC

    assert lanes.stop(PATIENT) == []


def test_a_channel_that_cannot_open_or_close_harms_nobody(
    sqlite_box: Any,
    start: Start,
    remote: Remote,
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Clumsy(FakeChannel):
        def open(self) -> None:
            raise OSError("open")

        def close(self) -> None:
            raise OSError("close")

    lanes = start(sqlite_box, desk=Clumsy.towards(remote))
    until(lambda: "did not open" in caplog.text)
    sqlite_box.accept("desk")
    lanes.wake()
    until(lambda: remote.effects)
    lanes.stop()

    assert "lane desk: its channel did not close" in caplog.text


def test_a_channel_is_opened_once_and_closed_once(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    happened: list[str] = []

    class Polite(FakeChannel):
        def open(self) -> None:
            happened.append("open")

        def close(self) -> None:
            happened.append("close")

    lanes = start(sqlite_box, desk=Polite.towards(remote))
    until(lambda: happened)
    for _ in range(3):
        lanes.wake()
        time.sleep(0.02)
    lanes.stop()

    assert happened == ["open", "close"]


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_a_sending_right_that_was_lost_is_taken_again(
    box: Any, start: Start, remote: Remote
) -> None:
    """Its session may die under a PostgreSQL process that lives on."""
    lanes = start(box, desk=FakeChannel.towards(remote))
    until(lambda: lanes.is_sending)
    end_sessions = (
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
        "AND pid <> pg_backend_pid() AND objid = "
        "(hashtextextended(current_schema() || ' sending', 0) & 4294967295)::text::oid"
    )
    with box.store.begin() as connection:
        connection.execute(text(end_sessions))
    until(lambda: not lanes.is_sending)
    until(lambda: lanes.is_sending)
    box.accept("desk")
    until(lambda: remote.effects)


def test_a_doubt_is_looked_up_where_the_channel_can_be_asked(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    class Asked(AskedFakeChannel):
        limits: ClassVar[Limits] = replace(AskedFakeChannel.limits, look_after=SOON)

    remote.answers.append(InDoubtError("reset"))
    sqlite_box.accept("desk")
    start(sqlite_box, desk=Asked.towards(remote), blind=FakeChannel.towards(remote))
    until(lambda: sqlite_box.states() == [DeliveryState.SENT])

    assert len(remote.effects) == 1


def test_a_send_that_takes_its_time_keeps_its_lease(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    go_on = Event()
    remote.answers.append(lambda: go_on.wait(60))
    sqlite_box.accept("desk")
    start(sqlite_box, desk=FakeChannel.towards(remote, deadline=timedelta(seconds=5)))

    def lease() -> datetime:
        with sqlite_box.store.begin() as connection:
            row = find_delivery(connection, 1)
        assert row is not None
        return row.lease_until or datetime.min.replace(tzinfo=UTC)

    until(lambda: remote.effects)
    first = lease()
    until(lambda: lease() > first)
    go_on.set()
    until(lambda: sqlite_box.states() == [DeliveryState.SENT])


def test_a_pause_stops_what_comes_and_a_word_ends_it(
    sqlite_box: Any, start: Start, remote: Remote
) -> None:
    start(sqlite_box, desk=FakeChannel.towards(remote))
    pause(sqlite_box, is_on=True)
    sqlite_box.accept("desk")
    time.sleep(0.2)
    assert remote.effects == []

    pause(sqlite_box, is_on=False)
    until(lambda: len(remote.effects) == 1)


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_on_postgresql_who_does_not_lead_sends_too(
    box: Any, reopen: Callable[[], Store], remote: Remote
) -> None:
    leader, follower = Lead(reopen()), Lead(reopen())
    leader.keep()
    follower.keep()
    lanes = Lanes(box.store, {"desk": FakeChannel.towards(remote)}, lead=follower)
    lanes.start()
    box.accept("desk")
    until(lambda: box.alert().is_settled)
    lanes.stop()

    assert not follower.held
    assert len(remote.effects) == 1

    for lead in (leader, follower):
        lead.release()
