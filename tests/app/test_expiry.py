from datetime import timedelta
from typing import Any


def test_a_post_leaves_the_feeds_when_its_time_is_over(
    open_desk: Any,
) -> None:
    desk = open_desk()
    ends = (desk.clock() + timedelta(hours=1)).isoformat()
    desk.save("2024-01-01-old.md", "title: 남는 글")
    desk.save("2024-01-02-new.md", "title: 지나갈 글", f"expiryDate: {ends}")
    desk.look()

    assert "지나갈 글" in desk.feed()
    due = desk.app.newsroom.stand.next_due()
    assert due is not None
    assert due.isoformat()[:19] == ends[:19]
    desk.late = timedelta(hours=1, seconds=1)
    assert desk.app.newsroom.stand.is_due()
    assert "지나갈 글" not in desk.feed()
    assert "남는 글" in desk.feed()
    desk.reopen()
    desk.look()
    assert "지나갈 글" not in desk.feed()


def test_a_post_whose_time_is_over_is_no_news(open_desk: Any) -> None:
    desk = open_desk()
    desk.save("a.md", "title: '[속보] 지난 일'", "expiryDate: 2024-01-02")

    assert desk.look() == []
