import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from syndicate.store.audit import Chain, append, verify
from syndicate.store.engine import Store
from syndicate.store.notes import Note

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def write(store: Store, *what: str) -> None:
    with store.begin() as connection:
        append(
            connection,
            *(Note(at=NOON, who="김", what=word, subject="alert 1") for word in what),
        )


def check(store: Store) -> Chain:
    with store.read() as connection:
        return verify(connection)


def meddle(store: Store, *statements: str) -> None:
    with store.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_an_empty_log_is_whole(store: Store) -> None:
    assert check(store) == Chain(number=0, rows=0, head="0" * 64)


def test_each_row_changes_the_head(store: Store) -> None:
    write(store, "a", "b")
    first = check(store)
    write(store, "c")
    second = check(store)

    assert first.is_whole
    assert (first.rows, second.rows) == (2, 3)
    assert first.head != second.head


def test_both_engines_give_the_same_hash(store: Store) -> None:
    """So that a log can be moved from one to the other."""
    write(store, "a", "b")

    assert check(store).head == (
        "e944f640c44422c3dee2c83fd93fac56dded4f296a1a0e963ef96b86032dcc23"
    )


@pytest.mark.parametrize(
    "words",
    ["地震 규모 5.8", '"\\"\\\\', "\x01\t\r\n\x7f", "💩é\u2028", "{}[]%s:x", ""],
)
def test_any_words_are_kept_as_they_were_hashed(store: Store, words: str) -> None:
    note = Note(
        at=NOON, who=words, what="a", subject="alert 1", before=words, note=words
    )
    with store.begin() as connection:
        append(connection, note)
    with store.read() as connection:
        row = connection.execute(text("SELECT * FROM audit")).one()

    assert check(store).is_whole
    assert (row.who, row.before, row.after, row.note) == (words, words, None, words)


@pytest.mark.parametrize("words", ["\0", "a\0b\ud800", "\udfff\ud83d\ude00"])
def test_a_sign_stands_for_what_no_engine_keeps(store: Store, words: str) -> None:
    """NUL ends a text for PostgreSQL; half a surrogate pair is no character at all."""
    note = Note(at=NOON, who="김", what="a", subject="alert 1", note=words)
    with store.begin() as connection:
        append(connection, note)
        row = connection.execute(text("SELECT * FROM audit")).one()

        assert verify(connection).is_whole
    assert row.note == re.sub("[\0\ud800-\udfff]", "\ufffd", words)
    assert row.before is None


def test_who_writes_at_once_with_others_follows_them(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: write(store, str(n), "b"), range(24)))

    assert check(store).rows == 48
    assert check(store).is_whole


@pytest.mark.parametrize(
    ("meddling", "found"),
    [
        ("UPDATE audit SET who = 'lee' WHERE number = 2", "row 2 was changed"),
        ("UPDATE audit SET note = 'x' WHERE number = 3", "row 3 was changed"),
        ("UPDATE audit SET before = 'x' WHERE number = 1", "row 1 was changed"),
        ("DELETE FROM audit WHERE number = 2", "row 2 is missing"),
        ("DELETE FROM audit WHERE number = 1", "row 1 is missing"),
        ("UPDATE audit SET hash = 'x' WHERE number = 1", "row 1 was changed"),
        ("UPDATE audit SET previous = 'x' WHERE number = 3", "row 3 does not follow"),
    ],
)
def test_meddling_shows(store: Store, meddling: str, found: str) -> None:
    write(store, "a", "b", "c", "d")
    meddle(store, meddling)
    chain = check(store)

    assert chain.broken is not None
    assert chain.broken.startswith(found)


@pytest.mark.parametrize("kept", ["'x'", "''", "x'00ff'", "5"])
def test_what_cannot_be_a_time_or_words_was_changed(
    sqlite_store: Store, kept: str
) -> None:
    """SQLite keeps anything in any column."""
    write(sqlite_store, "a", "b")
    meddle(sqlite_store, f"UPDATE audit SET at = {kept} WHERE number = 2")
    of_time = check(sqlite_store)
    meddle(sqlite_store, f"UPDATE audit SET who = {kept} WHERE number = 1")

    assert of_time.broken == "row 2 was changed"
    assert check(sqlite_store).broken == "row 1 was changed"


@pytest.mark.parametrize(
    "kept", ["infinity", "-infinity", "20000-01-01", "0044-03-15 BC"]
)
def test_a_time_that_python_cannot_read_was_changed(store: Store, kept: str) -> None:
    write(store, "a", "b")
    meddle(store, f"UPDATE audit SET at = '{kept}' WHERE number = 2")

    assert check(store).broken == "row 2 was changed"


def test_two_rows_that_change_places_show(store: Store) -> None:
    write(store, "a", "b", "c")
    meddle(
        store,
        "UPDATE audit SET number = 9 WHERE number = 1",
        "UPDATE audit SET number = 1 WHERE number = 2",
        "UPDATE audit SET number = 2 WHERE number = 9",
    )

    assert check(store).broken == "row 1 does not follow row 0"


def test_a_tail_that_was_cut_shows_against_a_head_that_was_noted(store: Store) -> None:
    write(store, "a", "b", "c")
    noted = check(store).head
    meddle(store, "DELETE FROM audit WHERE number = 3")

    assert check(store).is_whole
    assert check(store).head != noted
