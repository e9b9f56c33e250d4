"""What names a file tells it from every other; what names a body, from other bodies."""

from hypothesis import given
from hypothesis import strategies as st

from tests.posts.samples import post_of

BLANKS = st.sampled_from(["", "\n", " \n", "\n\n", "\u3000"])
FILES = st.builds(
    "{}---\ntitle: {}\n---\n{}{}{}".format,
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["강진", "quake"]),
    BLANKS,
    st.sampled_from(["", "본문", "a body", "본문\n\n둘째"]),
    BLANKS,
)


@given(FILES, FILES)
def test_files_share_a_name_only_if_they_are_the_same(one: str, other: str) -> None:
    names = {post_of(each).content_hash for each in (one, other)}

    assert len(names) == len({one, other})
