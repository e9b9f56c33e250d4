"""The database as a safe for the sessions of channels."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from syndicate.app.telling import Roster
from syndicate.channels.wire.session import Session, SignsIn
from syndicate.store.engine import Store
from syndicate.store.sessions import SessionRow, keep_session, load_session


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSafe:
    """Where the session of one channel is kept; see ``wire.session.Safe``."""

    channel: str
    store: Callable[[], Store]  # asked for when first used: looking makes no database
    now: Callable[[], datetime]

    def load(self, under: str) -> Session | None:
        """Give what was kept last, if it was got by the same keys."""
        with self.store().read() as connection:
            row = load_session(connection, self.channel)
        if row is None or row.under != under:
            return None
        return Session(account=row.account, access=row.access, refresh=row.refresh)

    def keep(self, session: Session, under: str) -> None:
        """Keep a session in place of the one before."""
        row = SessionRow(
            channel=self.channel,
            under=under,
            account=session.account,
            access=session.access,
            refresh=session.refresh,
            changed_at=self.now(),
        )
        with self.store().begin() as connection:
            keep_session(connection, row)


def give_safes(
    roster: Roster, store: Callable[[], Store], now: Callable[[], datetime]
) -> Roster:
    """Have channels that sign in keep their sessions in the database."""
    for name, channel in roster.channels.items():
        if isinstance(channel, SignsIn):
            channel.safe = StoreSafe(channel=name, store=store, now=now)
    return roster
