from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from syndicate.channels.terms.charges import Amount, Price, total

AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Amount)


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("0.200", "USD", "$0.20"),
        ("0.015", "USD", "$0.015"),
        ("8.6", "USD", "$8.60"),
        ("0", "USD", "$0.00"),
        ("1200", "USD", "$1200.00"),
        ("13.5", "KRW", "₩13.50"),
        ("1", "CHF", "CHF 1.00"),
    ],
)
def test_a_price_is_written_as_people_do(
    amount: str, currency: str, shown: str
) -> None:
    assert str(Price(amount=Decimal(amount), currency=currency)) == shown


def test_many_small_prices_add_up_to_the_last_digit() -> None:
    posts = [Price(amount=Decimal("0.015"))] * 1_000
    won = [Price(amount=Decimal(8), currency="KRW")] * 3

    assert total([*posts, *won]) == [
        Price(amount=Decimal(24), currency="KRW"),
        Price(amount=Decimal(15)),
    ]
    assert total([]) == []


@pytest.mark.parametrize("value", [0.2, 1, True, "-1", "a lot", "NaN", "Infinity"])
def test_an_amount_is_text_for_a_number_there_would_be_rounded(value: object) -> None:
    with pytest.raises(ValidationError):
        AMOUNT.validate_python(value)


def test_an_amount_is_kept_as_it_was_written() -> None:
    assert AMOUNT.validate_python("0.015") == Decimal("0.015")
