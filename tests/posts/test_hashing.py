"""What names a file tells it from every other; what names a body, from other bodies."""

from itertools import product

from tests.posts.samples import post_of

BLANKS = ("", "\n", " \n", "\n\n", "\u3000")
FILES = {
    f"{mark}---\ntitle: {title}\n---\n{before}{body}{after}"
    for mark, title, before, body, after in product(
        ("", "\ufeff"),
        ("강진", "quake"),
        BLANKS,
        ("", "본문", "a body", "본문\n\n둘째"),
        BLANKS,
    )
}


def test_files_share_a_name_only_if_they_are_the_same() -> None:
    names = {post_of(file).content_hash for file in FILES}

    assert len(names) == len(FILES)
