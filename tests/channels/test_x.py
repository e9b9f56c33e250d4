import json
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest
from oauthlib.oauth1 import SignatureOnlyEndpoint
from pydantic import ValidationError

from syndicate.channels import find_channel
from syndicate.channels.base import Channel
from syndicate.errors import InDoubtError, NotSentError, RejectedError
from syndicate.model import Memory, Message, Receipt
from tests.channels.samples import make, sample
from tests.receiver import Receiver, Request, answer

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] 지진\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
)
CREATED = answer(201, b'{"data": {"id": "1795", "text": "..."}}')
DATE = "Sun, 22 Nov 2026 01:00:00 GMT"  # 1795309200 in seconds


def by_token(url: str) -> Channel[Any]:
    config = find_channel("x").Config
    return find_channel("x")(
        config.model_validate({"token": "put-the-user-token-here", "base_url": url})
    )


def sent(channel: Channel[Any], peer: Receiver) -> tuple[Receipt, Request]:
    receipt = channel.send(channel.write(MESSAGE), key=KEY)
    (request,) = peer.requests
    return receipt, request


def test_a_post_is_made_and_its_address_told() -> None:
    with Receiver(CREATED) as peer:
        receipt, request = sent(make("x", peer.url), peer)

    assert (request.method, request.path) == ("POST", "/2/tweets")
    assert json.loads(request.body) == {"text": MESSAGE.text}
    assert receipt == Receipt(remote_id="1795", url="https://x.com/i/status/1795")


def test_the_four_keys_sign_for_x_wherever_the_request_goes() -> None:
    with Receiver(CREATED) as peer:
        _, request = sent(make("x", peer.url), peer)

    authorization = request.headers["authorization"]
    assert authorization.startswith("OAuth ")
    for part in (
        'oauth_consumer_key="put-the-api-key-here"',
        'oauth_token="put-the-access-token-here"',
        'oauth_signature_method="HMAC-SHA1"',
    ):
        assert part in authorization
    assert verified("https://api.twitter.com/2/tweets", authorization)
    assert not verified("https://gateway.example/2/tweets", authorization)


def verified(url: str, authorization: str) -> bool:
    """Check a signature as X would, with oauthlib's own server side."""

    class Keys:
        allowed_signature_methods = ("HMAC-SHA1",)
        enforce_ssl = True
        timestamp_lifetime = 600
        nonce_length = (1, 100)
        dummy_client = dummy_access_token = "dummy"
        signature_type = ""

        def check_client_key(self, key: str) -> bool:
            return bool(key == sample("x")["consumer_key"])

        def __getattr__(self, name: str) -> Any:
            secrets = {
                "get_client_secret": sample("x")["consumer_secret"],
                "get_access_token_secret": sample("x")["access_token_secret"],
            }
            return lambda *_, **__: secrets.get(name, True)

    endpoint = SignatureOnlyEndpoint(Keys())
    valid, _ = endpoint.validate_request(
        url, "POST", body=None, headers={"Authorization": authorization}
    )
    return bool(valid)


def test_a_user_token_needs_no_signature() -> None:
    with Receiver(CREATED) as peer:
        _, request = sent(by_token(peer.url), peer)

    assert request.headers["authorization"] == "Bearer put-the-user-token-here"


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"consumer_key": "a", "consumer_secret": "b", "access_token": "c"},
        {**sample("x"), "token": "t"},
        {"consumer_key": "a", "token": "t"},
    ],
)
def test_either_the_four_keys_or_a_token_must_be_given(keys: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="write either token, or all of"):
        find_channel("x").Config.model_validate(keys)


def refused(status: int, body: bytes, **headers: str) -> Channel[Any]:
    with Receiver(answer(status, body, **headers)) as peer:
        channel = make("x", peer.url)
        channel.send(channel.write(MESSAGE), key=KEY)
    return channel


def test_the_same_words_again_are_refused_as_a_repeat() -> None:
    detail = b"You are not allowed to create a Tweet with duplicate content."
    with pytest.raises(RejectedError) as caught:
        refused(403, b'{"title": "Forbidden", "detail": "%s"}' % detail)

    assert caught.value.repeat
    assert not caught.value.unwelcome
    assert find_channel("x").limits.memory is Memory.SEMI


def test_another_403_pauses_the_channel() -> None:
    with pytest.raises(RejectedError) as caught:
        refused(403, b'{"detail": "Your account is suspended"}')

    assert caught.value.unwelcome
    assert not caught.value.repeat


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (402, b'{"title": "CreditsDepleted"}'),
        (429, b'{"title": "UsageCapExceeded", "period": "Monthly"}'),
    ],
)
def test_money_that_has_run_out_pauses_the_channel(status: int, body: bytes) -> None:
    with pytest.raises(RejectedError) as caught:
        refused(status, body)

    assert caught.value.unwelcome


def test_a_402_by_a_page_is_in_doubt() -> None:
    with pytest.raises(InDoubtError):
        refused(402, b"<html>Payment")


@pytest.mark.parametrize(
    ("reset", "wait"),
    [
        ("1795309260", timedelta(minutes=1)),
        ("1795309100", timedelta(0)),
        ("soon", None),
        ("9" * 40, None),
    ],
)
def test_the_wait_is_until_the_limit_starts_anew(
    reset: str, wait: timedelta | None
) -> None:
    with pytest.raises(NotSentError) as caught:
        refused(429, b'{"title": "Too Many"}', x_rate_limit_reset=reset, Date=DATE)

    assert caught.value.retry_after == wait


def test_a_wait_in_the_usual_header_comes_first() -> None:
    headers = {"x_rate_limit_reset": "1795309260", "Retry_After": "5", "Date": DATE}
    with pytest.raises(NotSentError) as caught:
        refused(429, b'{"title": "Too Many"}', **headers)

    assert caught.value.retry_after == timedelta(seconds=5)


@pytest.mark.parametrize(
    "body", [b'{"errors": []}', b'{"data": null}', b'{"data": {}}', b"<html>"]
)
def test_a_created_without_an_id_is_in_doubt(body: bytes) -> None:
    with pytest.raises(InDoubtError):
        refused(201, body)


def test_passwords_and_proxies_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login other password wrong\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with Receiver(CREATED) as peer:
        _, request = sent(by_token(peer.url), peer)

    assert request.headers["authorization"] == "Bearer put-the-user-token-here"


def test_reading_a_configuration_imports_nothing_heavy() -> None:
    code = (
        "import sys; from syndicate.channels import find_channel, built_in\n"
        "for kind in built_in(): find_channel(kind).Config\n"
        "print([m for m in ('tweepy', 'requests', 'httpx') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def test_a_doubt_is_sent_once_more_unless_the_same_words_may_recur() -> None:
    assert make("x").configured_limits.resend_after == timedelta(seconds=30)
    assert not make("x", replay=False).configured_limits.resend_after
