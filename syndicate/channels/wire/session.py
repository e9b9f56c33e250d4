"""
Tokens that a platform hands out and renews.

They live hours, so they cannot stand in ``config.toml``. They are kept in a safe, which
the application makes of the database: signing in again for each process, or on each
node, would soon be refused.
"""

import logging
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol, TypeVar

from syndicate.channels.base import Keys
from syndicate.channels.wire.channel import HttpChannel
from syndicate.channels.wire.redact import secrets_of
from syndicate.errors import InDoubtError, NotSentError, RejectedError, StoreError

log = logging.getLogger(__name__)

Gained = TypeVar("Gained")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a platform gave us for a password."""

    account: str  # the platform's own name for us
    access: str = field(repr=False)  # goes with every request, and soon expires
    refresh: str = field(repr=False)  # buys the next access, and is then spent


class Safe(Protocol):
    """
    Where the session of one channel is kept. Raises ``StoreError`` if it cannot.

    ``under`` tells by which keys of ``config.toml`` it was got: a session of other keys
    is another account's, maybe, and is not given back.
    """

    def load(self, under: str) -> Session | None:
        """Give what was kept last."""

    def keep(self, session: Session, under: str) -> None:
        """Keep a session in place of the one before."""


class Pocket:
    """A safe that is gone with the process, whose keys do not change."""

    def __init__(self, session: Session | None = None) -> None:
        self.session = session

    def load(self, under: str) -> Session | None:  # noqa: ARG002 - one account
        """Give what was kept last."""
        return self.session

    def keep(self, session: Session, under: str) -> None:  # noqa: ARG002 - one account
        """Keep a session in place of the one before."""
        self.session = session


class ExpiredError(RejectedError):
    """The platform wants a newer token. Nothing was done."""


class SignsIn(HttpChannel[Keys]):
    """A channel that lives on tokens which are renewed."""

    safe: Safe
    """Given by whoever opens the channel; without it, sessions end with the process."""

    session: Session | None = None
    """The one used last; no word of it may be shown."""

    def __init__(self, config: Keys) -> None:
        super().__init__(config)
        self.safe = Pocket()

    @abstractmethod
    def sign_in(self) -> Session:
        """
        Show the password.

        Raises:
            DeliveryError: We were not let in.
        """

    @abstractmethod
    def renew(self, session: Session) -> Session:
        """
        Change a session for a fresh one.

        Raises:
            DeliveryError: It is refused.
        """

    def signed_in(self, act: Callable[[Session], Gained]) -> Gained:
        """
        Do something with a session, renewed where the one we have has expired.

        Args:
            act: Called once, and once more if it raised ``ExpiredError``.

        Raises:
            NotSentError: There is no session to be had now.
            DeliveryError: As ``act`` does.
        """
        try:
            session = self.safe.load(self._under())
        except StoreError as error:
            raise NotSentError(f"no session: {error}") from error
        old = self.session = session or self._admitted(self.sign_in)
        try:
            return act(old)
        except ExpiredError:
            self.session = self._admitted(lambda: self._renewed(old))
            return act(self.session)

    def secrets(self) -> list[str]:
        """Add the tokens of the session."""
        held = self.session
        return super().secrets() + ([held.access, held.refresh] if held else [])

    def _renewed(self, session: Session) -> Session:
        try:
            return self.renew(session)
        except RejectedError:  # spent, or too old: only the password helps
            return self.sign_in()

    def _admitted(self, enter: Callable[[], Session]) -> Session:
        try:
            session = enter()
        except InDoubtError as error:  # whatever came of it: no message left
            raise NotSentError(f"no session: {error}") from None
        try:
            self.safe.keep(session, self._under())
        except StoreError as error:
            log.warning("a session could not be kept: %s", error)
        return session

    def _under(self) -> str:
        written = [*secrets_of(self.config), self.config.model_dump_json()]
        return sha256("\n".join(written).encode()).hexdigest()
