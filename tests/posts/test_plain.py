import pytest

from syndicate.posts.plain import bare


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("강진 <b>규모 6.1</b> &amp; 여진", "강진 규모 6.1 & 여진"),
        ("5 < 6 &amp; 7 > 6", "5 < 6 &amp; 7 > 6"),  # no tag: it was typed as text
    ],
)
def test_only_text_that_has_a_tag_is_read_as_html(written: str, plain: str) -> None:
    assert bare(written) == plain
