from syndicate.posts.bounds import LONGEST, MOST_SIGNS, end_of


def test_a_post_is_rendered_to_its_end() -> None:
    assert end_of("글 **둘**") == 7
    assert end_of("글 " * MOST_SIGNS) == 2 * MOST_SIGNS


def test_a_book_is_not() -> None:
    assert end_of("글" * (LONGEST + 1)) == LONGEST


def test_what_is_all_signs_ends_sooner() -> None:
    assert end_of("*글" * LONGEST) == 2 * MOST_SIGNS
