"""
An SMTP server that behaves as badly as it is told to, on the peer of all other tests.

    with Receiver(office(letters)) as peer: ...
    with Receiver(office(letters, {"rcpt": "450 later"})) as peer: ...
    with Receiver(office(letters, {"end": hang})) as peer: ...

A letter counts once its last line was read: that is when a real server holds it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from syndicate.channels.email import Email, EmailConfig
from tests.receiver import Connection, Receiver

ANSWERS = {
    "greeting": "220 post.example",
    "ehlo": "250-post.example\r\n250 8BITMIME",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "end": "250 taken",
    "quit": "221 bye",
    "noop": "250 ok",
}

# What is said; or to whom it is said, who bears one of these names; or what is done.
Step = str | Mapping[str, str] | Callable[[Connection], None]


def office(
    letters: list[str], steps: Mapping[str, Step] = MappingProxyType({})
) -> Callable[[Connection], None]:
    """Give a behaviour whose steps answer in other words, or do something else."""

    def behave(connection: Connection) -> None:
        lines = connection.socket.makefile("rb")

        def step(verb: str, line: bytes = b"") -> None:
            usual = ANSWERS.get(verb, "502 what?")
            answer = steps.get(verb, usual)
            if isinstance(answer, Mapping):
                said = line.decode()
                answer = next((a for n, a in answer.items() if n in said), usual)
            if callable(answer):
                answer(connection)
                raise ConnectionError("no more of this")
            connection.send(f"{answer}\r\n".encode())

        step("greeting")
        for line in lines:
            verb = line[:4].strip().lower().decode()
            if verb == "data" and str(steps.get("data", "354")).startswith("354"):
                step("data")
                letters.append(letter(lines))
                step("end")
            else:
                step(verb, line)

    return behave


def letter(lines: Any) -> str:
    found = b""
    for line in lines:
        if line == b".\r\n":
            return found.decode()
        found += line.removeprefix(b".")
    raise ConnectionError("the letter broke off")


def email(peer: Receiver | None = None, port: int = 25, **keys: Any) -> Email:
    """Give a channel that writes to a peer."""
    table: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": int(peer.url.rpartition(":")[2]) if peer else port,
        "security": "plain",
        "from": "뉴스 <alerts@news.example>",
        "to": ["one@readers.example"],
    }
    return Email(EmailConfig.model_validate(table | keys))


# Steps


def hang(connection: Connection) -> None:
    connection.receiver.closing.wait()


def drip(connection: Connection) -> None:
    connection.send(b"250-")
    connection.drip(b"a")


def babble(connection: Connection) -> None:
    while True:
        connection.send(b"250-and so on\r\n" * 1_000)


def leave(connection: Connection) -> None:
    connection.socket.close()


def reset(connection: Connection) -> None:
    connection.reset()


def garbage(connection: Connection) -> None:
    connection.send(b"\x00\xff what?\r\n")


def endless_line(connection: Connection) -> None:
    connection.send(b"250 " + b"a" * 10_000 + b"\r\n")
