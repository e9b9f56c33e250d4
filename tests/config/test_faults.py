from typing import Annotated

import pytest
from pydantic import Field, HttpUrl, ValidationError

from syndicate.config.faults import explain, near
from syndicate.config.values import Section
from syndicate.words import speaking


class Dish(Section):
    size: Annotated[int, Field(ge=2, le=9)] = 3
    site: HttpUrl | None = None


@pytest.mark.parametrize(
    ("written", "english", "korean"),
    [
        ({"size": 1}, "write 2 or more", "2 이상으로 적으세요"),
        ({"size": 10}, "write 9 or less", "9 이하로 적으세요"),
        (
            {"site": "here"},
            "write a full address, such as https://news.example",
            "https://news.example처럼 전체 주소를 적으세요",
        ),
    ],
)
def test_what_pydantic_finds_is_told_in_our_words(
    written: dict[str, object], english: str, korean: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Dish.model_validate(written)
    fault = explain(caught.value.errors()[0], Dish)

    assert str(fault.reason) == english
    with speaking("ko"):
        assert str(fault.reason) == korean


def test_a_hint_names_each_known_word_once_or_says_to_take_it_out() -> None:
    assert str(near("zzz", ["name", "kind", "name"])) == "known here: name, kind"
    assert str(near("nmae", ["name", "kind"])) == "did you mean name?"
    assert str(near("zzz", [])) == "take it out"
