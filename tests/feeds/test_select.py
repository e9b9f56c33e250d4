from datetime import UTC, datetime, timedelta
from itertools import permutations

from syndicate.feeds import select
from syndicate.model import FiledPost, Post

NOW = datetime(2024, 5, 18, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def filed(
    name: str, published: datetime | None = NOW, first_seen: datetime = NOW
) -> FiledPost:
    link = f"https://news.example/{name}"
    post = Post(path=f"{name}.md", title=name, link=link, published=published)
    return FiledPost(post=post, identity=f"tag:{name}", first_seen=first_seen)


def names(posts: list[FiledPost]) -> list[str]:
    return [each.post.title for each in posts]


def test_the_newest_stand_first_and_the_oldest_drop_out() -> None:
    posts = [filed("old", NOW - DAY), filed("new"), filed("older", NOW - 2 * DAY)]

    assert names(select(posts, now=NOW, limit=2)) == ["new", "old"]


def test_a_post_waits_for_its_time() -> None:
    soon = filed("soon", NOW + DAY)

    assert select([soon], now=NOW, limit=9) == []
    assert select([soon], now=NOW + DAY, limit=9) == [soon]


def test_a_post_without_a_date_counts_from_when_it_was_first_seen() -> None:
    undated = filed("undated", None, NOW - DAY)
    posts = [filed("old", NOW - 2 * DAY), undated, filed("new")]

    assert names(select(posts, now=NOW, limit=9)) == ["new", "undated", "old"]
    assert select([filed("later", None, NOW + DAY)], now=NOW, limit=9) == []


def test_of_one_moment_the_one_seen_last_stands_first() -> None:
    midnight = NOW - DAY
    posts = [filed("z-early", midnight, NOW - DAY), filed("a-late", midnight, NOW)]

    assert names(select(posts, now=NOW, limit=9)) == ["a-late", "z-early"]


def test_the_order_never_depends_on_how_a_folder_is_read() -> None:
    posts = [filed("a"), filed("b"), filed("c"), filed("d", NOW - DAY)]

    orders = {tuple(names(select(p, now=NOW, limit=3))) for p in permutations(posts)}
    assert orders == {("c", "b", "a")}
