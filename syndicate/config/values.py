"""What a value of ``config.toml`` may be."""

import re
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    HttpUrl,
    SecretStr,
    TypeAdapter,
    ValidationError,
)

from syndicate.model import Rate
from syndicate.words import SaidError

UNITS = {
    "ms": "milliseconds",
    "s": "seconds",
    "m": "minutes",
    "h": "hours",
    "d": "days",
}
DURATION = re.compile(r"([0-9]{1,9})(ms|s|m|h|d)")
RATE = re.compile(r"([0-9]{1,6})/([0-9]{0,4})(s|m|h|d)")
NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
_TWO_LETTERS = (  # ISO 639-1, with sh and tl, which are in use
    "a[abefkmnrsvyz]|b[aeghimnors]|c[aehorsuvy]|d[aevz]|e[elnostu]|f[afijory]"
    "|g[adlnuv]|h[aeiortuyz]|i[adegikostu]|j[av]|k[agijklmnorsuvwy]"
    "|l[abginotuv]|m[ghiklnrsty]|n[abdeglnorvy]|o[cjmrs]|p[ailst]|q[u]"
    "|r[mnouw]|s[acdeghiklmnoqrstuvw]|t[aeghiklnorstwy]|u[gkrz]|v[eio]|w[ao]"
    "|x[h]|y[io]|z[ahu]"
)
LANGUAGE = re.compile(
    rf"(?i:{_TWO_LETTERS}|[a-z]{{3}})(?:-[A-Za-z0-9]{{2,8}})*", re.ASCII
)
"""
The common shape of RFC 5646 section 2.1: it refuses ``ko_KR``, ``Korean``, ``cn``.
"""

_http = TypeAdapter(HttpUrl)


class Section(BaseModel):
    """Base of every table in the file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,  # most tables are checked as a part of another
        hide_input_in_errors=True,
    )


def parse_duration(text: object) -> timedelta:
    """
    Read ``"30s"``, ``"5m"``, ``"2h"``, ``"7d"`` or ``"100ms"``.

    Raises:
        ValueError: It is none of these.
    """
    if isinstance(text, timedelta):
        return text
    found = DURATION.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise ValueError('write a duration as "30s", "5m", "2h" or "7d"')
    return timedelta(**{UNITS[found[2]]: int(found[1])})


def within(least: str, most: str = "") -> AfterValidator:
    """Bound a duration, both ends included; they are written as in the file."""

    def check(duration: timedelta) -> timedelta:
        if duration < parse_duration(least):
            raise SaidError("write {least} or more", least=least)
        if most and duration > parse_duration(most):
            raise SaidError("write {most} or less", most=most)
        return duration

    return AfterValidator(check)


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError(
            "write small letters, digits and hyphens, at most 64, a letter first"
        )
    return text


def _address(text: str) -> str:
    try:
        return str(_http.validate_python(text))
    except ValidationError:
        raise ValueError("write a full address, such as https://news.example") from None


def web_address(text: str) -> str:
    """
    Read a ``WebAddress``.

    Raises:
        ValueError: It is none.
    """
    return _address(text).rstrip("/")


def _secret_address(secret: SecretStr) -> SecretStr:
    return SecretStr(web_address(secret.get_secret_value()))


def _language(text: str) -> str:
    if not LANGUAGE.fullmatch(text):
        example = text.replace("_", "-") if "_" in text else "en-GB"
        raise SaidError(
            'write a language tag of BCP 47, such as "{example}"', example=example
        )
    return text


def _timezone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('no such time zone; write one as "Asia/Seoul"') from None
    return text


def parse_rate(text: object) -> Rate:
    """
    Read ``"20/m"``, ``"1/s"``, ``"300/5m"``.

    Raises:
        ValueError: It is none of these.
    """
    if isinstance(text, Rate):
        return text
    found = RATE.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise ValueError('write how many in what time, as "20/m" or "300/5m"')
    per = parse_duration(f"{found[2] or 1}{found[3]}")
    if not (int(found[1]) and per):
        raise ValueError('write how many in what time, as "20/m" or "300/5m"')
    return Rate(count=int(found[1]), per=per)


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
"""``"30s"``, ``"5m"``, ``"2h"``, ``"7d"``; also ``"100ms"``."""

Pace = Annotated[Rate, BeforeValidator(parse_rate)]
"""``"20/m"``, ``"300/5m"``: how many in what time."""

Name = Annotated[str, AfterValidator(_name)]
"""``desk-telegram``: what a channel or a rule is called."""

WebAddress = Annotated[str, AfterValidator(web_address)]
"""An absolute http(s) address in ASCII that paths follow, without a closing slash."""

SecretAddress = Annotated[SecretStr, AfterValidator(_secret_address)]
"""A ``WebAddress`` that is a secret: whoever has it can post."""

Endpoint = Annotated[str, AfterValidator(_address)]
"""An absolute http(s) address in ASCII, to the letter: some servers mind the slash."""

Language = Annotated[str, AfterValidator(_language)]
"""A language tag (BCP 47)."""

TimeZone = Annotated[str, AfterValidator(_timezone)]
"""A name of the IANA time zone database."""
