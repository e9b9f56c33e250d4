import json
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.channels.base import ReadsBack
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Connection, Receiver, answer

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


# Looking after a doubt

SINCE = datetime(2026, 11, 22, 10, 0, 5, tzinfo=UTC)
ACCOUNT = b'{"id": "9"}'


def statuses(content: str, *, at: str = "2026-11-22T10:00:06.000Z") -> bytes:
    found = {"id": "113", "url": "https://m/113", "created_at": at, "content": content}
    return json.dumps([found]).encode()


def look(listed: bytes) -> tuple[Receipt | None, list[str]]:
    """Look for a message on a server that lists these statuses."""

    def behave(connection: Connection) -> None:
        request = connection.read()
        body = ACCOUNT if "verify" in request.path else listed
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.send(head.encode() + body)

    with Receiver(behave) as peer:
        channel = make("mastodon", peer.url)
        assert isinstance(channel, ReadsBack)
        found = channel.find(channel.write(MESSAGE), key=KEY, since=SINCE)
    return found, [f"{each.method} {each.path}" for each in peer.requests]


def test_a_status_with_the_address_is_found() -> None:
    found, requests = look(statuses('<a href="https://news.example/1">news…</a>'))

    assert found == Receipt(remote_id="113", url="https://m/113")
    assert requests == [
        "GET /api/v1/accounts/verify_credentials",
        "GET /api/v1/accounts/9/statuses?limit=40&exclude_replies=1",
    ]


@pytest.mark.parametrize(
    "listed",
    [
        b"[]",
        statuses("<p>https://news.example/other</p>"),
        statuses("https://news.example/1", at="2026-11-22T09:58:00.000Z"),
    ],
)
def test_another_or_an_older_status_is_not_it(listed: bytes) -> None:
    assert look(listed)[0] is None


@pytest.mark.parametrize(
    "listed", [b"<html>", b'{"error": "x"}', b"[1]", b'[{"id": 1}]']
)
def test_an_answer_that_is_no_list_tells_nothing(listed: bytes) -> None:
    with pytest.raises(InDoubtError):
        look(listed)
