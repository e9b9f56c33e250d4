"""Addresses as every network recognises them: in ASCII, without spaces."""

import string
from urllib.parse import quote, urlsplit

SAFE = string.punctuation  # "%" among them: what is encoded already stays as it is


def ascii_address(url: str) -> str:
    """
    Write an address in ASCII: host by IDNA (RFC 3490), all else percent-encoded.

    Raw Hangul in a path ends the link on X. Addresses of posts come encoded; this is
    for those that people type. What cannot be read as an address is only encoded.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        name = parts.hostname or ""
    except ValueError:  # no address, or a host that IDNA refuses
        return quote(url, safe=SAFE)
    if not name.isascii():
        place = parts.netloc.casefold().replace(name, host)
        url = parts._replace(netloc=place).geturl()
    return quote(url, safe=SAFE)
