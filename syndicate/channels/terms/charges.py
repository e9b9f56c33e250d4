"""
What a message costs, where its platform charges by the message.

An estimate by the platform's published prices, or by those of ``config.toml``: what is
owed is what the platform's own bill says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, Field

from syndicate.model import Act

SIGNS = {"USD": "$", "KRW": "₩", "EUR": "€", "JPY": "¥"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """An amount of money, exact to the last digit."""

    amount: Decimal
    currency: str = "USD"  # ISO 4217

    def __str__(self) -> str:
        """Write it as people do: ``$0.20``, and no finer than it must be."""
        cents = self.amount.quantize(Decimal("0.01"))
        shown = cents if cents == self.amount else self.amount.normalize()
        sign = SIGNS.get(self.currency, f"{self.currency} ")
        return f"{sign}{shown:f}"


class Charges(ABC):
    """What a kind is beside a ``Channel`` when its platform charges by the message."""

    @abstractmethod
    def price(self, body: str, act: Act = Act.SEND) -> Price:
        """
        Say what it costs to do something with a body. Pure.

        Args:
            body: What ``write`` gave.
            act: What is done with it, or with the message it was.
        """


def total(prices: Iterable[Price]) -> list[Price]:
    """Add prices up: one sum for each currency, in alphabetical order."""
    sums: dict[str, Decimal] = {}
    for each in prices:
        sums[each.currency] = sums.get(each.currency, Decimal(0)) + each.amount
    return [Price(amount=sums[each], currency=each) for each in sorted(sums)]


def _written(value: object) -> object:
    if isinstance(value, str | Decimal):
        return value
    raise ValueError('write an amount as text, such as "0.015"')


Amount = Annotated[
    Decimal,
    BeforeValidator(_written),
    Field(ge=0, max_digits=12, decimal_places=6, allow_inf_nan=False),
]
"""An amount in ``config.toml``: text, for a number there would be rounded."""
