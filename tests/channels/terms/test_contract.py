"""What every kind owes that charges, or whose servers have limits of their own."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from syndicate.channels import built_in, find_channel
from syndicate.channels.base import Channel
from syndicate.channels.terms.allowance import Allowance, LimitedByServer
from syndicate.channels.terms.charges import Charges
from syndicate.errors import DeliveryError
from syndicate.model import Act
from tests.channels.samples import make, page
from tests.channels.test_contract import MESSAGE
from tests.receiver import Receiver, answer, closed_port

KINDS = {kind: find_channel(kind) for kind in built_in()}
every_charging_kind = pytest.mark.parametrize(
    "kind", [kind for kind, found in KINDS.items() if issubclass(found, Charges)]
)
every_limited_kind = pytest.mark.parametrize(
    "kind",
    [kind for kind, found in KINDS.items() if issubclass(found, LimitedByServer)],
)


@every_charging_kind
@pytest.mark.parametrize("act", Act)
def test_everything_that_can_be_done_has_a_price(kind: str, act: Act) -> None:
    channel = make(kind)
    assert isinstance(channel, Charges)
    body = channel.write(replace(MESSAGE, picture=None))
    price = channel.price(body, act)

    assert price == channel.price(body, act)
    assert isinstance(price.amount, Decimal)
    assert price.amount >= 0


@every_charging_kind
def test_its_page_says_what_it_costs_and_where_that_stands(kind: str) -> None:
    _, found, told = page(kind).partition("## What it costs")

    assert found
    assert "https://" in told.partition("## ")[0]


def limited(kind: str, url: str | None = None) -> Any:
    channel: Channel[Any] = make(kind, url)
    assert isinstance(channel, LimitedByServer)
    return channel


@every_limited_kind
def test_its_limits_are_the_usual_ones_until_its_server_has_said(kind: str) -> None:
    channel = limited(kind)
    usual = channel.configured_limits
    channel.allowance = Allowance(text=usual.text * 2)

    assert usual == channel.limits
    assert channel.configured_limits.text == usual.text * 2
    assert limited(kind).configured_limits == usual, "another channel has not heard it"


@every_limited_kind
@pytest.mark.parametrize("status", [301, 401, 404, 429, 500])
def test_a_server_that_does_not_tell_is_a_failed_delivery(
    kind: str, status: int
) -> None:
    with closed_port() as url, pytest.raises(DeliveryError):
        limited(kind, url).ask_limits()
    with Receiver(answer(status)) as peer, pytest.raises(DeliveryError):
        limited(kind, peer.url).ask_limits()


@every_limited_kind
@pytest.mark.parametrize("said", [b"{}", b"[]", b"<html>", b'{"configuration": 7}'])
def test_a_server_that_says_nothing_of_use_has_said_nothing(
    kind: str, said: bytes
) -> None:
    with Receiver(answer(200, said)) as peer:
        assert limited(kind, peer.url).ask_limits() == Allowance()


@every_limited_kind
def test_asking_posts_nothing(kind: str) -> None:
    with Receiver(answer(200)) as peer:
        limited(kind, peer.url).ask_limits()

    assert {each.method for each in peer.requests} == {"GET"}
