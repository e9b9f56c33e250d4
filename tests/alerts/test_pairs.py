import pytest

from syndicate.alerts.pairs import closed, open_pairs

RIGHT_TO_LEFT, BACK = "\u2067", "\u2069"


@pytest.mark.parametrize(
    ("text", "rest", "found"),
    [
        ("「速報", "」です", [(0, "」")]),
        ("「速報」", "です", []),
        ("(가 “나", "” 다)", [(0, ")"), (3, "”")]),
        ("(가 “나)", "”", []),
        ("가) 나", "", []),
        ("a) b", ")", []),
        ("„Ja“ und", "“", []),
        ("l‘amour", "’", []),
        ('6" tall', '"', []),
        ("« oui", " »", [(0, "»")]),
        ("»ja« und", "»", []),
    ],
)
def test_only_what_the_rest_closes_is_open(
    text: str, rest: str, found: list[tuple[int, str]]
) -> None:
    assert open_pairs(text, rest) == found


def test_what_turns_direction_is_turned_back_in_its_order() -> None:
    embedded, turned_back = "\u202b", "\u202c"

    assert closed(f"a{RIGHT_TO_LEFT}b", "") == f"a{RIGHT_TO_LEFT}b{BACK}"
    assert closed(f"{embedded}({RIGHT_TO_LEFT}b", ")").endswith(
        f"b{BACK}){turned_back}"
    )
    assert closed(f"({RIGHT_TO_LEFT}b)", "") == f"({RIGHT_TO_LEFT}b){BACK}"
