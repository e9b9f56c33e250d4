from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from syndicate.config import FetchConfig, LinkGate


@pytest.mark.parametrize(
    "host",
    ["cdn.internal", "CDN.internal", "cdn.internal:8080", "10.0.0.5", "[::1]:80"],
)
def test_a_host_of_the_inside_may_be_named(host: str) -> None:
    assert FetchConfig(allow=(host,)).allow == (host.lower(),)


@pytest.mark.parametrize(
    "host", ["", "http://cdn.internal", "cdn.internal/a", "a:99999", "a:b", "*"]
)
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(ValidationError, match="host:port"):
        FetchConfig(allow=(host,))


def test_a_gate_ends_after_a_minute_and_lets_its_alert_go() -> None:
    assert LinkGate() == LinkGate(within=timedelta(minutes=1), then="go")


@pytest.mark.parametrize(
    "gate", [{"within": "0s"}, {"within": "1h"}, {"then": "drop"}, {"after": "1m"}]
)
def test_a_gate_that_cannot_be_is_refused(gate: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        LinkGate.model_validate(gate)
