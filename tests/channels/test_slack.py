import json
from dataclasses import replace

import pytest

from syndicate.alerts.count import count
from syndicate.channels.slack import Slack
from syndicate.errors import InDoubtError, RejectedError
from syndicate.model import Message, Receipt
from tests.channels.samples import make
from tests.receiver import Receiver, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] *A&B* <합병>\nhttps://news.example/?a=1&b=2",
    link="https://news.example/?a=1&b=2",
    title="[속보] *A&B* <합병>",
    excerpt="",
    language="ko",
)


def test_a_title_reads_as_it_was_written_and_the_address_is_a_link() -> None:
    body = json.loads(make("slack").write(MESSAGE))

    assert body == {
        "mrkdwn": False,
        "text": "[속보] *A&amp;B* &lt;합병&gt;\n<https://news.example/?a=1&amp;b=2>",
        "unfurl_links": True,
        "unfurl_media": True,
    }
    assert count(MESSAGE.text, Slack.limits) == len(body["text"])


def test_nobody_is_called_by_the_words_of_a_post() -> None:
    body = make("slack").write(replace(MESSAGE, text="<!channel> <@U1>", link=None))

    assert json.loads(body)["text"] == "&lt;!channel&gt; &lt;@U1&gt;"


def test_the_one_word_is_an_acceptance() -> None:
    with Receiver(answer(200, b"ok")) as peer:
        channel = make("slack", peer.url)
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    assert receipt == Receipt(remote_id=KEY)
    assert peer.requests[0].headers["content-type"] == "application/json"


def test_any_other_word_is_a_doubt() -> None:
    with Receiver(answer(200, b"okay")) as peer, pytest.raises(InDoubtError):
        make("slack", peer.url).send("{}", key=KEY)


@pytest.mark.parametrize(
    ("status", "said", "unwelcome"),
    [
        (400, b"invalid_payload", False),
        (403, b"action_prohibited", True),
        (404, b"channel_not_found", True),
        (410, b"channel_is_archived", True),
    ],
)
def test_a_webhook_that_is_gone_pauses_the_channel(
    status: int, said: bytes, *, unwelcome: bool
) -> None:
    with Receiver(answer(status, said)) as peer, pytest.raises(RejectedError) as caught:
        make("slack", peer.url).send("{}", key=KEY)

    assert caught.value.unwelcome is unwelcome


def test_the_token_alone_is_a_secret_too() -> None:
    assert "put-the-webhook-token-here" in make("slack").secrets()  # type: ignore[attr-defined]
