import pytest

from syndicate.posts.stat import Stat

STAT = Stat.of(3, 1, 2, 7)


def test_a_stat_survives_being_written_down() -> None:
    assert Stat.parse(str(STAT)) == STAT


@pytest.mark.parametrize("text", ["", "1:2:3", "1:2:3:x", "1:2:3:4:5", "-1:0:0:0"])
def test_anything_else_is_the_stat_of_no_file(text: str) -> None:
    assert Stat.parse(text) == Stat.of(-1, 0, 0, 0)
