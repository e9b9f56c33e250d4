from datetime import timedelta

import httpx
import pytest

from syndicate.channels.wire import promised, told, verdict
from syndicate.channels.wire.redact import redact, redact_bytes
from syndicate.channels.wire.verdict import reason, retry_after
from syndicate.errors import InDoubtError, NotSentError, RejectedError

DATE = "Sun, 22 Nov 2026 01:00:00 GMT"


def response(status: int = 200, body: bytes = b"", **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, content=body)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_two_hundred_and_something_is_accepted(status: int) -> None:
    assert verdict(response(status), speaks_json=True) is None


@pytest.mark.parametrize(
    ("status", "unwelcome"),
    [(400, False), (401, True), (403, True), (404, False), (410, True)],
)
def test_some_refusals_are_of_us_and_not_of_the_message(
    *, status: int, unwelcome: bool
) -> None:
    problem = verdict(response(status, b'{"error": 1}'), speaks_json=True)

    assert isinstance(problem, RejectedError)
    assert problem.unwelcome is unwelcome


def test_an_overloaded_server_that_invites_us_back_has_refused_for_now() -> None:
    invited = verdict(response(503, Retry_After="9"), speaks_json=True)
    silent = verdict(response(503), speaks_json=True)

    assert isinstance(invited, NotSentError)
    assert invited.retry_after == timedelta(seconds=9)
    assert isinstance(silent, InDoubtError)


@pytest.mark.parametrize(
    ("written", "wait"),
    [
        ("0", timedelta(0)),
        ("120", timedelta(minutes=2)),
        (" 1.5 ", timedelta(seconds=1.5)),
        ("999999999", timedelta(days=7)),
        ("99999999999999999999", None),
        ("Sun, 22 Nov 2026 01:01:00 GMT", timedelta(minutes=1)),
        ("Sun, 22 Nov 2026 01:01:00 -0000", timedelta(minutes=1)),
        ("Sun, 22 Nov 2026 00:59:00 GMT", timedelta(0)),
        ("Sunday, 22-Nov-26 01:01:00 GMT", timedelta(minutes=1)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_wait_is_seconds_or_a_date(written: str, wait: timedelta | None) -> None:
    assert retry_after(response(429, Retry_After=written, Date=DATE)) == wait


def test_a_date_without_the_answerers_own_clock_is_held_against_ours() -> None:
    found = retry_after(response(429, Retry_After="Sun, 22 Nov 2015 01:00:00 GMT"))

    assert found == timedelta(0)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "HTTP 500"),
        (b"<h1>Bad\n Gateway</h1>", "HTTP 500: Bad Gateway"),
        (b"\x1b[31mred\x07\x00", "HTTP 500: [31mred"),
        ("\u202e거꾸로".encode(), "HTTP 500: 거꾸로"),
        (b"\xff\xfe", "HTTP 500: \ufffd\ufffd"),
        (b"a" * 300, "HTTP 500: " + "a" * 200),
    ],
)
def test_the_reason_is_one_clean_line(body: bytes, said: str) -> None:
    assert reason(response(500, body)) == said


def test_an_encoding_the_answer_claims_is_not_believed() -> None:
    found = response(500, b"6f6b", Content_Type="text/plain; charset=hex")

    assert reason(found) == "HTTP 500: 6f6b"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b'{"a": {"b": "c"}}', "c"),
        (b'{"a": {"b": 7}}', "7"),
        (b'{"a": {"b": ""}}', None),
        (b'{"a": {"b": true}}', None),
        (b'{"a": {"b": []}}', None),
        (b'{"a": []}', None),
        (b'{"a": null}', None),
        (b"[" * 100_000, None),
        (b"not JSON", None),
        (b"\xff", None),
    ],
)
def test_what_an_answer_tells_is_found_or_not(body: bytes, found: str | None) -> None:
    assert told(response(200, body), "a", "b") == found


def test_a_promise_that_is_not_kept_is_a_doubt() -> None:
    with pytest.raises(
        InDoubtError, match=r"no data\.id in the answer, HTTP 201: \{\}"
    ):
        promised(response(201, b"{}"), "data", "id")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("token 123:AB-cd/+= ok", "token … ok"),
        ("/bot123%3AAB-cd%2F%2B%3D/x", "/bot…/x"),
        ("/bot123%3AAB-cd/%2B%3D/x", "/bot…/x"),
        ("nothing here", "nothing here"),
    ],
)
def test_a_secret_goes_in_every_spelling(text: str, clean: str) -> None:
    assert redact(text, ["123:AB-cd/+="]) == clean


def test_a_secret_goes_from_json_and_the_longest_first() -> None:
    assert redact(r'{"p": "se\"cret and more"}', ['se"cret', 'se"cret and']) == (
        '{"p": "… more"}'
    )


def test_a_secret_of_a_letter_or_two_does_not_eat_the_text() -> None:
    assert redact("HTTP 400", ["00", ""]) == "HTTP 400"


def test_bytes_stay_what_they_are_but_for_the_secret() -> None:
    assert redact_bytes(b"\xff\x00 secret \xed\xa0\x80", ["secret"]) == (
        b"\xff\x00 \xe2\x80\xa6 \xed\xa0\x80"
    )
