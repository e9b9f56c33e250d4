import pytest

from syndicate.config.place import Way
from syndicate.config.way import nth, told_way
from syndicate.words import speaking

TABLES = {
    "channels": [{"name": "desk"}, {"kind": "log"}, 5],
    "alerts": {"approval": ["x"], "rules": [{"name": 7}]},
}


@pytest.mark.parametrize(
    ("where", "english", "korean"),
    [
        (("site", "url"), "site.url", "site.url"),
        (
            ("channels", 0, "token"),
            "token in the 1st [[channels]] table (desk)",
            "1번째 [[channels]] 표(desk)의 token",
        ),
        (("channels", 1), "the 2nd [[channels]] table", "2번째 [[channels]] 표"),
        (("channels", 2), "the 3rd value of channels", "channels의 3번째 값"),
        (
            ("alerts", "rules", 0, "match", "title", 0),
            "match.title in the 1st [[alerts.rules]] table",
            "1번째 [[alerts.rules]] 표의 match.title",
        ),
        (("nowhere", 0), "the 1st value of nowhere", "nowhere의 1번째 값"),
    ],
)
def test_a_key_is_named_as_people_count(where: Way, english: str, korean: str) -> None:
    told = told_way(where, TABLES)

    assert str(told) == english
    with speaking("ko"):
        assert str(told) == korean


def test_numbers_are_ordered_as_the_english_do() -> None:
    written = "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 101st 111th"

    assert [str(nth(int(word[:-2]))) for word in written.split()] == written.split()
