"""Addresses as every network recognises them: in ASCII, without spaces."""

import string
from urllib.parse import quote, urlsplit

from syndicate.posts.hosts import ascii_host

SAFE = string.punctuation  # "%" among them: what is encoded already stays as it is


def ascii_address(url: str) -> str:
    """
    Write an address in ASCII: the host as browsers do, all else percent-encoded.

    Raw Hangul in a path ends the link on X. Addresses of posts come encoded; this is
    for those that people type. What cannot be read as an address is only encoded.
    """
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
        host = ascii_host(name)
    except ValueError:  # no address, or a host that cannot be
        return quote(url, safe=SAFE)
    if not name.isascii():
        place = parts.netloc.lower().replace(name, host)
        url = parts._replace(netloc=place).geturl()
    return quote(url, safe=SAFE)
