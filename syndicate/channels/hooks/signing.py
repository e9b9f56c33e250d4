"""
Who a request is from: Standard Webhooks 1.0.0, and the addresses it may go to.

Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md
"""

import base64
import binascii
import hashlib
import hmac
import time
from urllib.parse import urlsplit

from syndicate.config import web_address
from syndicate.words import SaidError

PREFIX = "whsec_"


def checked_url(written: str) -> str:
    """
    Check where requests are to go.

    Raises:
        ValueError: It is no web address, or names a user.
    """
    url = web_address(written)
    if "@" in urlsplit(url).netloc:
        raise SaidError(
            "a request is known by its signature: take out user and password"
        )
    return url


def checked_secret(written: str) -> str:
    """
    Check a key to sign with.

    Raises:
        ValueError: It is none.
    """
    try:
        if _signing_key(written):
            return written
    except binascii.Error:
        pass
    raise SaidError("write {prefix} and the key in base64", prefix=PREFIX)


def signed(body: str, *, key: str, secret: str) -> dict[str, str]:
    """
    Give the headers of a request that is made now.

    Args:
        body: What it says.
        key: The delivery's.
        secret: ``whsec_`` and a key in base64.
    """
    # The time is that of this attempt: receivers refuse an old one.
    stamp = str(int(time.time()))
    content = f"{key}.{stamp}.{body}"
    digest = hmac.digest(_signing_key(secret), content.encode(), hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "webhook-id": key,
        "webhook-timestamp": stamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def parts_of(url: str, secret: str) -> list[str]:
    """Give what a receiver may repeat of an address and a secret, and nobody may read."""
    split = urlsplit(url)
    bare = secret.removeprefix(PREFIX)
    return [part for part in (url, secret, bare, split.path, split.query) if part[1:]]


def _signing_key(written: str) -> bytes:
    return base64.b64decode(written.removeprefix(PREFIX), validate=True)
