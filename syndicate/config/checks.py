"""What a key of ``config.toml`` must say beyond its type. Each raises ``ValueError``."""

import re
from urllib.parse import urlsplit

from pydantic import SecretStr

PERMALINK_NAMES = {"date", "pretty", "ordinal", "weekdate", "none"}
PERMALINK_WORDS = frozenset(
    "year short_year month i_month day i_day y_day week w_year w_day short_day "
    "long_day short_month long_month hour minute second title slug categories "
    "slugified_categories output_ext collection path name".split(),
)
"""Jekyll's placeholders. Source: jekyllrb.com/docs/permalinks/#placeholders"""

DATABASES = ("sqlite:///", "postgresql+psycopg://")
MOST_ENTRIES = 10_000


def permalink(text: str) -> str:
    """Check a permalink: one of Jekyll's names, or a template."""
    if text in PERMALINK_NAMES:
        return text
    if not text.startswith("/"):
        names = ", ".join(sorted(PERMALINK_NAMES))
        raise ValueError(
            f'write one of {names}, or a template such as "/:year/:title/"'
        )
    # "/:year_:month/": an underscore may be the template's own.
    words = {word.rstrip("_") for word in re.findall(r":([a-z_]+)", text)}
    unknown = words - PERMALINK_WORDS
    if unknown:
        raise ValueError(f"unknown placeholder :{min(unknown)}")
    return text


def pattern(text: str) -> str:
    """Check a regular expression."""
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return text


def listen(text: str) -> str:
    """Check an address to listen on."""
    host, _, port = text.rpartition(":")
    if text and not (host and port.isdecimal() and int(port) < 1 << 16):
        raise ValueError('write "host:port", or "" to switch the server off')
    return text


def count(number: object) -> int:
    """Check how many entries a feed has."""
    # pydantic would read true and "30" as numbers, too.
    if type(number) is not int or not 1 <= number <= MOST_ENTRIES:
        raise ValueError(f"write a whole number from 1 to {MOST_ENTRIES}")
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
        raise ValueError(f"write an address that begins with {' or '.join(DATABASES)}")
    return url
