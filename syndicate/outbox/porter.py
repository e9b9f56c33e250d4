"""
Asks for the pages that alerts wait for, away from every lane.

Only ``run`` imports this: whoever files an alert asks nobody.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from syndicate.fetch.ask import Asker, FetchError
from syndicate.outbox.gate import settle
from syndicate.store.engine import Store
from syndicate.store.gates import shut_gates

OK = 200

MOST = 8
"""Gates that are asked at in one round, at most: those that end first."""

PATIENCE = timedelta(seconds=3)
"""Longest wait for one answer."""


class Porter:
    """Asks at every gate, round after round. One thread owns it."""

    def __init__(
        self,
        *,
        store: Store,
        asker: Asker,
        clock: Callable[[], datetime],
        expects: bool = False,
    ) -> None:
        """
        Prepare the rounds.

        Args:
            store: Where the gates are.
            asker: Asks for pages.
            clock: Gives the time, UTC.
            expects: Whether alerts are to be expected at gates. Then what asking takes
                is ready before the first one comes.
        """
        self._opens = expects
        self._store = store
        self._asker = replace(asker, allowed=PATIENCE)
        self._clock = clock

    def round(self) -> None:
        """
        Ask at the gates that are shut, and open those whose page answers 200.

        Raises:
            StoreError: The database failed; the next round makes up for it.
        """
        if self._opens:
            self._opens = False
            self._asker.open()
        with self._store.read() as connection:
            shut = shut_gates(connection)
        for gate in shut[:MOST]:
            answer = self._answer(gate.url)
            now = self._clock()
            if answer != gate.answer or not answer or gate.until <= now:
                with self._store.begin() as connection:
                    settle(connection, gate, answer, now=now)

    def _answer(self, url: str) -> str:
        """Ask for a page; gives why it cannot be read, or nothing."""
        try:
            answer = self._asker.ask(url)
        except FetchError as error:
            return str(error)
        return "" if answer.status == OK else f"HTTP {answer.status}"
