"""What a network shows in a card below the words."""

import json
from dataclasses import replace
from typing import Any

import pytest

from syndicate.alerts.compose import outgoing
from syndicate.model import Alert
from tests.channels.samples import make

EXCERPT = "기상청은 규모 5.8의 지진이 났다고 밝혔다."
ALERT = Alert(
    title="[속보] 경주 지진",
    link="https://news.example/1",
    language="ko",
    excerpt=EXCERPT,
)


def card(kind: str, alert: Alert, template: str) -> dict[str, Any]:
    """Give the card of the body that would be sent."""
    channel = make(kind)
    told = outgoing(alert, name=kind, kind=kind, channel=channel, template=template)
    body = json.loads(told.body)
    found: dict[str, Any] = (
        body["embed"]["external"] if kind == "bluesky" else body["embeds"][0]
    )
    return found


@pytest.mark.parametrize("kind", ["bluesky", "discord", "discord_bot"])
@pytest.mark.parametrize("template", ["{title}\n{url}", "{title}\n{excerpt}\n{url}"])
def test_a_card_says_the_excerpt_whether_or_not_the_words_do(
    kind: str, template: str
) -> None:
    assert card(kind, ALERT, template)["description"] == EXCERPT


def test_an_operators_own_words_have_no_excerpt_in_the_card() -> None:
    alert = replace(ALERT, text="정정합니다.")

    assert card("bluesky", alert, "{title}\n{url}")["description"] == ""
