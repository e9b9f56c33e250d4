"""
Which form of a file a reader gets, and whether it has it already.

    Accept-Encoding     the codings it takes, best first
    If-None-Match       beats
    If-Modified-Since

Pure: times come as arguments. Source: RFC 9110 sections 12.5.3 and 13
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache

from syndicate.posts.late import late

IDENTITY = "identity"
_CODING = re.compile(
    r"\s*([!#$%&'*+.^_`|~\w-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?"
)
_TAG = re.compile(r'"[^"]*"')
_DATE = late(
    r"""
    [MTWFS][a-z]{2},\ \d\d\ [A-Z][a-z]{2}\ \d{4}\ \d\d:\d\d:\d\d\ GMT
    | [MTWFS][a-z]{5,8},\ \d\d-[A-Z][a-z]{2}-\d\d\ \d\d:\d\d:\d\d\ GMT  # RFC 850
    | [MTWFS][a-z]{2}\ [A-Z][a-z]{2}\ [ \d]\d\ \d\d:\d\d:\d\d\ \d{4}  # asctime
    """,
    re.VERBOSE,
)
"""The three forms of RFC 9110 section 5.6.7. Of another, or two, nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request says about what it knows. Empty: nothing."""

    accept_encoding: str = ""
    if_none_match: str = ""
    if_modified_since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The coding to answer with, and whether 304 is the answer."""

    coding: str
    known: bool


def choose(
    asked: Asked, tags: Mapping[str, str], *, modified: float, now: float
) -> Choice:
    """
    Choose a form of a file.

    A reader may hold a form in another coding than the one it would get now. Where it
    takes both, the one it holds is the choice, so that it need not fetch again.

    Args:
        asked: The request.
        tags: Coding to its strong entity tag, ``identity`` among them; the server's
            favourite first.
        modified: When the file was, in seconds since 1970.
        now: The server's clock, likewise. A date after it says nothing.
    """
    codings = accepted(asked.accept_encoding, tuple(tags))
    if asked.if_none_match:
        held = held_tags(asked.if_none_match)
        for coding in codings:
            if held is None or tags[coding] in held:
                return Choice(coding=coding, known=True)
        return Choice(coding=codings[0], known=False)
    since = seconds_of(asked.if_modified_since)
    known = since is not None and int(modified) <= since <= now
    return Choice(coding=codings[0], known=known)


@lru_cache(maxsize=256)  # readers send few different ones
def accepted(header: str, offered: tuple[str, ...]) -> Sequence[str]:
    """
    Sort the codings a reader takes, best first.

    Args:
        header: ``Accept-Encoding``. Empty: it said nothing, and gets no coding.
        offered: What there is, ``identity`` among them; ties go by this order.

    Returns:
        At least one. ``identity`` alone where the reader refuses all there is: better
        something it did not ask for than nothing.
    """
    weights = {
        name.removeprefix("x-"): weight for name, weight in _weights(header).items()
    }
    rest = weights.get("*", 0.0)
    weights.setdefault(IDENTITY, rest if "*" in weights else 0.001)
    ranked = sorted(offered, key=lambda coding: -weights.get(coding, rest))
    return tuple(each for each in ranked if weights.get(each, rest)) or (IDENTITY,)


@lru_cache(maxsize=256)
def takes_deltas(header: str) -> bool:
    """
    Tell whether a reader that asks for a feed takes the entries it lacks alone.

    Args:
        header: ``A-IM`` (RFC 3229 section 10.5.3): instance manipulations, with weights.
    """
    return _weights(header).get("feed", 0.0) > 0


@lru_cache(maxsize=1024)
def held_tags(header: str) -> frozenset[str] | None:
    """
    Read ``If-None-Match``: entity tags, without the mark of weak ones.

    Returns:
        ``None`` for any (``*``).
    """
    if header.strip() == "*":
        return None
    return frozenset(_TAG.findall(header))


def _weights(header: str) -> dict[str, float]:
    """Read a list of names with weights; what is not one is passed over."""
    found = (_CODING.fullmatch(part) for part in header.split(","))
    return {each[1].lower(): float(each[2] or 1) for each in found if each}


@lru_cache(maxsize=256)
def seconds_of(header: str) -> float | None:
    """
    Read an HTTP date, in any of its three forms.

    Returns:
        Seconds since 1970; ``None`` where it is no date, or more than one.
    """
    if not _DATE.fullmatch(header.strip()):
        return None
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC).timestamp()
