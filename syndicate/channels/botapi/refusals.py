"""
What the Bot API says in the body of an answer.

Source: core.telegram.org/bots/api#making-requests, #responseparameters
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syndicate.channels.wire import told
from syndicate.channels.wire.verdict import (
    GoneError,
    json_of,
    reason,
    wait_of,
    words_of,
)
from syndicate.errors import DeliveryError, NotSentError, RejectedError

if TYPE_CHECKING:
    import httpx

# No later message would fare better: no such chat; a group that has a new number since
# it grew; a token nobody gave out.
NOWHERE = ("chat not found", "migrate_to_chat_id", "Not Found")
NO_MESSAGE = ("message to edit not found", "message to delete not found")
AS_IT_WAS = "message is not modified"
ERRORS = range(400, 600)  # statuses


def take_code(response: httpx.Response) -> None:
    """Have a refusal count by the code in its body, whatever its status."""
    answer = json_of(response)
    code = answer.get("error_code")
    if answer.get("ok") is False and isinstance(code, int) and code in ERRORS:
        response.status_code = code


def sharpened(
    problem: DeliveryError | None, response: httpx.Response
) -> DeliveryError | None:
    """Add to a verdict what the words of an answer tell."""
    said = words_of(response)
    wait = told(response, "parameters", "retry_after") or ""
    match problem:
        case NotSentError() if wait.isdecimal():
            problem.retry_after = wait_of(float(wait))
        case RejectedError() if any(each in said for each in NO_MESSAGE):
            return GoneError(reason(response))
        case RejectedError():
            problem.unwelcome |= any(each in said for each in NOWHERE)
            problem.repeat = AS_IT_WAS in said
    return problem
