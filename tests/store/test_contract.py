"""What both engines owe everything above them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from sys import getsizeof
from threading import Barrier

import pytest
from sqlalchemy import select, text, update

from syndicate.errors import StoreError
from syndicate.model import Alert, Picture
from syndicate.outbox.enqueue import accept
from syndicate.store import alerts, audit, posts, switches
from syndicate.store.engine import Store
from syndicate.store.entries import load_entries, save_entries
from syndicate.store.notes import Note
from syndicate.store.rows import PostRow, Switch
from syndicate.store.tables import alerts as alerts_table
from syndicate.store.tables import switches as switches_table

NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, UTC)
ALERT = Alert(
    title="[속보] 지진",
    link="https://news.example/a",
    language="ko",
    picture=Picture(url="https://news.example/a.png", alt="지도"),
    identity="tag:news.example,2026:a",
    not_after=NOON,
    authors=["김"],  # lists, as JSON gives them back
    categories=["속보"],
    tags=["지진"],
)


def row(name: str = "a", **changes: object) -> PostRow:
    first = PostRow(
        id=None,
        path=f"{name}.md",
        identity=f"tag:news.example,2026:{name}",
        first_seen=NOON,
        gone_at=None,
        content_hash=b"c" * 32,
        body_hash=b"b" * 32,
        link=f"https://news.example/{name}",
        title="지진 👨‍👩‍👧",
        published=NOON,
        updated=None,
        baseline=False,
        considered=False,
        marked=True,
        stat="1:2:3",
        record='{"a": 1}',
        reader="1",
    )
    return first._replace(**changes)  # type: ignore[arg-type]


def flipped(at: datetime) -> Switch:
    return Switch(name="pause", is_on=True, changed_at=at, who="kim", reason="drill")


def loaded(store: Store) -> list[PostRow]:
    with store.read() as connection:
        return [found._replace(id=None) for found in posts.load_posts(connection)]


def save(store: Store, *rows: PostRow) -> None:
    with store.begin() as connection:
        posts.save_posts(connection, rows)


def test_a_time_comes_back_in_utc_to_the_microsecond(store: Store) -> None:
    seoul = timezone(timedelta(hours=9))
    with store.begin() as connection:
        switches.flip(connection, flipped(NOON.astimezone(seoul)))
    with store.read() as connection:
        [switch] = switches.load_switches(connection)

    assert switch.changed_at == NOON
    assert switch.changed_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with (
        pytest.raises(ValueError, match="without a zone"),
        store.begin() as connection,
    ):
        switches.flip(connection, flipped(NOON.replace(tzinfo=None)))


def test_times_compare_by_moment_and_not_by_spelling(store: Store) -> None:
    whole_second = datetime(2026, 3, 1, 12, tzinfo=UTC)
    later = switches_table.c.changed_at > whole_second
    with store.begin() as connection:
        switches.flip(connection, flipped(whole_second + timedelta(microseconds=1)))
        found = connection.execute(select(switches_table).where(later)).all()

    assert len(found) == 1


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    def fail() -> None:
        with store.begin() as connection:
            posts.save_posts(connection, [row()])
            raise LookupError

    with pytest.raises(LookupError):
        fail()

    assert loaded(store) == []


def test_a_title_weighs_no_more_for_having_been_saved(store: Store) -> None:
    title = " ".join(["지진"] * 20)
    before = getsizeof(title)
    save(store, row(title=title))

    assert getsizeof(title) == before
    assert loaded(store)[0].title == title


def test_a_reader_sees_one_moment_from_first_to_last(store: Store) -> None:
    save(store, row("a"))
    with store.read() as connection:
        before = list(posts.load_posts(connection))
        save(store, row("b"))

        assert list(posts.load_posts(connection)) == before
    assert len(loaded(store)) == 2


def test_posts_come_back_as_they_were_saved(store: Store) -> None:
    rows = [row("a"), row("b", updated=NOON, gone_at=NOON, published=None)]
    save(store, *rows)

    assert loaded(store) == rows


def test_a_known_post_takes_the_new_values_and_keeps_its_beginning(
    store: Store,
) -> None:
    save(store, row(baseline=True))
    later = NOON + timedelta(days=1)
    save(store, row(path="b.md", first_seen=later, title="새 제목", baseline=False))

    assert loaded(store) == [row(path="b.md", title="새 제목", baseline=True)]


def test_what_was_considered_once_stays_so(store: Store) -> None:
    save(store, row("a"), row("b"))
    with store.begin() as connection:
        posts.consider(connection, row("a").identity)
    save(store, row("a"))
    both = [row("a").identity, row("b").identity]
    with store.read() as connection:
        assert posts.considered(connection, both) == {row("a").identity}


def test_two_posts_never_share_an_identity(store: Store) -> None:
    with pytest.raises(ValueError, match="share the identity"):
        save(store, row("a"), row("b", identity=row("a").identity))


def test_saving_nothing_is_no_work(store: Store) -> None:
    save(store)
    with store.begin() as connection:
        save_entries(connection, {})

    assert loaded(store) == []


def test_a_rendering_is_kept_in_place_of_an_earlier_one(store: Store) -> None:
    with store.begin() as connection:
        save_entries(connection, {"a": "1", "b": "2"})
        save_entries(connection, {"a": "3"})

        assert load_entries(connection, ["a", "c"]) == {"a": "3"}


def test_an_alert_comes_back_as_it_was_decided(store: Store) -> None:
    with store.begin() as connection:
        number = accept(connection, ALERT, [], now=NOON)

        assert alerts.load_alert(connection, number) == ALERT
        assert alerts.load_alert(connection, number + 1) is None


def test_a_request_is_filed_once_even_by_two_at_a_time(
    reopen: Callable[[], Store],
) -> None:
    together = Barrier(2)

    def file(store: Store) -> int:
        together.wait()
        with store.begin() as connection:
            return accept(connection, ALERT, [], now=NOON, request_id="r")

    stores = [reopen(), reopen()]
    with ThreadPoolExecutor() as pool:
        numbers = list(pool.map(file, stores))

    assert numbers[0] == numbers[1]
    with stores[0].read() as connection:
        assert audit.verify(connection).rows == 1


def test_numbers_of_alerts_are_never_given_again(store: Store) -> None:
    with store.begin() as connection:
        first = accept(connection, ALERT, [], now=NOON)
        connection.execute(alerts_table.delete())
        second = accept(connection, ALERT, [], now=NOON)

    assert second == first + 1


def test_a_switch_stays_where_it_was_put(reopen: Callable[[], Store]) -> None:
    off = replace(flipped(NOON), is_on=False, reason="over")
    with reopen().begin() as connection:
        switches.flip(connection, flipped(NOON))
        switches.flip(connection, off)
    with reopen().read() as connection:
        assert switches.load_switches(connection) == [off]
        assert audit.verify(connection).rows == 2


def test_a_broken_rule_of_the_tables_is_a_store_error(store: Store) -> None:
    lonely = {"delivery_id": 7, "number": 1, "fence": 1, "owner": "", "key": ""}
    statement = text(
        "INSERT INTO attempts (delivery_id, number, fence, owner, key, body_hash, "
        "started_at) VALUES (:delivery_id, :number, :fence, :owner, :key, '', "
        "'2026-03-01T12:00:00+00:00')"
    )

    with pytest.raises(StoreError, match=r"(?i)foreign key"), store.begin() as c:
        c.execute(statement, lonely)


def test_a_state_nobody_knows_is_refused(store: Store) -> None:
    with store.begin() as connection:
        number = accept(connection, ALERT, [], now=NOON)
    statement = (
        "INSERT INTO deliveries (alert_id, channel, kind, revision, state, "
        "changed_at, priority, due_at, key, body, body_hash, text, fence, "
        f"attempts, ambiguous) VALUES ({number}, 'a', 'log', 1, 'lost', "
        "'2026-03-01T12:00:00+00:00', 0, '2026-03-01T12:00:00+00:00', '', '', "
        "'', '', 0, 0, false)"
    )

    with pytest.raises(StoreError, match=r"(?i)check"), store.begin() as connection:
        connection.exec_driver_sql(statement)


def test_readers_do_not_wait_for_a_writer(reopen: Callable[[], Store]) -> None:
    one, other = reopen(), reopen()
    with one.begin() as writer:
        posts.save_posts(writer, [row()])

        assert loaded(other) == []


def test_writers_take_turns(reopen: Callable[[], Store]) -> None:
    stores = [reopen() for _ in range(4)]

    def add(number: int) -> None:
        note = Note(at=NOON, who=str(number), what="test", subject="x")
        with stores[number % 4].begin() as connection:
            audit.append(connection, note)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))
    with stores[0].read() as connection:
        chain = audit.verify(connection)

    assert (chain.rows, chain.broken) == (40, None)


def test_a_statement_of_ours_that_makes_no_sense_is_not_hidden(store: Store) -> None:
    with pytest.raises(Exception, match="wer") as raised, store.begin() as connection:
        connection.execute(update(switches_table).values(wer="kim"))

    assert not isinstance(raised.value, StoreError)
