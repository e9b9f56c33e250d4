import pytest

from syndicate.posts.liquid.trusted import LONGEST, MOST_BRACKETS, trusted


@pytest.mark.parametrize(
    ("text", "tag", "left"),
    [
        ("a | f", "", "a | f"),
        ('a | embed("b c")', "", 'a | embed: "b c"'),
        ("i in (1..9)", "for", "i in (1..9)"),
        ("(1..9) contains a", "if", ""),
        ("a" * LONGEST, "", "a" * LONGEST),
        ("a" * (LONGEST + 1), "", ""),
        ("[" * MOST_BRACKETS, "", "[" * MOST_BRACKETS),
        ("[" * (MOST_BRACKETS + 1), "", ""),
    ],
)
def test_what_would_take_long_is_left_out(text: str, tag: str, left: str) -> None:
    assert trusted(text, tag=tag) == left
