import json
from datetime import timedelta

import pytest

from syndicate.errors import NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko-KR",
)
STATUS = b'{"id": "113", "url": "https://mastodon.example/@news/113"}'


def test_a_status_is_made_with_the_key_in_its_header() -> None:
    with Receiver(answer(200, STATUS)) as peer:
        channel = make("mastodon", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert (request.method, request.path) == ("POST", "/api/v1/statuses")
    assert request.headers["idempotency-key"] == KEY
    assert request.headers["authorization"] == "Bearer put-the-access-token-here"
    assert json.loads(request.body) == {
        "language": "ko",
        "status": MESSAGE.text,
        "visibility": "public",
    }
    assert receipt == Receipt(remote_id="113", url="https://mastodon.example/@news/113")


def test_the_server_may_be_called_server() -> None:
    table = {"instance": None, "server": "https://m.example/", "base_url": None}
    keys = {name: value for name, value in table.items() if value}
    config = type(make("mastodon")).Config.model_validate({**keys, "token": "t"})

    assert config.model_dump()["instance"] == "https://m.example"


@pytest.mark.parametrize(
    ("reset", "wait"),
    [
        ("2026-11-22T01:05:00.000000Z", timedelta(minutes=5)),
        ("2026-11-22T00:59:00.000000Z", timedelta(0)),
        ("2027-11-22T01:00:00Z", timedelta(days=7)),
        ("soon", None),
        ("2026-11-22T01:05:00", None),
    ],
)
def test_the_wait_is_until_the_limit_starts_anew(
    reset: str, wait: timedelta | None
) -> None:
    headers = {"X_RateLimit_Reset": reset, "Date": "Sun, 22 Nov 2026 01:00:00 GMT"}
    with (
        Receiver(answer(429, b'{"error": "Too many"}', **headers)) as peer,
        pytest.raises(NotSentError) as caught,
    ):
        make("mastodon", peer.url).send("{}", key=KEY)

    assert caught.value.retry_after == wait


def test_the_words_of_a_refusal_are_kept() -> None:
    body = '{"error": "유효성 검사 실패: 텍스트는 비워둘 수 없습니다"}'.encode()
    with Receiver(answer(422, body)) as peer, pytest.raises(RejectedError) as caught:
        make("mastodon", peer.url).send("{}", key=KEY)

    assert str(caught.value).startswith('HTTP 422: {"error": "유효성')
    assert not caught.value.unwelcome
