"""
How long a channel access token holds. LINE has four sorts of them, and two questions.

    made with an assertion (v2.1)   a JSON Web Token, at most 30 days; GET, in the query
    short-lived                     30 days; POST, as a form
    long-lived                      the same; what LINE says of their end is not known
    stateless                       15 minutes: of no use here

Source: github.com/line/line-openapi, channel-access-token.yml (verifyChannelTokenByJWT,
verifyChannelToken)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from syndicate.channels.wire import told

if TYPE_CHECKING:
    import httpx

DOTS = 2  # in every JSON Web Token (RFC 7519)
FORM = "application/x-www-form-urlencoded"
LONGEST = timedelta(days=3_650)  # what is said to hold longer holds for ever


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request that asks how long a token holds."""

    method: str
    path: str
    body: str = ""


def question(token: str) -> Question:
    """Give the question for a token's sort."""
    asked = urlencode({"access_token": token})
    if token.count(".") == DOTS:
        return Question(method="GET", path=f"/oauth2/v2.1/verify?{asked}")
    return Question(method="POST", path="/v2/oauth/verify", body=asked)


def end_of(response: httpx.Response) -> datetime | None:
    """Read when a token ends, UTC; ``None``: never, or it is not told."""
    seconds = told(response, "expires_in") or ""
    if not seconds.isdecimal() or not 0 < int(seconds) < LONGEST.total_seconds():
        return None
    return datetime.now(UTC) + timedelta(seconds=int(seconds))
