"""The index of titles and bodies gives what going through all posts would give."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from syndicate.app.shelf import Shelf
from syndicate.model import Post
from syndicate.store.posts import PostRow

NOW = datetime(2025, 6, 1, tzinfo=UTC)

rows = st.builds(
    PostRow,
    id=st.none(),
    path=st.sampled_from(["a", "b", "c", "d"]),
    identity=st.sampled_from(["1", "2", "3", "4"]),
    first_seen=st.just(NOW),
    gone_at=st.sampled_from([None, NOW]),
    content_hash=st.just(""),
    body_hash=st.sampled_from(["", "x", "y"]),
    link=st.just(""),
    title=st.sampled_from(["", "T", "U"]),
    published=st.none(),
    updated=st.none(),
    baseline=st.booleans(),
    considered=st.booleans(),
    marked=st.booleans(),
    stat=st.just(""),
    record=st.just(""),
    reader=st.just(""),
)


@given(before=st.lists(rows), after=st.lists(rows), title=st.sampled_from(["", "T"]))
def test_posts_that_look_alike_are_found_whatever_happened_before(
    before: list[PostRow], after: list[PostRow], title: str
) -> None:
    post = Post(path="new", title=title, link="", published=None, body_hash="x")
    shelf = Shelf()
    for row in before:
        shelf.keep(row)
    shelf.alike([post])  # from here on the index is kept
    for row in after:
        shelf.keep(row)

    kept = [row for row in shelf.rows.values() if row.gone_at is None]
    alike = [r.path for r in kept if r.body_hash == "x" or (title and r.title == title)]
    assert shelf.alike([post]) == sorted(alike)
