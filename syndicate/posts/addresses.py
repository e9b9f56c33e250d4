"""
Addresses: absolute, percent-encoded, and only of kinds that a reader may follow.

Source: RFC 3986; the W3C feed validator refuses raw Hangul (UriNotIri), characters
outside the grammar (InvalidUriChar) and relative addresses (InvalidFullLink).
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from syndicate.posts.hosts import ascii_host
from syndicate.posts.late import late

WEB = frozenset({"http", "https"})
OUTSIDE = ("http:", "https:")
SCHEMES = WEB | {"mailto", "tel"}

PLAIN = re.compile(
    r"https?://[a-z0-9]+(?:[.-][a-z0-9]+)*"
    r"(?:[/?#](?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)
"""What needs no work: most addresses."""

STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
IGNORED = late("[\t\n\r\x00-\x1f\x7f]")
"""Characters that browsers drop from an address, so that ``java\\nscript:`` works."""

SIMPLE = re.compile("[A-Za-z0-9._~/-]*")
"""A path that stands as it is, as most do."""

SAFE = "%!$&'()*+,;=:@/~"
"""Besides letters, digits and ``-._``, what stands for itself in a path."""

BESIDE = late(
    r"\A(?:\{|%7B|\|)(?:static|attach|filename|photo)(?:\}|%7D|\|)", re.IGNORECASE
)
"""Pelican's marks: what follows is an address. Source: docs.getpelican.com, content"""

STEPS = late(r"\A(?:\.{0,2}/)+")
"""What an address may begin with that leads no deeper."""

HOST = late(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?")

CANDIDATE = late(r"\s*([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+[wxh]))?\s*(?:,|$)")
"""One picture of a ``srcset``. Source: html.spec.whatwg.org, srcset attributes."""


def absolute(address: str, base: str) -> str | None:
    """
    Make an address absolute and plain ASCII.

    Args:
        address: As written: relative, with blanks, Hangul, or half encoded.
        base: The absolute address that it is relative to.

    Returns:
        The address; ``None`` where it leads nowhere a reader may go (``javascript:``,
        ``data:``, a host that cannot be).
    """
    if PLAIN.fullmatch(address):
        return address
    try:
        return _absolute(IGNORED.sub("", address).strip(), base)
    except ValueError:  # a port, brackets or a host that cannot be
        return None


def encoded(path: str, *, also: str = "") -> str:
    """Percent-encode a path. What is encoded stays, and so do characters in ``also``."""
    if SIMPLE.fullmatch(path):
        return path
    if "%" in path:
        path = STRAY_PERCENT.sub("%25", path)
    return _strange(also).sub(_quoted, path)


@lru_cache
def _strange(also: str) -> re.Pattern[str]:
    return re.compile(f"[^A-Za-z0-9._{re.escape(SAFE + also)}-]+")


def _quoted(found: re.Match[str]) -> str:
    # In one go: ``urllib.parse.quote`` takes byte by byte, and Hangul is three each.
    return "%" + found[0].encode("utf-8", "surrogateescape").hex("%").upper()


def absolute_set(candidates: str, base: str) -> str | None:
    """Do the same for every picture of a ``srcset``; ``None`` where none is left."""
    found = [
        f"{address} {size}" if size else address
        for written, size in CANDIDATE.findall(candidates)
        if (address := web(written, base))
    ]
    return ", ".join(found) or None


def web(address: str, base: str) -> str | None:
    """
    Make an address absolute as ``absolute`` does.

    ``None`` if it is not http or https, or if its host is a number in brackets, which
    the W3C validator refuses outside a body (InvalidUriChar) and nobody's picture has.
    """
    found = absolute(address, base)
    return found if found and found.startswith(OUTSIDE) and "[" not in found else None


def on_site(address: str, site_url: str) -> str | None:
    """
    Make an address of the site absolute, as Jekyll's ``absolute_url`` does.

    Args:
        address: With or without a slash before it; whole addresses stay. It leads to
            nothing above the site, whatever steps up (``../``) it begins with.
        site_url: Of the site, path included, without the closing slash.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
        return web(address, site_url)
    path = "/" + STEPS.sub("", address)
    if "/." in path:
        path = "/" + urljoin("/", path).lstrip("/")
    below = urlsplit(site_url).path
    if below and (path + "/").startswith(below + "/"):
        path = path[len(below) :] or "/"
    return web(site_url + path, site_url)


def _absolute(address: str, base: str) -> str | None:
    parts = urlsplit(urljoin(base, BESIDE.sub("", address)))
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        return None
    if scheme not in WEB:
        return f"{scheme}:{encoded(parts.path)}" + _after("?", parts.query)
    host = _host(parts.hostname)
    if parts.port is not None:
        host += f":{parts.port}"
    path = encoded(parts.path)
    whole = urlunsplit((scheme, host, path, "", ""))
    return whole + _after("?", parts.query) + _after("#", parts.fragment)


def _after(mark: str, part: str) -> str:
    return mark + encoded(part, also="?") if part else ""


def _host(name: str | None) -> str:
    """
    Give a host in ASCII. A name and a password before it are dropped.

    Markdown leaves ``한글.kr`` percent-encoded. Source: url.spec.whatwg.org, host
    parsing: decoded first, then made ASCII.
    """
    if not name:
        raise ValueError("no host")
    if ":" in name:
        return f"[{name}]"
    if "%" in name:
        name = unquote(name, errors="strict")
    host = ascii_host(name)
    if ".." in host or not HOST.fullmatch(host):
        raise ValueError("no such host")
    return host
