"""
What rules ask for becomes alerts in the outbox.

    filings that ask -> unheard -> guard -> alert, cut for each channel -> outbox
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from syndicate.app.filing import Filing
from syndicate.app.guarding import Guard
from syndicate.app.planning import Plan
from syndicate.app.report import Alerted
from syndicate.app.telling import Roster, alert_about
from syndicate.config import Config
from syndicate.model import Entry, FiledPost
from syndicate.outbox.gate import accept_at_gate
from syndicate.outbox.ledger import about
from syndicate.store import posts as rows

Entries = Callable[[FiledPost], Entry | None]
"""Renders one post; ``None`` where its file cannot be read any more."""


class Alarm:
    """Puts alerts into the outbox, for one configuration. One thread owns it."""

    def __init__(
        self, config: Config, roster: Roster, guard: Guard, *, entry: Entries
    ) -> None:
        self._config = config
        self.roster = roster
        self._guard = guard
        self._entry = entry

    @staticmethod
    def unheard(connection: Connection, plan: Plan) -> list[Filing]:
        """
        Give the posts that ask for an alert and that nobody else has considered.

        A mark that was taken away and put back tells nobody anything new.
        """
        new = [f for f in plan.asking if not (f.before and f.before.considered)]
        heard = rows.considered(connection, [filing.identity for filing in new])
        return [
            filing
            for filing in plan.asking
            if filing.identity not in heard
            and (filing in new or not about(connection, filing.identity))
        ]

    def sound(
        self, connection: Connection, asking: Sequence[Filing], plan: Plan
    ) -> list[Alerted]:
        """
        Put the alerts that rules ask for into the outbox.

        Args:
            connection: In the transaction that writes the posts down.
            asking: What ``unheard`` gave before they were written down.
            plan: Of the look that they are part of.
        """
        held = self._guard.holds(connection, asking, plan)
        return [
            alert
            for filing, why in zip(asking, held, strict=True)
            if (alert := self._accepted(connection, filing, plan=plan, held=why))
        ]

    def _accepted(
        self, connection: Connection, filing: Filing, *, plan: Plan, held: str | None
    ) -> Alerted | None:
        """Put the alert a rule asks for into the outbox; ``held``: why it waits there."""
        filed, rule, now = filing.filed, filing.asks, plan.clerk.now
        entry = self._entry(filed) if filed else None
        names = self.roster.names(rule.to) if rule else []
        if filed is None or entry is None or rule is None or not names:
            return None
        arrived = min(filing.stat.arrived, now)
        since = max(arrived, filed.post.published or arrived)
        alert = alert_about(entry, rule, self._config, since=since)
        alert = replace(alert, held=held or alert.held)
        outgoing = self.roster.write(alert, names)
        self.roster.expect(outgoing)
        gate = rule.link_gate
        number = accept_at_gate(connection, alert, outgoing, gate=gate, now=now)
        return Alerted(id=number, alert=alert, channels=tuple(names))
