import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from syndicate.channels.webhook import Webhook as OurWebhook
from syndicate.channels.webhook import WebhookConfig
from syndicate.errors import RejectedError
from syndicate.model import Message, Picture
from tests.channels.samples import make, sample
from tests.receiver import Receiver, Request, answer

KEY = "0123456789abcdef" * 4
Webhooks = OurWebhook(WebhookConfig.model_validate(sample("webhook")))
MESSAGE = Message(
    text="[속보] 지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
    identity="tag:news.example,2026:1",
    picture=Picture(url="https://news.example/1.jpg", alt="무너진 담"),
)


def sent(**keys: Any) -> Request:
    with Receiver(answer(202)) as peer:
        channel = make("webhook", f"{peer.url}/hook?for=news", **keys)
        channel.send(channel.write(MESSAGE), key=KEY)
    (request,) = peer.requests
    return request


def test_the_reference_library_accepts_the_signature() -> None:
    request = sent()

    Webhook(sample("webhook")["secret"]).verify(request.body, dict(request.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(sample("webhook")["secret"]).verify(
            request.body.replace("지진".encode(), "해일".encode()),
            dict(request.headers),
        )


def test_a_secret_without_its_prefix_signs_the_same() -> None:
    bare = sample("webhook")["secret"].removeprefix("whsec_")

    Webhook(bare).verify(sent(secret=bare).body, dict(sent(secret=bare).headers))


def test_the_id_is_the_key_and_the_time_is_that_of_the_attempt() -> None:
    request = sent()
    now = datetime.now(UTC).timestamp()

    assert request.path == "/hook?for=news"
    assert request.headers["webhook-id"] == KEY
    assert now - 60 < int(request.headers["webhook-timestamp"]) <= now


def test_the_body_says_what_happened_and_about_which_post() -> None:
    assert json.loads(sent().body) == {
        "type": "alert.created",
        "data": {
            "text": MESSAGE.text,
            "link": MESSAGE.link,
            "title": "[속보] 지진",
            "excerpt": "",
            "language": "ko",
            "severity": "breaking",
            "picture": {
                "url": "https://news.example/1.jpg",
                "alt": "무너진 담",
                "credit": "",
                "type": None,
                "length": None,
                "width": None,
                "height": None,
            },
            "identity": "tag:news.example,2026:1",
        },
    }


def test_a_correction_names_the_alert_and_the_request_it_puts_right() -> None:
    right = replace(MESSAGE, text="[정정] 규모 4.1", title="규모 4.1", corrects=7)
    event = json.loads(Webhooks.reply(right, KEY))

    assert event["type"] == "alert.corrected"
    assert event["data"]["title"] == "규모 4.1"
    assert event["data"]["about"] == {"alert": 7, "webhook_id": KEY}
    assert "reason" not in event["data"]


def test_a_retraction_has_its_reason_in_a_field_of_its_own() -> None:
    gone = replace(MESSAGE, text="[취소] 지진\n\n오보", retracts=7, reason="오보")
    event = json.loads(Webhooks.reply(gone, KEY))

    assert event["type"] == "alert.retracted"
    assert event["data"]["title"] == "[속보] 지진"
    assert event["data"]["reason"] == "오보"
    assert event["data"]["about"] == {"alert": 7, "webhook_id": KEY}


def test_where_nobody_knows_whether_the_first_arrived_its_request_is_not_named() -> (
    None
):
    event = json.loads(Webhooks.write(replace(MESSAGE, retracts=7)))

    assert event["data"]["about"] == {"alert": 7, "webhook_id": None}


def test_a_receiver_that_is_gone_pauses_the_channel() -> None:
    with Receiver(answer(410, b"gone")) as peer, pytest.raises(RejectedError) as caught:
        make("webhook", peer.url).send("{}", key=KEY)

    assert caught.value.unwelcome


def test_the_receivers_words_do_not_repeat_a_private_path() -> None:
    with Receiver(answer(404, b"Cannot POST /hooks/T0KEN?k=s3cret")) as peer:
        channel = make("webhook", f"{peer.url}/hooks/T0KEN?k=s3cret")
        with pytest.raises(RejectedError) as caught:
            channel.send("{}", key=KEY)

    assert str(caught.value) == "HTTP 404: Cannot POST …?…"


@pytest.mark.parametrize("secret", ["whsec_", "whsec_!", "not base64", "whsec_abc"])
def test_a_secret_that_is_no_key_is_refused_without_showing_it(secret: str) -> None:
    with pytest.raises(ValidationError, match="write whsec_ and the key in") as caught:
        make("webhook", secret=secret)

    assert secret == "whsec_" or secret not in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://a.example", "hook", "https://u:p@a.example/"])
def test_an_address_that_cannot_be_sent_to_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        make("webhook", url=url)
