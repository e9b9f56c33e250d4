from typing import Any

import pytest
from pydantic import ValidationError

from syndicate.channels.base import as_json
from syndicate.channels.terms.charges import Charges
from syndicate.model import Act
from tests.channels.samples import make, page


def price(body: dict[str, Any], act: Act = Act.SEND, **keys: Any) -> str:
    channel = make("x", **keys)
    assert isinstance(channel, Charges)
    return str(channel.price(as_json(body), act))


@pytest.mark.parametrize(
    ("text", "costs"),
    [
        ("[속보] 지진", "$0.015"),
        ("[속보] 지진\nhttps://news.example/1", "$0.20"),
        ("자세히: news.or.kr", "$0.20"),
        ("규모 5.2, 깊이 10.5 km", "$0.015"),
    ],
)
def test_an_address_makes_a_post_dear(text: str, costs: str) -> None:
    assert price({"text": text}) == costs


def test_alt_text_costs_and_a_picture_without_it_does_not() -> None:
    picture = {"url": "https://news.example/1.jpg"}

    assert price({"text": "속보", "picture": picture | {"alt": "담장"}}) == "$0.02"
    assert price({"text": "속보", "picture": picture | {"alt": ""}}) == "$0.015"


def test_what_is_done_afterwards_costs_as_well() -> None:
    linked = {"text": "https://news.example/1", "picture": {"alt": "담장"}}

    assert price(linked, Act.EDIT) == "$0.201", "the post is read before"
    assert price(linked, Act.DELETE) == "$0.01"
    assert price(linked, Act.REPLY) == "$0.205"


def test_an_operators_own_prices_are_used() -> None:
    own = {"post": "0", "link": "0.1"}

    assert price({"text": "속보"}, price=own) == "$0.00"
    assert price({"text": "https://news.example"}, price=own) == "$0.10"
    with pytest.raises(ValidationError):
        make("x", price={"post": 0.015})
    with pytest.raises(ValidationError):
        make("x", price={"posts": "1"})


def test_its_page_names_every_price_and_when_it_was_read() -> None:
    for amount in ("$0.015", "$0.20", "$0.01", "$0.005", "$0.001"):
        assert amount in page("x")
    assert "22 November 2026" in page("x")
    assert "docs.x.com/x-api/getting-started/pricing" in page("x")
