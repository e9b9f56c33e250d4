"""
What NHN Cloud answers: 200 to nearly everything, and what it means in ``header``.

Source: docs.nhncloud.com, KakaoTalk Bizmessage, Alimtalk API v2.3, and its error codes
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from syndicate.channels.wire import promised
from syndicate.channels.wire.verdict import json_of, reason
from syndicate.errors import DeliveryError, InDoubtError, RejectedError
from syndicate.model import Receipt

if TYPE_CHECKING:
    import httpx

KEY_WAS_USED = -1005
SHOWN, NOT_SHOWN = "MRC01", "MRC02"  # what became of a number, once that is known
ENDED = frozenset({"FAILED", "CANCEL"})  # before it came to that
# Wrong app key or secret key; no sender, or a blocked one; no template, or none approved.
UNWELCOME = frozenset({-1000, -1001, -1006, -1027, -2017, -3003, -3005})
PAUSE = 0.25  # seconds between two looks
MOST = "1000"  # of a page: one request has no more numbers
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
        "pageSize": MOST,
        "startRequestDate": f"{(since - MINUTES).astimezone(SEOUL):%Y-%m-%d %H:%M}",
        "endRequestDate": f"{(since + DAY).astimezone(SEOUL):%Y-%m-%d %H:%M}",
    }


def found(response: httpx.Response) -> Receipt | None:
    """
    Read the answer to a search: whether there is a request, and whom it did not reach.

    Raises:
        InDoubtError: It is none.
    """
    messages = listed(response)
    if not messages:
        return None
    return Receipt(remote_id=str(messages[0]["requestId"]), warning=missed(messages))


def listed(response: httpx.Response) -> Sequence[Mapping[str, Any]]:
    """
    Read the list of messages, one for each number.

    Raises:
        InDoubtError: It is none.
    """
    promised(response, "header", "resultCode")
    result = json_of(response).get("messageSearchResultResponse") or {}
    return result.get("messages") or ()


def watched(
    receipt: Receipt, ask: Callable[[str], httpx.Response], *, within: timedelta
) -> Receipt:
    """
    Ask whom KakaoTalk did not reach, until it is known of every number.

    Args:
        receipt: Of a message that was taken, and stays so whatever is answered.
        ask: Makes a request for something, such as ``messages?…``.
        within: Longest time to ask.
    """
    until = time.monotonic() + within / timedelta(seconds=1)
    asked = urlencode({"requestId": receipt.remote_id, "pageSize": MOST})
    while time.monotonic() < until:
        time.sleep(PAUSE)
        try:
            messages = listed(ask(f"messages?{asked}"))
        except DeliveryError:
            break
        if are_settled(messages):
            return replace(receipt, warning=missed(messages))
    return receipt


def are_settled(messages: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether it is known of every number what became of it."""
    return bool(messages) and all(
        each.get("resultCode") in {SHOWN, NOT_SHOWN}
        or each.get("messageStatus") in ENDED
        for each in messages
    )


def missed(messages: Sequence[Mapping[str, Any]]) -> str:
    """Say how many numbers KakaoTalk did not reach, and why; empty if it is of none."""
    lost = [
        each
        for each in messages
        if each.get("resultCode") == NOT_SHOWN or each.get("messageStatus") in ENDED
    ]
    if not lost:
        return ""
    reason = lost[0].get("resultCodeName") or lost[0].get("messageStatus")
    return f"not shown to {len(lost)} of {len(messages)} numbers: {reason}"
