"""
A drill: an alert goes the whole way, and nothing leaves this machine.

    the draft, to the byte ──> an outbox of its own ──> lanes ──> stand-ins

What is real: the words, their counting and cutting, the question, the outbox, the lanes,
what is shown. What is not: the channels. A stand-in is of a type that has no way out and
none of its channel's keys; and while a drill lasts, this process may open no connection.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, NoReturn

from syndicate.app.core import App
from syndicate.app.desk import Desk
from syndicate.app.drafting import Draft
from syndicate.app.newsroom import Newsroom
from syndicate.app.telling import Roster
from syndicate.channels.base import Channel
from syndicate.config import Section
from syndicate.errors import NotSentError
from syndicate.model import Limits, Message, Receipt
from syndicate.store.engine import Store, open_store

WAYS_OUT = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.send")
"""Beginnings of audit events (PEP 578) that precede what leaves a process."""

REFERENCE = 8  # hex digits of the key that stand in a receipt


class StandIn(Channel[Section]):
    """Stands for a channel in a drill: takes what that would be handed."""

    limits: ClassVar[Limits] = Limits(text=0)

    def __init__(self, limits: Limits) -> None:
        super().__init__(Section())
        self._limits = limits

    @property
    def configured_limits(self) -> Limits:
        """Those of the channel it stands for."""
        return self._limits

    def write(self, message: Message) -> NoReturn:  # noqa: ARG002, D102
        raise AssertionError("the real channel wrote it")

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102
        return Receipt(remote_id=f"drill {key[:REFERENCE]}")


class Drill(Desk):
    """The operator's verbs, on an outbox that ends with the drill."""

    def __init__(self, app: App, folder: Path) -> None:
        """
        Prepare a drill.

        Args:
            app: The real one. Nothing of its database is used.
            folder: Where the outbox lies meanwhile.
        """
        self.config, self.clock = app.config, app.clock
        self._real, self._folder = app.roster, folder

    @cached_property
    def store(self) -> Store:
        """An outbox that nobody else knows of."""
        return open_store("sqlite:///drill.db", self._folder)

    @cached_property
    def roster(self) -> Roster:
        """A stand-in for each channel, under its name."""
        real = self._real
        stand_ins = {
            name: StandIn(each.configured_limits)
            for name, each in real.channels.items()
        }
        return replace(real, channels=stand_ins)

    @property
    def newsroom(self) -> Newsroom:
        """There is none: a drill takes in no post."""
        raise AssertionError("a drill takes in no post")

    def push(self, draft: Draft, *, request_id: str | None = None) -> int:
        """Accept an alert for the stand-ins, as ``Desk.push`` does for channels."""
        alert = replace(draft.alert, identity=None, held=None)
        parts = tuple(replace(each, recipients=()) for each in draft.outgoing)
        told = replace(draft, alert=alert, path=None, at=None, outgoing=parts)
        return super().push(told, request_id=request_id)


@contextmanager
def drilling(app: App) -> Iterator[Drill]:
    """
    Open a drill. Until it ends, no connection leaves this process.

    Raises:
        SetupError: There is no room for its outbox.
    """
    with TemporaryDirectory(prefix="syndicate-drill-") as folder, nothing_leaving():
        drill = Drill(app, Path(folder))
        try:
            yield drill
        finally:
            drill.store.close()


@contextmanager
def nothing_leaving() -> Iterator[None]:
    """Refuse every connection that this process, on any thread, means to open."""
    if not _Guard.stands:
        sys.addaudithook(_Guard.hear)
        _Guard.stands = True  # a hook stays for as long as its process does
    _Guard.is_shut = True
    try:
        yield
    finally:
        _Guard.is_shut = False


class _Guard:
    stands = False
    is_shut = False

    @classmethod
    def hear(cls, event: str, args: tuple[Any, ...]) -> None:  # noqa: ARG003
        if cls.is_shut and event.startswith(WAYS_OUT):
            raise NotSentError("a drill lets nothing leave")
