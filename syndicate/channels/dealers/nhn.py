"""
What NHN Cloud answers: 200 to nearly everything, and what it means in ``header``.

Source: docs.nhncloud.com, KakaoTalk Bizmessage, Alimtalk API v2.3, and its error codes
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from syndicate.channels.wire import promised
from syndicate.channels.wire.verdict import json_of, reason
from syndicate.errors import DeliveryError, InDoubtError, RejectedError
from syndicate.model import Receipt

if TYPE_CHECKING:
    import httpx

KEY_WAS_USED = -1005
# Wrong app key or secret key; no sender, or a blocked one; no template, or none approved.
UNWELCOME = frozenset({-1000, -1001, -1006, -1027, -2017, -3003, -3005})
SEOUL, DAY, MINUTES = ZoneInfo("Asia/Seoul"), timedelta(days=1), timedelta(minutes=5)


def refusal(response: httpx.Response) -> DeliveryError | None:
    """Read an answer of status 2xx. A key that was used says only that it was."""
    header = json_of(response).get("header")
    if not isinstance(header, dict) or header.get("isSuccessful") is True:
        return None
    code = header.get("resultCode")
    if code == KEY_WAS_USED or not isinstance(code, int):
        return InDoubtError(reason(response))
    return RejectedError(reason(response), unwelcome=code in UNWELCOME)


def taken(response: httpx.Response) -> Receipt:
    """
    Read who is told.

    Raises:
        InDoubtError: It names no request.
        RejectedError: Nobody is.
    """
    number = promised(response, "message", "requestId")
    results = json_of(response)["message"].get("sendResults") or ()
    refused = [each for each in results if each.get("resultCode") != 0]
    if not refused:
        return Receipt(remote_id=number)
    first = refused[0].get("resultMessage")
    words = f"{len(refused)} of {len(results)} numbers: {first}"
    if len(refused) == len(results):
        raise RejectedError(words)
    return Receipt(remote_id=number, warning=f"refused for {words}")


def search(mark: str, since: datetime) -> dict[str, str]:
    """Ask for what was sent with a grouping key, from some time on, in Seoul's time."""
    return {
        "senderGroupingKey": mark,
        "startRequestDate": f"{(since - MINUTES).astimezone(SEOUL):%Y-%m-%d %H:%M}",
        "endRequestDate": f"{(since + DAY).astimezone(SEOUL):%Y-%m-%d %H:%M}",
    }


def found(response: httpx.Response) -> Receipt | None:
    """
    Read the answer to a search.

    Raises:
        InDoubtError: It is none.
    """
    promised(response, "header", "resultCode")
    result = json_of(response).get("messageSearchResultResponse") or {}
    numbers = [str(each["requestId"]) for each in result.get("messages") or ()]
    return Receipt(remote_id=numbers[0]) if numbers else None
