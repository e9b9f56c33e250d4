"""
Which automatic alerts wait for a person, because an accident looks just like them. Pure.

    a crowd      many new posts in a minute: a checkout, an import, a restored folder
    a return     published before, but the database does not know it: it was restored
    a repeat     the same address or title was told shortly before: a copied file
    a storm      more alerts in a short time than a newsroom has news

What a person pushes is never held here. What was held counts towards a storm only until
a minute has passed without an alert: the accident is over then, and the next post alone
is news. What went out counts for as long as ``alerts.storm_within`` says.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.config import AlertsConfig

CROWD_WITHIN = timedelta(minutes=1)
REST = CROWD_WITHIN
"""How long no rule must ask for an alert until an accident is over."""

ALL_AT_ONCE = "`syndicate approve --all` lets all that are held go, `reject --all` none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A post a rule asks an alert for."""

    title: str
    link: str
    is_back: bool = False  # it stood in the feeds before the database knew of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alert that was filed before; withdrawn ones are not among them."""

    at: datetime  # UTC
    title: str
    link: str | None
    automatic: bool  # a rule asked for it
    number: int = 0  # 0: of this very look
    was_held: bool = False  # it was to wait for a person, whatever became of it


def holds(
    asked: Sequence[Asked],
    told: Sequence[Told],
    *,
    config: AlertsConfig,
    crowd: int,
    now: datetime,
) -> list[str | None]:
    """
    Say for each post why its alert waits for a person; ``None``: it does not.

    Args:
        asked: The posts of one look, in the order their alerts would leave.
        told: Alerts of at least ``config.storm_within`` and ``config.repeat_within``.
        config: Where the limits are; 0 switches one off.
        crowd: New posts within the last ``CROWD_WITHIN``, those on their way included.
        now: The time, UTC.
    """
    return list(_holds(asked, list(told), config=config, crowd=crowd, now=now))


def _holds(
    asked: Sequence[Asked],
    told: list[Told],
    *,
    config: AlertsConfig,
    crowd: int,
    now: datetime,
) -> Iterator[str | None]:
    together = len(asked)
    for each in asked:
        before = _stormy(told, now - config.storm_within, now=now)
        if 0 < config.storm_posts <= crowd:
            yield f"{crowd} new posts came within a minute; {ALL_AT_ONCE}"
        elif each.is_back:
            yield "the feeds had it before the database: was that restored?"
        elif repeat := _repeat(each, told, now - config.repeat_within):
            yield repeat
        elif 0 < config.storm < together:
            yield f"{together} posts ask for an alert at once; {ALL_AT_ONCE}"
        elif 0 < config.storm <= before:
            yield f"{before} automatic alerts came shortly before; {ALL_AT_ONCE}"
        else:
            yield None
        told.append(Told(at=now, title=each.title, link=each.link, automatic=True))


def _stormy(told: Sequence[Told], since: datetime, *, now: datetime) -> int:
    """Count the automatic alerts that went out, and those held without a rest so far."""
    automatic = [old for old in told if old.automatic and old.at > since]
    began = now
    for old in reversed(automatic):
        if began - old.at >= REST:
            break
        began = old.at
    return sum(not old.was_held or old.at >= began for old in automatic)


def is_same_title(one: str, other: str) -> bool:
    """Tell whether two titles read the same: case, width and blanks do not count."""
    return _fold(one) == _fold(other)


def _repeat(asked: Asked, told: Sequence[Told], since: datetime) -> str | None:
    """Find the latest alert with the same address or the same title."""
    for old in reversed(told):
        if old.at <= since:
            continue
        if old.link == asked.link:
            return f"{_name(old)} has the same address"
        if is_same_title(old.title, asked.title):
            return f"{_name(old)} has the same title"
    return None


def _name(old: Told) -> str:
    return f"alert {old.number}" if old.number else "another alert of this moment"


def _fold(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())
