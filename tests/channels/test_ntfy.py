import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from syndicate.channels.base import Standing
from syndicate.channels.ntfy import Ntfy
from syndicate.errors import RejectedError
from syndicate.model import Memory, Message, Picture, Receipt, Severity
from tests.channels.samples import make
from tests.receiver import Receiver, answer

KEY = "0123456789abcdef" * 4
SINCE = datetime(2026, 11, 22, 10, tzinfo=UTC)
MESSAGE = Message(
    text="[속보] 지진\n\n주민 대피.\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="주민 대피.",
    language="ko",
    picture=Picture(url="https://news.example/1.jpg", alt="무너진 담"),
)


def ntfy(url: str = "https://ntfy.example", **keys: Any) -> Ntfy:
    channel = make("ntfy", url, **keys)
    assert isinstance(channel, Ntfy)
    return channel


def answering(**fields: Any) -> Receiver:
    return Receiver(answer(200, json.dumps(fields).encode()))


def test_a_message_goes_under_its_key_as_a_sequence_of_one() -> None:
    with answering(id="n1", sequence_id=KEY) as peer:
        channel = ntfy(peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    (request,) = peer.requests
    assert (request.method, request.path) == ("POST", "/")
    assert request.headers["x-sequence-id"] == KEY
    assert request.headers["authorization"] == "Bearer tk_put-the-access-token-here"
    assert json.loads(request.body) == {
        "topic": "newsdesk",
        "title": "[속보] 지진",
        "message": "주민 대피.\n\nhttps://news.example/1",
        "priority": 5,
        "click": "https://news.example/1",
        "attach": "https://news.example/1.jpg",
    }
    assert receipt == Receipt(remote_id=KEY)


def test_a_picture_whose_address_leaves_no_room_for_it_is_left_out() -> None:
    url = f"https://news.example/{'%EA%B0%80' * 200}"
    long = f"{'가' * 500}\n\n{url}"
    picture = Picture(url=f"{url}.jpg", alt="")
    short = replace(MESSAGE, link=url, picture=picture)
    full = replace(short, title="", text=long.ljust(3_000, "."))
    most = replace(full, picture=replace(picture, url=f"{url}{'%EA' * 300}.jpg"))

    assert json.loads(ntfy().write(short))["attach"] == f"{url}.jpg"
    assert "attach" in json.loads(ntfy().write(full))
    assert "attach" not in json.loads(ntfy().write(most))
    assert len(ntfy().write(most).encode()) < 8_192


@pytest.mark.parametrize("text", ["[속보] 지진", "[속보] 지진\n", "다른 말\n끝"])
def test_words_without_a_title_above_them_are_the_message(text: str) -> None:
    body = json.loads(ntfy().write(replace(MESSAGE, text=text)))

    assert (body["message"], "title" in body) == (text, False)


@pytest.mark.parametrize(("severity", "priority"), [("urgent", 4), ("normal", 3)])
def test_only_what_is_breaking_rings_loudest(severity: str, priority: int) -> None:
    calm = replace(MESSAGE, severity=Severity(severity), link=None, picture=None)
    body = json.loads(ntfy().write(calm))

    assert body["priority"] == priority
    assert not {"click", "attach"} & body.keys()


def test_an_open_topic_needs_no_token() -> None:
    with answering(id="n1") as peer:
        ntfy(peer.url, token=None).send("{}", key=KEY)

    assert "authorization" not in peer.requests[0].headers


def test_an_edit_takes_the_place_of_the_first() -> None:
    with answering(id="n2", sequence_id=KEY) as peer:
        receipt = ntfy(peer.url).edit(KEY, "{}", key="f" * 64)

    assert peer.requests[0].headers["x-sequence-id"] == KEY
    assert receipt.remote_id == KEY


def test_an_old_server_shows_an_edit_once_more_and_that_is_told() -> None:
    with (
        answering(id="n2") as peer,
        pytest.raises(RejectedError, match="older than ntfy"),
    ):
        ntfy(peer.url).edit("n1", "{}", key=KEY)


def test_a_notification_is_removed_by_its_sequence() -> None:
    with answering(id="n3", event="message_delete") as peer:
        receipt = ntfy(peer.url).delete(KEY, key="f" * 64)

    (request,) = peer.requests
    assert (request.method, request.path) == ("DELETE", f"/newsdesk/{KEY}")
    assert receipt.remote_id == KEY


def test_a_topic_is_searched_for_a_key() -> None:
    told = b'{"id": "n1", "sequence_id": "%s"}\n{"id": "n2"}\n' % KEY.encode()
    with Receiver(answer(200, told)) as peer:
        assert ntfy(peer.url).find("{}", key=KEY, since=SINCE) == Receipt(remote_id=KEY)
        assert ntfy(peer.url).find("{}", key="f" * 64, since=SINCE) is None

    start = int(SINCE.timestamp()) - 60
    assert peer.requests[0].path == f"/newsdesk/json?poll=1&since={start}"


def test_without_replay_a_doubt_is_looked_up_first() -> None:
    limits = ntfy(replay=False).configured_limits

    assert (limits.memory, limits.remembers_key_for) == (
        Memory.READ_BACK,
        timedelta(0),
    )
    assert ntfy().configured_limits.memory is Memory.KEYED


@pytest.mark.parametrize(
    ("token", "ends"),
    [
        ("tk_put-the-access-token-here", datetime(2027, 1, 1, tzinfo=UTC)),
        ("tk_another-one-of-the-account", None),
    ],
)
def test_a_probe_tells_the_account_what_is_left_and_when_the_token_ends(
    token: str, ends: datetime | None
) -> None:
    ending = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    with answering(
        username="news",
        stats={"messages_remaining": 240},
        tokens=[{"token": "tk_old"}, {"token": token, "expires": ending}],
    ) as peer:
        standing = ntfy(peer.url).probe()

    assert peer.requests[0].path == "/v1/account"
    assert standing == Standing(
        account=f"news {peer.url}/newsdesk",
        expires=ends,
        quota="240 messages left today",
    )


def test_a_probe_without_an_account_says_so() -> None:
    with answering(username="*") as peer:
        assert ntfy(peer.url).probe() == Standing(account=f"* {peer.url}/newsdesk")
