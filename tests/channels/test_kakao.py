import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from pydantic import ValidationError

from syndicate.channels.base import Standing
from syndicate.channels.kakao import Kakao
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make, sample
from tests.receiver import Platform, Receiver, Request, answer

KEY = "5be0" * 13 + "01a202b2d903"  # of 2026-11-22, 10:00:05.123 UTC
PLACE = "/alimtalk/v2.3/appkeys/put-the-app-key-here"
SINCE = datetime(2026, 11, 22, 15, 2, tzinfo=UTC)
TOLD: dict[str, Any] = {"isSuccessful": True, "resultCode": 0}
MESSAGE = Message(
    text="[속보] 지진\n\nhttps://news.example/2026/a?b=1",
    link="https://news.example/2026/a?b=1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
)


def kakao(url: str = "https://dealer.example", **keys: Any) -> Kakao:
    channel = make("kakao", url, **keys)
    assert isinstance(channel, Kakao)
    return channel


def answering(**fields: Any) -> Receiver:
    return Receiver(answer(200, json.dumps(fields).encode()))


def told(**fields: Any) -> Receipt:
    with answering(**fields) as peer:
        channel = kakao(peer.url)
        return channel.send(channel.write(MESSAGE), key=KEY)


def test_a_template_goes_to_every_number_with_its_variables_filled() -> None:
    with answering(header=TOLD, message={"requestId": "r1"}) as peer:
        channel = kakao(peer.url, to=["01012345678", "010-8765-4321"])
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    said = {
        "제목": "[속보] 지진",
        "내용": MESSAGE.text,
        "경로": "2026/a?b=1",
    }
    body = json.loads(request.body)
    assert (request.method, request.path) == ("POST", f"{PLACE}/messages")
    assert request.headers["x-secret-key"] == "put-the-secret-key-here"
    assert request.headers["x-nc-api-idempotency-key"] == KEY
    assert body.pop("senderGroupingKey").startswith("syndicate-")
    assert body == {
        "senderKey": "put-the-sender-key-here",
        "templateCode": "BREAKING01",
        "recipientList": [
            {"recipientNo": "01012345678", "templateParameter": said},
            {"recipientNo": "010-8765-4321", "templateParameter": said},
        ],
    }
    assert receipt == Receipt(remote_id="r1")


def test_every_delivery_bears_a_mark_of_its_own() -> None:
    with Receiver(answer(200, json.dumps({"header": TOLD}).encode())) as peer:
        for key in (KEY, KEY, KEY[::-1]):
            with pytest.raises(InDoubtError):
                kakao(peer.url).send(kakao().write(MESSAGE), key=key)
    first, again, other = (
        json.loads(request.body)["senderGroupingKey"] for request in peer.requests
    )

    assert first == again != other


def test_numbers_that_are_refused_are_counted_and_the_others_are_told() -> None:
    results = [
        {"resultCode": 0},
        {"resultCode": -2000, "resultMessage": "too long"},
    ]
    receipt = told(header=TOLD, message={"requestId": "r1", "sendResults": results})

    assert receipt.remote_id == "r1"
    assert receipt.warning == "refused for 1 of 2 numbers: too long"


def test_a_message_nobody_gets_is_refused() -> None:
    results = [{"resultCode": -3004, "resultMessage": "check template parameter"}]
    with pytest.raises(RejectedError, match="check template") as caught:
        told(header=TOLD, message={"requestId": "r1", "sendResults": results})

    assert not caught.value.unwelcome


@pytest.mark.parametrize(("code", "unwelcome"), [(-1001, True), (-3004, False)])
def test_a_refusal_stands_in_the_body_of_a_200(code: int, unwelcome: bool) -> None:  # noqa: FBT001 - what is expected
    with pytest.raises(RejectedError, match=str(code)) as caught:
        told(header={"isSuccessful": False, "resultCode": code})

    assert caught.value.unwelcome == unwelcome


@pytest.mark.parametrize("code", [-1005, None])
def test_a_key_that_was_used_does_not_say_that_anybody_was_told(
    code: int | None,
) -> None:
    with pytest.raises(InDoubtError):
        told(header={"isSuccessful": False, "resultCode": code})


def test_a_doubt_is_looked_up_by_its_mark_in_the_time_of_seoul() -> None:
    result = {"messages": [{"requestId": "r1"}], "totalCount": 1}
    told = {"messageSearchResultResponse": result, "message": {"requestId": "r1"}}
    with answering(header=TOLD, **told) as peer:
        channel = kakao(peer.url)
        body = channel.write(MESSAGE)
        receipt = channel.find(body, key=KEY, since=SINCE)

        channel.send(body, key=KEY)

    request, later = peer.requests
    assert request.method == "GET"
    assert urlsplit(request.path).path == f"{PLACE}/messages"
    assert dict(parse_qsl(urlsplit(request.path).query)) == {
        "senderGroupingKey": json.loads(later.body)["senderGroupingKey"],
        "pageSize": "1000",
        "startRequestDate": "2026-11-22 23:57",
        "endRequestDate": "2026-11-24 00:02",
    }
    assert receipt == Receipt(remote_id="r1")


class Dealer(Platform):
    """Takes messages, and tells at every look what comes next in ``results``."""

    def __init__(self, *results: list[dict[str, str]]) -> None:
        self.results = list(results)
        self.asked: list[str] = []

    def answer(self, request: Request) -> tuple[int, Any]:
        if request.method == "POST":
            return 200, {"header": TOLD, "message": {"requestId": "r1"}}
        self.asked.append(request.path)
        if not self.results:
            return 500, {}
        messages = [{"requestId": "r1"} | each for each in self.results.pop(0)]
        found = {"messages": messages, "totalCount": len(messages)}
        return 200, {"header": TOLD, "messageSearchResultResponse": found}


SHOWN = {"messageStatus": "COMPLETED", "resultCode": "MRC01", "resultCodeName": "성공"}
LOST = {"messageStatus": "COMPLETED", "resultCode": "MRC02", "resultCodeName": "차단"}
UNKNOWN = {"messageStatus": "COMPLETED", "resultCode": ""}


@pytest.mark.parametrize(
    ("results", "looks", "warning"),
    [
        ([[], [UNKNOWN, SHOWN], [SHOWN, SHOWN]], 3, ""),
        ([[SHOWN, LOST]], 1, "not shown to 1 of 2 numbers: 차단"),
        ([[{"messageStatus": "FAILED"}]], 1, "not shown to 1 of 1 numbers: FAILED"),
        (
            [[UNKNOWN]],
            2,
            "",
        ),  # then the dealer breaks: the message was taken all the same
    ],
)
def test_whom_kakaotalk_did_not_reach_is_told_where_results_are_waited_for(
    results: list[list[dict[str, str]]], looks: int, warning: str
) -> None:
    dealer = Dealer(*results)
    with Receiver(dealer) as peer:
        channel = kakao(peer.url, results="5s")
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert receipt == Receipt(remote_id="r1", warning=warning)
    assert dealer.asked == [f"{PLACE}/messages?requestId=r1&pageSize=1000"] * looks


def test_results_that_do_not_come_are_waited_for_no_longer_than_allowed() -> None:
    with Receiver(Dealer(*[[UNKNOWN]] * 9)) as peer:
        channel = kakao(peer.url, results="300ms")

        assert channel.send(channel.write(MESSAGE), key=KEY) == Receipt(remote_id="r1")


def test_a_doubt_that_is_looked_up_tells_whom_it_did_not_reach() -> None:
    with Receiver(Dealer([SHOWN, LOST])) as peer:
        receipt = kakao(peer.url).find("", key=KEY, since=SINCE)

    assert receipt == Receipt(
        remote_id="r1", warning="not shown to 1 of 2 numbers: 차단"
    )


def test_what_is_not_there_is_told_from_an_answer_that_is_none() -> None:
    with answering(header=TOLD, messageSearchResultResponse={"messages": []}) as peer:
        body = kakao().write(MESSAGE)
        assert kakao(peer.url).find(body, key=KEY, since=SINCE) is None
    with answering() as peer, pytest.raises(InDoubtError):
        kakao(peer.url).find(body, key=KEY, since=SINCE)


def test_a_probe_tells_which_channel_speaks() -> None:
    with answering(header=TOLD, sender={"plusFriendId": "@news"}) as peer:
        assert kakao(peer.url).probe() == Standing(account="@news")

    (request,) = peer.requests
    assert (request.method, request.path) == (
        "GET",
        f"{PLACE}/senders/put-the-sender-key-here",
    )


class OtherDealer(Kakao):
    """A dealer of one's own, as the page shows."""

    def place(self, what: str) -> str:
        return f"{self.config.base_url}/v2/{what}"


def test_another_dealer_is_a_class_that_says_what_differs() -> None:
    with answering(header=TOLD, message={"requestId": "r1"}) as peer:
        table = sample("kakao") | {"base_url": peer.url}
        channel = OtherDealer(OtherDealer.Config.model_validate(table))
        channel.send(channel.write(MESSAGE), key=KEY)

    assert peer.requests[0].path == "/v2/messages"


@pytest.mark.parametrize(
    "keys",
    [{"to": ["전화"]}, {"to": []}, {"variables": {"제목": "body"}}],
)
def test_what_cannot_be_sent_is_refused_beforehand(keys: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        kakao(**keys)
