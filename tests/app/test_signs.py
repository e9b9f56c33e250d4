"""The index of titles and bodies gives what going through all posts would give."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from syndicate.app.shelf import Shelf
from syndicate.model import Post
from syndicate.store.rows import PostRow

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def row(identity: str, folder: str, **said: Any) -> PostRow:
    """Make a row; no two identities ever share a path."""
    return PostRow(identity=identity, path=f"{folder}/{identity}", **said)


rows = st.builds(
    row,
    id=st.none(),
    folder=st.sampled_from(["a", "b"]),
    identity=st.sampled_from(["1", "2", "3", "4"]),
    first_seen=st.just(NOW),
    gone_at=st.sampled_from([None, NOW]),
    content_hash=st.just(b""),
    body_hash=st.sampled_from([b"", b"x", b"y"]),
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
    post = Post(path="new", title=title, link="", published=None, body_hash=b"x")
    shelf = Shelf()
    for each in before:
        shelf.keep(each)
    shelf.alike([post])  # from here on the index is kept
    for each in after:
        shelf.keep(each)

    kept = [each for each in shelf.rows.values() if each.gone_at is None]
    alike = [
        r.path for r in kept if r.body_hash == b"x" or (title and r.title == title)
    ]
    assert shelf.alike([post]) == sorted(alike)
