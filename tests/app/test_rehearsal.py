from typing import Any

from sqlalchemy import func, select

from syndicate.app.rehearsal import rehearse
from syndicate.store.tables import audit


def entries_of_audit(desk: Any) -> int:
    with desk.app.store.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(audit)))


def test_a_rehearsal_tells_nobody_and_leaves_nothing_behind(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: 비가 온다", "breaking: true")
    [told] = desk.look()
    feed, audited = desk.feed(), entries_of_audit(desk)

    rehearse(desk.app.newsroom)

    assert [each.title for each in desk.ledger()] == [told]
    assert entries_of_audit(desk) == audited
    assert desk.feed() == feed
    desk.save("b.md", "title: 해가 난다", "breaking: true")
    assert desk.look() == ["해가 난다"]
    assert [each.id for each in desk.ledger()] == [2, 1]


def test_without_a_post_there_is_nothing_to_rehearse(open_desk: Any) -> None:
    desk = open_desk()

    rehearse(desk.app.newsroom)

    assert desk.ledger() == []


def test_a_post_that_has_just_gone_is_not_rehearsed(open_desk: Any) -> None:
    desk = open_desk()
    path = desk.save("a.md", "title: 비가 온다")
    desk.look()
    path.unlink()

    rehearse(desk.app.newsroom)

    assert desk.ledger() == []
