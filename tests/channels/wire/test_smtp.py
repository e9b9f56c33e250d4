"""Every fault a mail server can have. What an error claims is checked by what it holds."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest

from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError
from syndicate.model import Message, Receipt
from tests import receiver
from tests.channels import post_office
from tests.channels.post_office import Step, email, office
from tests.receiver import Receiver

KEY = "0123456789abcdef" * 4
MESSAGE = Message(
    text="[속보] 지진\n\nhttps://news.example/1",
    link="https://news.example/1",
    title="[속보] 지진",
    excerpt="",
    language="ko",
)
SHORT = timedelta(milliseconds=200)
AMPLE = timedelta(seconds=10)
SLACK = 20  # seconds a busy machine may add; the servers do not end at all
BEFORE = ("greeting", "ehlo", "mail", "rcpt", "data")
AT_ONCE = (
    post_office.leave,
    post_office.reset,
    post_office.garbage,
    post_office.babble,
    post_office.endless_line,
)


def outcome(
    letters: list[str], *, steps: Mapping[str, Step], deadline: timedelta = AMPLE
) -> DeliveryError | None:
    with Receiver(office(letters, steps)) as peer:
        channel = email(peer)
        channel.deadline = deadline
        started = monotonic()
        try:
            channel.send(channel.write(MESSAGE), key=KEY)
        except DeliveryError as error:
            assert monotonic() - started < deadline.total_seconds() + SLACK
            return error
    return None


@pytest.mark.parametrize("step", BEFORE)
@pytest.mark.parametrize("fault", AT_ONCE)
def test_what_breaks_before_the_letter_was_not_sent(
    step: str, fault: Callable[..., None]
) -> None:
    letters: list[str] = []
    error = outcome(letters, steps={step: fault})

    assert isinstance(error, NotSentError)
    assert letters == []


@pytest.mark.parametrize("fault", AT_ONCE)
def test_what_breaks_after_the_letter_is_in_doubt(fault: Callable[..., None]) -> None:
    letters: list[str] = []
    error = outcome(letters, steps={"end": fault})

    assert isinstance(error, InDoubtError)
    assert len(letters) == 1, "it holds the letter"


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        *((step, post_office.hang) for step in (*BEFORE, "end")),
        ("ehlo", post_office.drip),
        ("end", post_office.drip),
    ],
)
def test_a_server_that_never_comes_to_an_end_is_left_at_the_deadline(
    step: str, fault: Callable[..., None]
) -> None:
    letters: list[str] = []
    allowed = 10 * SHORT if step == "end" else SHORT  # the letter leaves before the end
    error = outcome(letters, deadline=allowed, steps={step: fault})

    assert isinstance(error, InDoubtError if step == "end" else NotSentError)
    assert len(letters) == (step == "end")


@pytest.mark.parametrize("fault", [post_office.hang, *AT_ONCE])
def test_what_breaks_on_leaving_changes_nothing(fault: Callable[..., None]) -> None:
    letters: list[str] = []

    assert outcome(letters, steps={"quit": fault}) is None
    assert len(letters) == 1


@pytest.mark.parametrize("step", [*BEFORE, "end"])
def test_a_refusal_for_now_is_not_sent(step: str) -> None:
    error = outcome([], steps={"helo": "451 try later", step: "451 try later"})

    assert isinstance(error, NotSentError)
    assert "451" in str(error)
    assert "try later" in str(error)


@pytest.mark.parametrize("step", [*BEFORE, "end"])
def test_a_refusal_is_final_and_pauses_the_channel_where_it_is_about_us(
    step: str,
) -> None:
    error = outcome([], steps={"helo": "550 no", step: "550 no"})

    assert isinstance(error, RejectedError)
    assert error.unwelcome == (step not in {"data", "end"})


@pytest.mark.parametrize(
    "place", [receiver.closed_port, receiver.black_hole], ids=["refuse", "black hole"]
)
def test_a_server_that_is_not_there_is_not_sent_to(
    place: Callable[[], AbstractContextManager[str]],
) -> None:
    with place() as url:
        channel = email(port=int(url.rpartition(":")[2]))
        channel.deadline = SHORT
        with pytest.raises(NotSentError):
            channel.send(channel.write(MESSAGE), key=KEY)


def test_a_host_without_an_address_is_not_sent_to() -> None:
    channel = email(host="nowhere.invalid")
    with pytest.raises(NotSentError):
        channel.send(channel.write(MESSAGE), key=KEY)


# Recipients

THREE = ["one@readers.example", "two@readers.example", "three@readers.example"]


def send_to_three(letters: list[str], **answers: str) -> Receipt:
    with Receiver(office(letters, {"rcpt": answers})) as peer:
        channel = email(peer, to=THREE)
        return channel.send(channel.write(MESSAGE), key=KEY)


def test_who_is_refused_for_good_is_named_and_the_others_get_it() -> None:
    letters: list[str] = []
    receipt = send_to_three(letters, two="550 no such user")

    assert receipt.warning == "two@readers.example: SMTP 550: no such user"
    assert len(letters) == 1


def test_while_one_is_refused_for_now_nobody_gets_it() -> None:
    letters: list[str] = []
    with pytest.raises(NotSentError, match="451"):
        send_to_three(letters, one="550 no such user", three="451 greylisted")

    assert letters == []


def test_if_all_are_refused_the_channel_is_paused() -> None:
    letters: list[str] = []
    with pytest.raises(RejectedError) as caught:
        send_to_three(letters, one="550 no", two="551 no", three="553 no")

    assert caught.value.unwelcome
    assert letters == []


def test_readers_do_not_see_each_other() -> None:
    letters: list[str] = []
    send_to_three(letters)

    assert "readers.example" not in letters[0]
    assert "To: undisclosed-recipients:;" in letters[0]


def test_a_line_that_begins_with_a_point_arrives_whole() -> None:
    letters: list[str] = []
    with Receiver(office(letters)) as peer:
        channel = email(peer)
        text = "1\n.\n..2\n.3"
        channel.send(channel.write(replace(MESSAGE, text=text)), key=KEY)

    assert "1\r\n.\r\n..2\r\n.3\r\n" in letters[0]
