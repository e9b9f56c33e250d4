"""
What the words of a refusal mean: most come with 200.

Source: docs.slack.dev/reference/methods/chat.postMessage, "Errors"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from syndicate.channels.wire.verdict import GoneError, json_of, reason, retry_after
from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError

if TYPE_CHECKING:
    import httpx

DOUBTS = frozenset(
    {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
)
LATER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
GONE = frozenset({"message_not_found", "thread_not_found"})
UNWELCOME = frozenset(
    {
        *("account_inactive", "invalid_auth", "not_authed", "org_login_required"),
        *("token_expired", "token_revoked", "not_allowed_token_type"),
        *("access_denied", "ekm_access_denied", "missing_scope", "no_permission"),
        *("restricted_action", "restricted_action_read_only_channel"),
        *("restricted_action_non_threadable_channel", "team_access_not_granted"),
        *("channel_not_found", "is_archived", "not_in_channel"),
    }
)


def refusal(response: httpx.Response) -> DeliveryError | None:
    """Give what Slack refused in so many words; ``None``: it did not."""
    answer = json_of(response)
    if answer.get("ok") is not False:
        return None
    error = str(answer.get("error"))
    if error in DOUBTS:
        return InDoubtError(reason(response))
    if error in LATER:
        return NotSentError(reason(response), retry_after=retry_after(response))
    if error in GONE:
        return GoneError(reason(response))
    return RejectedError(reason(response), unwelcome=error in UNWELCOME)
