"""
Secrets out of what others say.

A platform may repeat our own request to us, address and token included, and its words
go into the ledger. So an answer is cleaned before anybody reads it, and libraries that
log it as it comes are kept from doing so.
"""

import json
import logging
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote

from pydantic import BaseModel, SecretStr

MASK = "…"
SHORTEST = 4  # shorter ones stand in every text by accident
SHORTEST_ENCODED = 8  # letters of base64, likewise


def secrets_of(config: BaseModel) -> list[str]:
    """Give the values of every ``SecretStr`` of a section, as text."""
    return [
        value.get_secret_value()
        for value in dict(config).values()
        if isinstance(value, SecretStr)
    ]


def hush(*libraries: str) -> None:
    """Keep libraries from logging requests and answers, whatever level is set above."""
    for name in libraries:
        logging.getLogger(name).setLevel(logging.WARNING)


def redact(text: str, secrets: Iterable[str]) -> str:
    """Replace each secret, however it is escaped or encoded, by ``…``. Longest first."""
    for form in _all_forms(tuple(secrets)):
        text = text.replace(form, MASK)
    return text


@lru_cache(maxsize=64)
def _all_forms(secrets: tuple[str, ...]) -> Sequence[str]:
    forms = {
        form
        for secret in secrets
        for word in (secret, *secret.split())
        if len(word) >= SHORTEST
        for form in _forms(word)
    }
    return sorted(forms, key=len, reverse=True)


def redact_bytes(content: bytes, secrets: Iterable[str]) -> bytes:
    """Do the same to bytes, which stay as they are in all other places."""
    text = content.decode("utf-8", "surrogateescape")
    return redact(text, secrets).encode("utf-8", "surrogateescape")


def _forms(secret: str) -> Iterable[str]:
    yield from (secret, quote(secret, safe=""), quote(secret), _in_json(secret))
    content = secret.encode()
    for before in range(3):
        # What stands around it in the same text changes the letters at both ends.
        head, tail = (0, 2, 3)[before], (before + len(content)) % 3
        for encode in (b64encode, urlsafe_b64encode):
            letters = encode(bytes(before) + content).decode().rstrip("=")
            inner = letters[head : len(letters) - (1 if tail else 0)]
            if len(inner) >= SHORTEST_ENCODED:
                yield inner


def _in_json(secret: str) -> str:
    return json.dumps(secret, ensure_ascii=False)[1:-1]
