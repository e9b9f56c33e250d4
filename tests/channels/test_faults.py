"""
Every fault a peer can have, met by every kind that speaks HTTP.

What a delivery error claims is checked against what the peer saw: "not sent" must mean
that no request was read.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from time import monotonic

import pytest

from syndicate.channels import find_channel
from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError
from tests import receiver
from tests.channels.samples import KEY, MESSAGE, http_kinds, hurried, make
from tests.channels.wire.test_exchange import over_tls
from tests.receiver import Behaviour, Receiver, answer

SHORT = timedelta(milliseconds=400)  # for peers that never come to an end
AMPLE = timedelta(seconds=10)
SLACK = 20  # seconds a busy machine may add; the peers do not end at all

NO_CONTENT = 204
JSON, PAGE = b'{"error": "no"}', b"<html><h1>Bad Gateway</h1></html>"


def outcomes(url: str, deadline: timedelta = AMPLE) -> dict[str, str]:
    """Send by every kind at once. Gives kind to the name of what was raised."""

    def attempt(kind: str) -> str:
        channel = hurried(make(kind, url), deadline)
        started = monotonic()
        try:
            receipt = channel.send(channel.write(MESSAGE), key=KEY)
        except DeliveryError as error:
            took = monotonic() - started
            assert took < deadline.total_seconds() + SLACK, f"{kind} took {took} s"
            return type(error).__name__
        return f"accepted {receipt.remote_id}"

    with ThreadPoolExecutor(len(http_kinds())) as pool:  # they wait, no more
        return dict(zip(http_kinds(), pool.map(attempt, http_kinds()), strict=True))


def all_kinds(error: type[DeliveryError]) -> dict[str, str]:
    return dict.fromkeys(http_kinds(), error.__name__)


def speaks_json(kind: str) -> bool:
    return bool(getattr(find_channel(kind), "speaks_json", True))


def is_acceptance(kind: str, body: bytes) -> bool:
    """Tell whether a 2xx with a body that holds no receipt is all a platform gives."""
    accepts = getattr(find_channel(kind), "accepts", None)
    return not speaks_json(kind) and (accepts is None or body in accepts)


# Speaks TLS, and cannot prove who it is.
nameless = over_tls(answer(200))


@contextmanager
def secured(behave: Behaviour) -> Iterator[str]:
    with Receiver(behave) as peer:
        yield peer.url.replace("http:", "https:")


@pytest.mark.parametrize(
    ("place", "deadline"),
    [
        pytest.param(receiver.closed_port, AMPLE, id="refuse"),
        pytest.param(receiver.black_hole, SHORT, id="black hole"),
        pytest.param(lambda: secured(receiver.never_read), SHORT, id="TLS hangs"),
        pytest.param(lambda: secured(receiver.no_tls), AMPLE, id="no TLS"),
        pytest.param(lambda: secured(receiver.reset_at_once), AMPLE, id="TLS reset"),
        pytest.param(lambda: secured(nameless), AMPLE, id="TLS without a name"),
    ],
)
# A reset in the very moment of ``wrap_socket`` loses its socket all the same.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_could_not_leave_was_not_sent(
    place: Callable[[], AbstractContextManager[str]], deadline: timedelta
) -> None:
    with place() as url:
        assert outcomes(url, deadline) == all_kinds(NotSentError)


def test_a_host_without_an_address_is_not_sent_to() -> None:
    assert outcomes("http://nowhere.invalid") == all_kinds(NotSentError)


@pytest.mark.parametrize(
    ("behave", "deadline"),
    [
        (receiver.reset_after, AMPLE),
        (receiver.end_after, AMPLE),
        (receiver.half_headers, AMPLE),
        (receiver.short_body, AMPLE),
        (receiver.huge_body, AMPLE),
        (receiver.garbage, AMPLE),
        (receiver.hang, SHORT),
        (receiver.never_read, SHORT),
        (receiver.drip_headers, SHORT),
        (receiver.drip_body, SHORT),
        (receiver.late, SHORT),
        (receiver.interim_for_ever, SHORT),
        (receiver.interim_flood, SHORT),
        (receiver.switch, AMPLE),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_left_and_got_no_verdict_is_in_doubt(
    behave: Behaviour, deadline: timedelta
) -> None:
    found = outcomes_towards(behave, deadline)
    if "NotSentError" in found.values():  # which is true on a machine that was too busy
        found = outcomes_towards(behave, 10 * deadline)

    assert found == all_kinds(InDoubtError)


def outcomes_towards(behave: Behaviour, deadline: timedelta) -> dict[str, str]:
    with Receiver(behave) as peer:
        found = outcomes(peer.url, deadline)
    assert len(peer.requests) <= len(found), "a message left more than once"
    return found


def test_a_reset_before_anything_is_read_is_judged_by_whether_a_byte_left() -> None:
    with Receiver(receiver.reset_at_once) as peer:
        found = outcomes(peer.url)

    assert set(found.values()) <= {"NotSentError", "InDoubtError"}
    assert peer.requests == []


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_doubt_and_is_not_followed(status: int) -> None:
    with Receiver(answer(200)) as elsewhere:
        with Receiver(answer(status, Location=elsewhere.url)) as peer:
            found = outcomes(peer.url)

        assert found == all_kinds(InDoubtError)
        assert len(peer.requests) == len(found)
        assert elsewhere.requests == []


@pytest.mark.parametrize("status", [408, 409, 418, 500, 502, 503, 504, 599])
def test_other_failures_are_in_doubt(status: int) -> None:
    with Receiver(answer(status, JSON)) as peer:
        assert outcomes(peer.url) == all_kinds(InDoubtError)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 415, 422])
def test_a_refusal_in_the_platforms_own_words_is_final(status: int) -> None:
    with Receiver(answer(status, JSON)) as peer:
        assert outcomes(peer.url) == all_kinds(RejectedError)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_by_a_page_may_come_from_something_in_between(status: int) -> None:
    with Receiver(answer(status, PAGE, Content_Type="text/html")) as peer:
        found = outcomes(peer.url)

    assert found == {
        # Where the other side is anybody's, it may well refuse with a page.
        kind: "InDoubtError" if speaks_json(kind) else "RejectedError"
        for kind in http_kinds()
    }


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("wait", ["7", "Sun, 22 Nov 2026 01:00:07 GMT"])
def test_a_wait_that_is_asked_for_is_not_sent(status: int, wait: str) -> None:
    date = "Sun, 22 Nov 2026 01:00:00 GMT"
    with Receiver(answer(status, JSON, Retry_After=wait, Date=date)) as peer:
        assert outcomes(peer.url) == all_kinds(NotSentError)
        for kind in http_kinds():
            with pytest.raises(NotSentError) as caught:
                make(kind, peer.url).send(make(kind).write(MESSAGE), key=KEY)
            assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize("body", [b"", b"ok", PAGE, b"[]", b"null", b"{}", b"\xff"])
@pytest.mark.parametrize("status", [200, 201, 204])
def test_an_acceptance_without_its_receipt_is_in_doubt(
    status: int, body: bytes
) -> None:
    with Receiver(answer(status, body)) as peer:
        found = outcomes(peer.url)

    body = b"" if status == NO_CONTENT else body  # a 204 has none, whatever follows
    assert found == {
        kind: f"accepted {KEY}" if is_acceptance(kind, body) else "InDoubtError"
        for kind in http_kinds()
    }
