import gc
import time
from contextlib import suppress

import pytest

from syndicate.posts.mend import parse_leniently
from syndicate.posts.problems import Fault


@pytest.mark.parametrize("front", ["title: [속보] 지진", "title: 'a' b\nx: ["])
def test_a_fault_is_let_go_without_the_collector(front: str) -> None:
    """It would keep the text: of thousands of bad files that is a lot."""

    def faults() -> int:
        return sum(isinstance(each, Fault) for each in gc.get_objects())

    gc.collect()
    gc.disable()
    try:
        before = faults()
        with suppress(Fault):
            parse_leniently(front)
        assert faults() == before
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: [속보] 큰\n  지진\n  났다\nx: 1", "[속보] 큰 지진 났다"),
        ("x: 1\ntitle: '큰' 지진\n   났다", "'큰' 지진 났다"),
        ('title: "그가 "아니"\n  라고 했다"', '그가 "아니" 라고 했다'),
        ("title: [속보] 지진\n\nx: 1", "[속보] 지진"),
        ("title: [속보] 지진\n  # 고침\nx: 1", "[속보] 지진"),
    ],
)
def test_a_value_may_go_on_over_lines(front: str, title: str) -> None:
    lenient = parse_leniently(front)

    assert isinstance(lenient.tree, dict)
    assert lenient.tree["title"] == title
    assert [each.quoted.startswith("title: ") for each in lenient.mended] == [True]


@pytest.mark.parametrize("below", ["  x: 1", "  - a", "  key:"])
def test_but_not_over_other_keys(below: str) -> None:
    with pytest.raises(Fault, match="FM011"):
        parse_leniently(f"title: [속보] 지진\n{below}")


def test_a_value_of_many_blanks_is_mended_in_good_time() -> None:
    begun = time.process_time()
    mended = parse_leniently(f'title: "{" " * 30_000}[속보]').mended

    assert [each.line for each in mended] == [1]
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags:\n\t- 속보\n\t- 지진\nx: 1", ["속보", "지진"]),
        ("tags:\n \t - 속보\n \t - [단독] 지진", ["속보", "[단독] 지진"]),
    ],
)
def test_tabs_before_a_line_are_read_as_blanks(front: str, tags: list[str]) -> None:
    lenient = parse_leniently(front)

    assert isinstance(lenient.tree, dict)
    assert lenient.tree["tags"] == tags
