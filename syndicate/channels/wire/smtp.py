"""
One letter by SMTP, within a deadline (RFC 5321).

Which step fails says what became of it:

    until the server answers DATA with 354   NotSentError: it holds nothing
    from then to its last answer             InDoubtError
    an answer 4yz, at any step               NotSentError: refused for now
    an answer 5yz                            RejectedError

One transaction for all recipients: they get it together, and once, or nobody does. Only
who is refused for good is left out, and named.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from syndicate.channels.wire.deadline import Deadline
from syndicate.channels.wire.dialogue import Dialogue, Server
from syndicate.channels.wire.redact import redact
from syndicate.channels.wire.trouble import trouble
from syndicate.errors import DeliveryError, InDoubtError, NotSentError, RejectedError

GO_ON = 354
SNIPPET = 200  # characters of an answer that go into the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message and its envelope."""

    sender: str
    recipients: Sequence[str]
    content: bytes  # ASCII lines of at most 998 bytes, ended by CRLF (RFC 5322)


@dataclass(slots=True)
class _Step:
    """How far the dialogue has come."""

    is_taken: bool = False  # the server began to take the letter in
    is_ours: bool = True  # a refusal would be one of us, not of these words


def deliver(
    letter: Letter, server: Server, *, allowed: timedelta, secrets: Iterable[str] = ()
) -> Sequence[str]:
    """
    Hand over a letter, once.

    Args:
        letter: What to hand over.
        server: To whom.
        allowed: Longest time all of it may take.
        secrets: Taken out of every error.

    Returns:
        Who does not get it, each with the server's words; empty if all do.

    Raises:
        DeliveryError: One of its three kinds, as above.
    """
    step = _Step()
    with _judged(step, secrets), _signed_in(server, Deadline(allowed)) as dialogue:
        _accepted(*dialogue.mail(letter.sender))
        refused = _name(letter.recipients, dialogue)
        step.is_ours = False
        code, words = dialogue.docmd("DATA")
        if code != GO_ON:
            raise smtplib.SMTPDataError(code, words)
        step.is_taken = True
        dialogue.send(_quoted(letter.content))
        _accepted(*dialogue.getreply())
    return [redact(each, secrets) for each in refused]


def greet(server: Server, *, allowed: timedelta, secrets: Iterable[str] = ()) -> None:
    """
    Sign in, and leave again.

    Raises:
        DeliveryError: As for ``deliver``.
    """
    with _judged(_Step(), secrets), _signed_in(server, Deadline(allowed)) as dialogue:
        _accepted(*dialogue.noop())


@contextmanager
def _signed_in(server: Server, deadline: Deadline) -> Iterator[Dialogue]:
    dialogue = Dialogue(server, deadline)
    try:
        if server.security == "starttls":
            dialogue.secure()
        dialogue.ehlo_or_helo_if_needed()
        if server.user:
            dialogue.login(server.user, server.password)
        yield dialogue
        with suppress(smtplib.SMTPException):
            dialogue.send("QUIT\r\n")  # what it answers changes nothing
    finally:
        dialogue.close()


def _name(recipients: Sequence[str], dialogue: Dialogue) -> list[str]:
    """Say who gets it. Gives who is refused for good, unless that is everybody."""
    refused: list[str] = []
    for recipient in recipients:
        try:
            _accepted(*dialogue.rcpt(recipient))
        except smtplib.SMTPResponseException as error:
            if not _is_final(error) or len(refused) + 1 == len(recipients):
                raise
            refused.append(f"{recipient}: {_words(error)}")
    return refused


def _accepted(code: int, words: bytes) -> None:
    if code // 100 != 2:  # noqa: PLR2004 - RFC 5321 section 4.2.1
        raise smtplib.SMTPResponseException(code, words)


@contextmanager
def _judged(step: _Step, secrets: Iterable[str]) -> Iterator[None]:
    """Raise what is known of the letter, in words without secrets."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - all that matters is how far it came
        # Not chained: the cause may hold the password.
        raise _verdict(error, step, secrets) from None


def _verdict(error: Exception, step: _Step, secrets: Iterable[str]) -> DeliveryError:
    match error:
        case smtplib.SMTPResponseException() if _is_final(error):
            words = redact(_words(error), secrets)
            return RejectedError(words, unwelcome=step.is_ours)
        case smtplib.SMTPResponseException() if error.smtp_code // 100 == 4:  # noqa: PLR2004 - RFC 5321 section 4.2.1
            return NotSentError(redact(_words(error), secrets))
        case smtplib.SMTPNotSupportedError():  # TLS or AUTH, which we were told to use
            return RejectedError(str(error), unwelcome=True)
    words = redact(trouble(error), secrets)
    return InDoubtError(words) if step.is_taken else NotSentError(words)


def _is_final(error: smtplib.SMTPResponseException) -> bool:
    # What smtplib itself finds wrong with an answer is text, and no answer.
    return error.smtp_code // 100 == 5 and isinstance(error.smtp_error, bytes)  # noqa: PLR2004 - RFC 5321 section 4.2.1


def _words(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"SMTP {error.smtp_code}: {plain[:SNIPPET]}"


def _quoted(content: bytes) -> bytes:
    """Double the points lines begin with, and end with one (RFC 5321 section 4.5.2)."""
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    doubled = (b"." + line if line.startswith(b".") else line for line in lines)
    return b"\r\n".join([*doubled, b".", b""])
