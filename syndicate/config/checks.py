"""What a key of ``config.toml`` must say beyond its type. Each raises ``ValueError``."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from syndicate.words import SaidError

PERMALINK_NAMES = {
    "date",
    "pretty",
    "ordinal",
    "weekdate",
    "none",
    "hugo",
    "eleventy",
}
PERMALINK_WORDS = frozenset(
    "year short_year month i_month day i_day y_day week w_year w_day short_day "
    "long_day short_month long_month hour minute second title slug categories "
    "slugified_categories output_ext collection path name "
    "hugo section sections contentbasename filename slugorcontentbasename slugorfilename "
    "slugortitle headline monthname weekday weekdayname yearday eleventy lang translation".split(),
)
"""
Jekyll's placeholders, then Hugo's. What Hugo calls title and slug is another thing than
Jekyll's: here it is ``headline`` and ``slugortitle``. ``eleventy`` is a page's whole address there. ``lang`` is the code of a translation's language, and ``translation``
too, but nothing for the site's own language.

Source: jekyllrb.com/docs/permalinks/#placeholders, gohugo.io/configuration/permalinks
"""

MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
DATABASES = ("sqlite:///", "postgresql+psycopg://")
MOST_ENTRIES = 10_000


def permalink(text: str) -> str:
    """Check a permalink: one of Jekyll's names, or a template."""
    if text in PERMALINK_NAMES:
        return text
    if not text.startswith("/"):
        names = ", ".join(sorted(PERMALINK_NAMES))
        raise SaidError(
            'write one of {names}, or a template such as "/:year/:title/"', names=names
        )
    # "/:year_:month/": an underscore may be the template's own.
    words = {word.rstrip("_") for word in re.findall(r":([a-z_]+)", text)}
    unknown = words - PERMALINK_WORDS
    if unknown:
        raise SaidError("unknown placeholder :{name}", name=min(unknown))
    return text


def mail(text: str) -> str:
    """Check an address of mail; none is none."""
    if text and not MAIL.fullmatch(text):
        raise SaidError("write an address such as news@example.com, in Latin letters")
    return text


def folder(path: Path) -> Path:
    """Check a folder's path: no system has one with a NUL."""
    if "\0" in str(path):
        raise SaidError("write a path without control characters")
    return path


def tree(value: object) -> object:
    """Make text of every value, as front matter has it."""
    if isinstance(value, dict):
        return {str(key): tree(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [tree(inner) for inner in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def values(found: object) -> object:
    """Check values that posts have where they say none."""
    if not isinstance(found, dict) or not found:
        raise SaidError("write a table of front matter keys with their values")
    own = found.get("permalink")
    if isinstance(own, str) and own not in {"", "false"}:
        if own in PERMALINK_NAMES:
            raise SaidError(
                "permalink: write a template; {name} is for posts.permalink", name=own
            )
        permalink(own)
    return tree(found)


def pattern(text: str) -> str:
    """Check a regular expression."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise SaidError(
            "not a regular expression: {reason}", reason=str(error)
        ) from None
    return text


def listen(text: str) -> str:
    """Check an address to listen on."""
    host, _, port = text.rpartition(":")
    if text and not (host and port.isdecimal() and int(port) < 1 << 16):
        raise ValueError('write "host:port", or "" to switch the server off')
    return text


def host(text: str) -> str:
    """Check the name of a host, with or without a port."""
    found = re.fullmatch(
        r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?", text
    )
    if not found or int(found[2] or 0) >= 1 << 16:
        raise SaidError('write "host" or "host:port", without http://')
    return text.lower()


def count(number: object) -> int:
    """Check how many entries a feed has."""
    # pydantic would read true and "30" as numbers, too.
    if type(number) is not int or not 1 <= number <= MOST_ENTRIES:
        raise SaidError("write a whole number from 1 to {most}", most=str(MOST_ENTRIES))
    return number


def limit(number: object) -> int:
    """Check how many of something there may be."""
    if type(number) is not int or not 0 <= number <= MOST_ENTRIES:
        raise SaidError("write a whole number from 0 to {most}", most=str(MOST_ENTRIES))
    return number


def plain(value: object) -> object:
    """Check a value that front matter is compared with."""
    if not isinstance(value, (str, bool, int)):
        raise ValueError("write text, a whole number, true or false")  # noqa: TRY004 - pydantic listens to ValueError
    return value


def site(url: str) -> str:
    """Check that an address can be followed by a path."""
    if urlsplit(url).query or urlsplit(url).fragment:
        raise ValueError("write the address of the site without ? and #")
    return url


def database(url: SecretStr) -> SecretStr:
    """Check that the address of the database is of a kind we know."""
    if not url.get_secret_value().startswith(DATABASES):
        raise SaidError(
            "write an address that begins with {names}", names=", ".join(DATABASES)
        )
    folder(Path(url.get_secret_value()))
    return url
