"""
Secrets out of what others say.

A platform may repeat our own request to us, address and token included, and its words
go into the ledger. So an answer is cleaned before anybody reads it, and libraries that
log it as it comes are kept from doing so.
"""

import json
import logging
from collections.abc import Iterable
from urllib.parse import quote

from pydantic import BaseModel, SecretStr

MASK = "…"
SHORTEST = 4  # shorter ones stand in every text by accident


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
    """Replace each secret, however it is escaped, by ``…``. Longest first."""
    forms = {
        form
        for secret in secrets
        for word in (secret, *secret.split())
        if len(word) >= SHORTEST
        for form in (word, quote(word, safe=""), quote(word), _in_json(word))
    }
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, MASK)
    return text


def redact_bytes(content: bytes, secrets: Iterable[str]) -> bytes:
    """Do the same to bytes, which stay as they are in all other places."""
    text = content.decode("utf-8", "surrogateescape")
    return redact(text, secrets).encode("utf-8", "surrogateescape")


def _in_json(secret: str) -> str:
    return json.dumps(secret, ensure_ascii=False)[1:-1]
