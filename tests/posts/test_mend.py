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


def test_a_value_of_many_blanks_is_mended_in_good_time() -> None:
    begun = time.process_time()
    mended = parse_leniently(f'title: "{" " * 30_000}[속보]').mended

    assert [each.line for each in mended] == [1]
    assert time.process_time() - begun < 3
