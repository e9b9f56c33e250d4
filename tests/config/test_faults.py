import re
from collections.abc import Iterator
from itertools import product
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, HttpUrl, ValidationError

from syndicate.channels import built_in, find_channel
from syndicate.config import Config
from syndicate.config.faults import explain, near
from syndicate.config.values import Section
from syndicate.words import speaking
from tests.channels.samples import sample


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


WRONG = ("x y!", "", "ftp://a@b", 7, -1, 1.5, True, (), ("한글 ",), {"a": 1})


def tables() -> Iterator[tuple[type[BaseModel], dict[str, Any]]]:
    """Give every table of the file with what it needs at least."""
    for name, field in Config.model_fields.items():
        if name != "channels" and isinstance(field.annotation, type):
            yield (
                field.annotation,
                {"url": "https://a.example"} if name == "site" else {},
            )
    for kind in built_in():
        yield find_channel(kind).Config, sample(kind)


@pytest.mark.parametrize(
    ("model", "sound"), list(tables()), ids=lambda each: getattr(each, "__name__", "")
)
def test_whatever_is_wrong_with_a_value_is_told_in_korean(
    model: type[BaseModel], sound: dict[str, Any]
) -> None:
    told: list[str] = []
    with speaking("ko"):
        for key, value in product(model.model_fields, WRONG):
            try:
                model.model_validate(sound | {key: value})
            except ValidationError as error:
                faults = [explain(detail, model) for detail in error.errors()]
                told += [str(fault.reason) for fault in faults]

    assert [each for each in told if not re.search("[가-힣]", each)] == []
