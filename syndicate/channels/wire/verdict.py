"""
What an answer means for the delivery.

    2xx                                     accepted
    429; 503 with Retry-After               NotSentError: refused for now
    400 401 403 404 405 410 413 415 422     RejectedError, if the platform itself says so
    all else                                InDoubtError

A 5xx may come from a gateway that had already passed the message on, and so may a 4xx
that is not in the platform's own format: the error page of something in between. A 503
counts as a refusal only where it invites us to return (RFC 9110 section 15.6.4).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from syndicate.errors import (
    DeliveryError,
    InDoubtError,
    NotSentError,
    RejectedError,
)

if TYPE_CHECKING:
    import httpx  # a tenth of a second; only those who send pay for it

REFUSALS = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})
UNWELCOME = frozenset({401, 403, 410})
LONGEST_WAIT = timedelta(days=7)
SNIPPET = 200  # characters of an answer that go into the ledger


class GoneError(RejectedError):
    """What we named is not there, or not any more."""


def verdict(response: httpx.Response, *, speaks_json: bool) -> DeliveryError | None:
    """
    Read an answer by its status. ``None`` means that it was accepted.

    Args:
        response: Its body read, secrets taken out.
        speaks_json: Whether the platform itself refuses in JSON.
    """
    status = response.status_code
    if response.is_success:
        return None
    if status == 429 or (status == 503 and "Retry-After" in response.headers):  # noqa: PLR2004 - see the table
        return NotSentError(reason(response), retry_after=retry_after(response))
    if status in REFUSALS and (not speaks_json or json_of(response)):
        return RejectedError(reason(response), unwelcome=status in UNWELCOME)
    return InDoubtError(reason(response))


def reason(response: httpx.Response) -> str:
    """Give the status and the first words of the body, on one line."""
    words = words_of(response)[:SNIPPET]
    return f"HTTP {response.status_code}" + (f": {words}" if words else "")


def words_of(response: httpx.Response) -> str:
    """Give the body as one line of text, without markup and control characters."""
    # Not response.text: it trusts the answer to name its own encoding.
    text = re.sub(r"<[^>]*>", " ", response.content.decode("utf-8", "replace"))
    return " ".join(
        "".join(each if each.isprintable() else " " for each in text).split()
    )


def json_of(response: httpx.Response) -> dict[str, Any]:
    """Give the JSON object an answer holds; empty where it holds none."""
    try:
        found = response.json()
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def told(response: httpx.Response, *way: str) -> str | None:
    """Give a text or number of a JSON answer as text, by the way of keys that leads there."""
    found: object = json_of(response)
    for step in way:
        found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    return str(found) or None


def promised(response: httpx.Response, *way: str) -> str:
    """
    Give what every accepted answer of a platform holds.

    Raises:
        InDoubtError: It is not there, so something else may have answered.
    """
    if found := told(response, *way):
        return found
    raise InDoubtError(f"no {'.'.join(way)} in the answer, {reason(response)}")


def retry_after(response: httpx.Response) -> timedelta | None:
    """Read ``Retry-After``: seconds, or a date (RFC 9110 section 10.2.3)."""
    written = response.headers.get("Retry-After", "").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]+)?", written):
        return wait_of(float(written))
    moment = _date(written)
    return wait_until(moment, response) if moment else None


def wait_of(seconds: float) -> timedelta:
    """Give a wait that was asked for, at most a week: more is a mistake."""
    return timedelta(seconds=min(max(seconds, 0), LONGEST_WAIT.total_seconds()))


def wait_until(moment: datetime, response: httpx.Response) -> timedelta:
    """Give the time to a moment on the answerer's own clock, if it tells the time."""
    now = _date(response.headers.get("Date", "")) or datetime.now(UTC)
    return wait_of((moment - now).total_seconds())


def _date(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
