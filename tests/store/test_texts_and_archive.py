"""What feeds remember: texts, withdrawals and the archive, on both engines."""

from datetime import UTC, datetime, timedelta

from syndicate.store import audit
from syndicate.store.archive import ClosedRow, load_archive, save_archive
from syndicate.store.engine import Store
from syndicate.store.rows import TextRow, Withdrawal
from syndicate.store.texts import load_texts, save_texts
from syndicate.store.withdrawals import load_withdrawals, reinstate, withdraw

NOON = datetime(2026, 5, 18, 3, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
POST = "tag:news.example,2026:a"


def test_who_saw_a_text_first_is_right(store: Store) -> None:
    first = TextRow(identity=POST, digest="a" * 64, changed_at=None)
    second = TextRow(identity=POST, digest="b" * 64, changed_at=NOON)
    again = TextRow(identity=POST, digest="b" * 64, changed_at=LATER)
    with store.begin() as connection:
        save_texts(connection, [])
        save_texts(connection, [first, second])
        save_texts(connection, [again])

        assert load_texts(connection) == {POST: {"a" * 64: None, "b" * 64: NOON}}


def test_a_withdrawal_is_kept_and_noted_until_it_is_lifted(store: Store) -> None:
    row = Withdrawal(identity=POST, withdrawn_at=NOON, reason="오보", who="kim")
    other = Withdrawal(identity=POST, withdrawn_at=LATER, reason="", who="lee")
    with store.begin() as connection:
        withdraw(connection, row)
        withdraw(connection, other)

        assert load_withdrawals(connection) == {POST: row}

        reinstate(connection, POST, at=LATER, who="lee")
        reinstate(connection, POST, at=LATER, who="lee")

        assert load_withdrawals(connection) == {}
        query = "SELECT what FROM audit ORDER BY number"
        assert list(connection.exec_driver_sql(query).scalars()) == [
            "withdrawn",
            "reinstated",
        ]
        assert audit.verify(connection).is_whole


def test_whose_entries_a_document_holds_is_settled_once(store: Store) -> None:
    closed = ClosedRow(number=1, identities=(POST, "tag:news.example,2026:b"))
    with store.begin() as connection:
        save_archive(connection, [])
        save_archive(connection, [ClosedRow(number=2, identities=()), closed])
        save_archive(connection, [ClosedRow(number=1, identities=(), mark="m" * 64)])
        found = load_archive(connection)

    assert [row.number for row in found] == [1, 2]
    assert found[0].identities == closed.identities
    assert found[0].mark == "m" * 64
