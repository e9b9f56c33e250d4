import pytest

from syndicate.alerts.directions import ended
from syndicate.alerts.template import fill


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("Bridge closed", ""),
        ("다리 통제", ""),
        ("\u202e다리", "\u202c"),
        ("\u202e다리\u202c 통제", ""),
        ("\u2067다리 \u202b통제", "\u202c\u2069"),
        ("\u2067다리 \u202b통제\u2069", ""),
        ("\u202a\u2068다리\u202c", "\u2069\u202c"),
        ("다리\u2069 \u202c통제", ""),
        ("\u202e" * 1000 + "다리", "\u202c" * 125),
    ],
)
def test_what_turns_the_direction_is_ended(text: str, added: str) -> None:
    assert ended(text) == text + added


def test_a_headline_turns_no_address_round() -> None:
    words = {"title": "\u202e다리", "url": "https://n.example/a"}

    assert fill("{title} {url}", words) == "\u202e다리\u202c https://n.example/a"
