"""The `email` kind against aiosmtpd, a server somebody else wrote."""

import asyncio
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword
from pydantic import ValidationError

from syndicate.channels.base import Standing
from syndicate.channels.email import Email
from syndicate.errors import NotSentError, RejectedError
from syndicate.model import Message, Picture, Receipt
from tests.channels.post_office import email
from tests.channels.samples import make
from tests.channels.wire.test_exchange import anonymous

KEY = "5be0" * 13 + "01a202b2d903"  # of 2026-11-22, 10:00:05.123 UTC
NUMBER = f"<{KEY}@news.example>"
MESSAGE = Message(
    text="[속보] A&B <합병>\n\n주주 총회가 열린다.\n\nhttps://news.example/?a=1&b=2",
    link="https://news.example/?a=1&b=2",
    title="[속보] A&B <합병>",
    excerpt="주주 총회가 열린다.",
    language="ko-KR",
    picture=Picture(url="https://news.example/1.jpg", alt='"악수"하는 두 사람'),
)


class Mailbox:
    """What aiosmtpd hands over each letter to."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []

    async def handle_DATA(self, *what: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.envelopes.append(what[-1])
        return "250 taken"

    def letter(self) -> EmailMessage:
        (envelope,) = self.envelopes
        assert isinstance(envelope.content, bytes)
        found = message_from_bytes(envelope.content, policy=policy.SMTP)
        assert isinstance(found, EmailMessage)
        return found


@contextmanager
def post(
    *, first: ssl.SSLContext | None = None, **settings: Any
) -> Iterator[tuple[Mailbox, int]]:
    """Serve on a free port; ``first`` is TLS that comes before all else."""
    mailbox = Mailbox()
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    def speak() -> SMTP:
        return SMTP(mailbox, hostname="post.example", loop=loop, **settings)

    opening = loop.create_server(speak, "127.0.0.1", 0, ssl=first)
    server = asyncio.run_coroutine_threadsafe(opening, loop).result()
    try:
        yield mailbox, server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(closed(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def closed(server: asyncio.Server) -> None:
    """Let every conversation come to its end, so that nothing is left behind."""
    server.close()
    while others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=1)


def trusting(channel: Email) -> Email:
    channel.context = anonymous(ssl.PROTOCOL_TLS_CLIENT)
    return channel


def test_a_letter_says_the_message_as_text_and_as_html() -> None:
    with post() as (mailbox, port):
        channel = email(port=port, unsubscribe="https://news.example/leave?c=1")
        receipt = channel.send(channel.write(MESSAGE), key=KEY)

    letter = mailbox.letter()
    text, html = (part.get_content() for part in letter.iter_parts())
    assert letter.get_content_type() == "multipart/alternative"
    assert text.splitlines() == MESSAGE.text.splitlines()
    assert "<strong>[속보] A&amp;B &lt;합병&gt;</strong>" in html
    assert '<a href="https://news.example/?a=1&amp;b=2">' in html
    assert 'alt="&quot;악수&quot;하는 두 사람"' in html
    assert {name: letter[name] for name in letter if name in WANTED} == WANTED
    assert receipt == Receipt(remote_id=NUMBER)


WANTED = {
    "From": "뉴스 <alerts@news.example>",
    "To": "one@readers.example",
    "Subject": "[속보] A&B <합병>",
    "Date": "Sun, 22 Nov 2026 10:00:05 +0000",
    "Message-ID": NUMBER,
    "Content-Language": "ko-KR",
    "List-Unsubscribe": "<https://news.example/leave?c=1>",
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
}


def test_every_try_sends_the_same_bytes_in_lines_every_server_takes() -> None:
    with post() as (mailbox, port):
        channel = email(port=port)
        body = channel.write(replace(MESSAGE, text="긴 줄 " * 2_000))
        for _ in range(2):
            channel.send(body, key=KEY)

    first, second = (each.content for each in mailbox.envelopes)
    assert isinstance(first, bytes)
    assert first == second
    assert first.isascii()
    assert max(map(len, first.split(b"\r\n"))) <= 998


NAME = "부산 뉴스룸, 밤에도 깨어 있는 속보 데스크와 지역 소식을 전하는 사람들"


@pytest.mark.parametrize(
    "title",
    [
        "여진에 대비해 넓은 곳으로 🏳️‍🌈 " * 9,
        "東京 “대피” café 🏳️‍🌈 Breaking 東京 “대피” A&B Breaking 여진에 곳으로",
        "Parliament passes the budget after a night of debate, " * 3,
        "=?utf-8?q?no word?=",
    ],
)
def test_a_subject_of_any_length_reads_as_it_was(title: str) -> None:
    """
    Folded to 76 characters where it is encoded (RFC 2047 section 2), and no space lost.

    The standard library's own folding fails both.
    """
    with post() as (mailbox, port):
        sender: dict[str, Any] = {"from": f'"{NAME}" <a@news.example>'}
        channel = email(port=port, **sender)
        message = replace(MESSAGE, text=f"{title}\n\n끝", title=title)
        channel.send(channel.write(message), key=KEY)

    content = mailbox.envelopes[0].content
    assert isinstance(content, bytes)
    head = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max([len(line) for line in head if b"=?" in line], default=0) <= 76
    assert mailbox.letter()["Subject"] == title.strip()
    # Of a name, the standard library's new parser doubles the spaces; its old does not.
    said = message_from_bytes(content)["From"]
    assert str(make_header(decode_header(said))).split("<")[0].strip() == NAME


def test_words_without_title_language_or_picture_are_a_letter_too() -> None:
    bare = Message(text="속보\n끝", link=None, title="", excerpt="", language="")
    with post() as (mailbox, port):
        channel = email(port=port)
        channel.send(channel.write(bare), key=KEY)

    assert mailbox.letter()["Subject"] == "속보"
    assert not {"Content-Language", "List-Unsubscribe"} & set(mailbox.letter())
    assert "<img" not in json.loads(channel.write(bare))["html"]


def test_a_headline_of_several_lines_is_one_subject() -> None:
    notice = replace(MESSAGE, text="[취소] 지진\n\n오보", title="지진\n\n오보")
    with post() as (mailbox, port):
        channel = email(port=port)
        for message in (notice, replace(notice, text="오보")):
            channel.send(channel.write(message), key=KEY)

    subjects = [
        message_from_bytes(each.content, policy=policy.SMTP)["Subject"]
        for each in mailbox.envelopes
        if isinstance(each.content, bytes)
    ]
    assert subjects == ["[취소] 지진", "지진 오보"]


def test_a_post_cannot_write_headers() -> None:
    sly = replace(
        MESSAGE,
        text="제목\r\nBcc: a@b.example\n\n본문",
        title="제목\nBcc: a@b.example",
        language="ko\r\nBcc: a@b.example",
    )
    with post() as (mailbox, port):
        channel = email(port=port)
        channel.send(channel.write(sly), key=KEY)

    assert "Bcc" not in mailbox.letter()
    assert "Content-Language" not in mailbox.letter()


def test_a_correction_is_a_letter_in_answer_to_the_first() -> None:
    number = f"<{KEY}@a-rather-long-name-of-a-newspaper.news.example>"
    with post() as (mailbox, port):
        channel = email(port=port)
        channel.send(channel.reply(MESSAGE, number), key=KEY)

    assert mailbox.letter()["In-Reply-To"] == number
    assert mailbox.letter()["References"] == number


def test_a_letter_in_answer_to_an_answer_names_the_whole_thread() -> None:
    with post() as (mailbox, port):
        channel = email(port=port)
        above = channel.send(channel.write(MESSAGE), key=KEY).remote_id
        for turn in range(1, 20):
            body = channel.reply(MESSAGE, above)
            above = channel.send(body, key=f"{turn:064x}").remote_id

    content = mailbox.envelopes[-1].content
    assert isinstance(content, bytes)
    letter = message_from_bytes(content, policy=policy.SMTP)
    number = letter["Message-ID"]
    numbers = letter["References"].split()
    assert len(set(numbers)) == 19, "every one above it, once"
    assert letter["In-Reply-To"] == numbers[-1] != number
    assert above.split() == [*numbers, number]
    assert max(map(len, content.splitlines())) < 998


def test_many_readers_share_one_letter() -> None:
    readers = [f"reader-{n}@readers.example" for n in range(100)]
    with post() as (mailbox, port):
        channel = email(port=port, to=readers)
        channel.send(channel.write(MESSAGE), key=KEY)

    assert mailbox.envelopes[0].rcpt_tos == readers


# Signing in


def accepts(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
    assert isinstance(data, LoginPassword)
    right = (data.login, data.password) == (b"alerts", b"open sesame")
    return AuthResult(success=right, handled=right)


SIGN_IN: dict[str, Any] = {"user": "alerts", "password": "open sesame"}


def test_starttls_comes_before_the_password() -> None:
    settings: dict[str, Any] = {
        "tls_context": anonymous(ssl.PROTOCOL_TLS_SERVER),
        "require_starttls": True,
        "authenticator": accepts,
        "auth_required": True,
    }
    with post(**settings) as (mailbox, port):
        channel = trusting(email(port=port, security="starttls", **SIGN_IN))
        channel.send(channel.write(MESSAGE), key=KEY)
        standing = channel.probe()

    assert mailbox.letter()["Message-ID"] == NUMBER
    assert standing == Standing(account="alerts 127.0.0.1")


def test_a_wrong_password_pauses_the_channel_and_is_not_shown() -> None:
    settings: dict[str, Any] = {
        "tls_context": anonymous(ssl.PROTOCOL_TLS_SERVER),
        "authenticator": accepts,
    }
    wrong: dict[str, Any] = {"user": "alerts", "password": "close sesame"}
    with post(**settings) as (_, port):
        channel = trusting(email(port=port, security="starttls", **wrong))
        with pytest.raises(RejectedError, match="535") as caught:
            channel.send(channel.write(MESSAGE), key=KEY)

    assert caught.value.unwelcome
    assert "sesame" not in f"{caught.value!r}{channel.config!r}"


@pytest.mark.parametrize(
    "keys", [{"security": "starttls"}, {"security": "starttls", **SIGN_IN}]
)
def test_a_server_without_tls_gets_neither_password_nor_letter(
    keys: dict[str, Any],
) -> None:
    with post() as (mailbox, port):
        channel = trusting(email(port=port, **keys))
        with pytest.raises(RejectedError, match="STARTTLS") as caught:
            channel.send(channel.write(MESSAGE), key=KEY)

    assert caught.value.unwelcome
    assert mailbox.envelopes == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_prove_its_name_gets_nothing(security: str) -> None:
    context = anonymous(ssl.PROTOCOL_TLS_SERVER)
    settings = {"tls_context" if security == "starttls" else "first": context}
    with post(**settings) as (mailbox, port):
        channel = email(port=port, security=security)
        with pytest.raises(NotSentError):
            channel.send(channel.write(MESSAGE), key=KEY)

    assert mailbox.envelopes == []


def test_tls_may_come_first() -> None:
    with post(first=anonymous(ssl.PROTOCOL_TLS_SERVER)) as (mailbox, port):
        channel = trusting(email(port=port, security="tls"))
        channel.send(channel.write(MESSAGE), key=KEY)

    assert mailbox.letter()["Message-ID"] == NUMBER


# Configuration


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"from": "뉴스"}, "write an address"),
        ({"from": "뉴스@news.example"}, "write an address"),
        ({"to": ["a@b.example\r\nBcc: c@d.example"]}, "write an address"),
        ({"to": []}, "at least 1"),
        ({"to": ["a@b.example"] * 101}, "at most 100"),
        ({"user": ""}, "both user and password"),
        ({"password": None}, "both user and password"),
        ({"security": "plain"}, "in the clear"),
        ({"unsubscribe": "http://news.example/leave"}, "https"),
    ],
)
def test_a_configuration_that_cannot_be_is_told(
    keys: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        make("email", **keys)
