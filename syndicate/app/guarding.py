"""Holds automatic alerts that look like an accident; ``alerts/guard.py`` decides which."""

import json
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from syndicate.alerts.guard import CROWD_WITHIN, Asked, Told, holds
from syndicate.app.filing import Filing
from syndicate.app.planning import Plan
from syndicate.config import Config
from syndicate.store.alerts import find_told

FEED = "feed.json"


class Guard:
    """Remembers how many new posts came of late. One thread owns it."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._came: deque[tuple[datetime, int]] = deque()  # when, and how many
        self.coming = 0  # new files seen that do not lie still yet

    def holds(
        self, connection: Connection, asking: Sequence[Filing], plan: Plan
    ) -> list[str | None]:
        """Say for each post that asks for an alert why it waits for a person, if so."""
        alerts, now = self._config.alerts, plan.clerk.now
        if not asking:
            return []
        storm = alerts.storm_within if alerts.storm else timedelta(0)
        since = now - max(storm, alerts.repeat_within)
        told = [
            Told(
                at=row.created_at,
                title=row.title,
                link=row.link,
                automatic=row.rule is not None,
                number=row.id,
                was_held=row.held is not None,
            )
            for row in find_told(connection, since=since)
        ]
        crowd = self._recent(now) + _new(plan) + self.coming
        asked = self._asked(asking)
        return holds(asked, told, config=alerts, crowd=crowd, now=now)

    def note(self, plan: Plan) -> None:
        """Remember the posts of a look that held."""
        if new := _new(plan):
            self._came.append((plan.clerk.now, new))

    def _recent(self, now: datetime) -> int:
        while self._came and self._came[0][0] <= now - CROWD_WITHIN:
            self._came.popleft()
        return sum(new for _, new in self._came)

    def _asked(self, asking: Sequence[Filing]) -> list[Asked]:
        """Put the posts in the guard's words, with whether the feeds had them before."""
        feed = b""
        if any(filing.before is None for filing in asking):
            feed = self._feed()
        return [
            Asked(
                title=filing.post.title,
                link=filing.post.link,
                is_back=filing.before is None
                and json.dumps(filing.post.link).encode() in feed,
            )
            for filing in asking
        ]

    def _feed(self) -> bytes:
        """Give the feed as it lies there: what this process adds to it has its row."""
        try:
            return (self._config.feeds_dir / FEED).read_bytes()
        except OSError:
            return b""


def _new(plan: Plan) -> int:
    return sum(filing.before is None for filing in plan.filings)
