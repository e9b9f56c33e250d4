"""What platforms said of our credentials: asked for, and kept in the database."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from syndicate.channels.base import Probes, Standing
from syndicate.errors import RejectedError, SyndicateError
from syndicate.store.engine import Store
from syndicate.store.standings import (
    StandingRow,
    forget_standings,
    keep_standing,
    load_standings,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a platform said when it was asked who we are."""

    standing: Standing | None = None
    refusal: str = ""
    away: bool = False  # it said nothing: what it said before may still be true


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a platform said, and when."""

    asked_at: datetime  # UTC
    answer: Answer


def remembered(store: Store) -> Mapping[str, Known]:
    """
    Give what platforms said last, by the names of channels.

    Raises:
        StoreError: The database failed.
    """
    with store.read() as connection:
        rows = load_standings(connection).values()
    return {row.channel: known for row in rows if (known := _read(row))}


def remember(
    store: Store, answers: Mapping[str, Answer], *, of: Iterable[str], now: datetime
) -> None:
    """
    Keep what platforms said in place of what they said before.

    Args:
        store: Where.
        answers: By the names of channels; who was away is left out.
        of: The channels that are configured: the word on others is forgotten.
        now: When they were asked.

    Raises:
        StoreError: The database failed.
    """
    rows = [_row(name, each, now) for name, each in answers.items() if not each.away]
    with store.begin() as connection:
        forget_standings(connection, keep=list(of))
        for row in rows:
            keep_standing(connection, row)


def ask(channel: Probes) -> Answer:
    """Ask a platform who we are, whatever comes of it."""
    try:
        return Answer(standing=channel.probe())
    except SyndicateError as error:
        return Answer(refusal=str(error), away=not isinstance(error, RejectedError))
    except Exception as error:  # noqa: BLE001 - a channel may be anybody's code
        # Its words are not shown: they may hold a secret.
        return Answer(refusal=type(error).__name__, away=True)


def _row(name: str, answer: Answer, now: datetime) -> StandingRow:
    standing = answer.standing
    said = asdict(standing) | {"expires": None} if standing else None
    record = json.dumps({"refusal": answer.refusal, "standing": said})
    return StandingRow(
        channel=name,
        asked_at=now,
        expires=standing.expires if standing else None,
        record=record,
    )


def _read(row: StandingRow) -> Known | None:
    """Read a row; ``None``: another version wrote it."""
    try:
        record = json.loads(row.record)
        said = record["standing"]
        standing = Standing(**said | {"expires": row.expires}) if said else None
        answer = Answer(standing=standing, refusal=record["refusal"])
    except (ValueError, TypeError, KeyError):
        return None
    return Known(asked_at=row.asked_at, answer=answer)
