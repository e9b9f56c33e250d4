"""
The public test kit: a channel without a network, and a clock that stands still.

    remote = Remote()
    channel = FakeChannel.towards(remote)
    remote.answers.append(InDoubtError("no answer came"))

Nothing in syndicate imports this module.
"""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import ClassVar, Self

from pydantic import ConfigDict

from syndicate.channels.base import Channel, Deletes, Edits, ReadsBack, Replies, as_json
from syndicate.config import Section
from syndicate.errors import DeliveryError, InDoubtError, RejectedError
from syndicate.model import Limits, Memory, Message, Receipt

Answer = DeliveryError | Callable[[], object]


class StoppedClock:
    """Gives the same time until it is told another. Always UTC."""

    def __init__(self, now: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Give the time."""
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Let time pass, or turn it back, and give the new time."""
        self.now += by
        return self.now


class Remote:
    """
    The far end of fake channels: what followers saw, and what it answers next.

    Safe to share between threads.
    """

    def __init__(self) -> None:
        self.effects: list[tuple[str, str]] = []  # key and body of what was shown
        self.answers: deque[Answer] = deque()  # to the next messages, one each
        self.arrives = True  # whether a message without a verdict arrives
        self.changes: list[tuple[str, str | None]] = []  # number, and body or none
        self.shown: dict[str, str] = {}  # what stands there now: number and body
        self._lock = Lock()

    def hear(self, body: str, *, key: str, remembers: bool) -> Receipt:
        """
        Take a message, or do what the next answer says.

        An error is raised; an ``InDoubtError`` after the message was shown, if
        ``arrives``. Anything else is called after it was shown, and may take its time.
        """
        with self._lock:
            answer = self.answers.popleft() if self.answers else None
        failed = isinstance(answer, DeliveryError)
        shown = self.arrives if isinstance(answer, InDoubtError) else not failed
        if shown:
            self._show(body, key=key, remembers=remembers)
        if isinstance(answer, DeliveryError):
            raise answer
        if answer:
            answer()
        return Receipt(remote_id=key[:8], url=f"https://fake.example/{key[:8]}")

    def _show(self, body: str, *, key: str, remembers: bool) -> None:
        with self._lock:
            if not (remembers and key in dict(self.effects)):
                self.effects.append((key, body))
                self.shown[key[:8]] = body

    def change(self, remote_id: str, body: str | None) -> Receipt:
        """
        Put a body in the place of what is shown, or take it away; or do as ``hear`` does.

        What is not there any more cannot be changed, and counts as taken away.
        """
        with self._lock:
            answer = self.answers.popleft() if self.answers else None
        failed = isinstance(answer, DeliveryError)
        if self.arrives if isinstance(answer, InDoubtError) else not failed:
            self._put(remote_id, body)
        if isinstance(answer, DeliveryError):
            raise answer
        if answer:
            answer()
        return Receipt(remote_id=remote_id, url=f"https://fake.example/{remote_id}")

    def _put(self, remote_id: str, body: str | None) -> None:
        with self._lock:
            self.changes.append((remote_id, body))
            if body is None:
                self.shown.pop(remote_id, None)
            elif remote_id in self.shown:
                self.shown[remote_id] = body
            else:
                raise RejectedError("no such message")


class FakeConfig(Section):
    """Keys of a fake channel."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    remote: Remote
    """Its far end."""

    deadline: timedelta = timedelta(seconds=15)
    """Longest time one try takes."""


class FakeChannel(Channel[FakeConfig]):
    """A blind channel: its far end takes every message for a new one."""

    Config: ClassVar[type[FakeConfig]] = FakeConfig
    limits: ClassVar[Limits] = Limits(text=500)

    def __init__(self, config: FakeConfig) -> None:
        super().__init__(config)
        self.deadline = config.deadline

    @classmethod
    def towards(
        cls, remote: Remote, *, deadline: timedelta = timedelta(seconds=15)
    ) -> Self:
        """Make one."""
        return cls(FakeConfig(remote=remote, deadline=deadline))

    def write(self, message: Message) -> str:  # noqa: D102
        return as_json({"text": message.text})

    def send(self, body: str, *, key: str) -> Receipt:  # noqa: D102
        remembers = self.limits.memory is Memory.KEYED
        return self.config.remote.hear(body, key=key, remembers=remembers)


class KeyedFakeChannel(FakeChannel):
    """A channel whose far end shows a message once, however often its key comes."""

    limits: ClassVar[Limits] = Limits(
        text=500, memory=Memory.KEYED, remembers_key_for=timedelta(hours=1)
    )


class AskedFakeChannel(FakeChannel, ReadsBack):
    """A channel that can be asked, ten seconds after a doubt, what its far end showed."""

    limits: ClassVar[Limits] = Limits(
        text=500, memory=Memory.READ_BACK, look_after=timedelta(seconds=10)
    )

    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:  # noqa: ARG002, D102
        if (key, body) in self.config.remote.effects:
            return Receipt(remote_id=key[:8], url=f"https://fake.example/{key[:8]}")
        return None


class EditsFakeChannel(FakeChannel, Edits):
    """A channel whose messages can be changed."""

    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:  # noqa: ARG002, D102
        return self.config.remote.change(remote_id, body)


class DeletesFakeChannel(FakeChannel, Deletes):
    """A channel whose messages can be taken back, for a day."""

    delete_within: ClassVar[timedelta | None] = timedelta(days=1)

    def delete(self, remote_id: str, *, key: str) -> Receipt:  # noqa: ARG002, D102
        return self.config.remote.change(remote_id, None)


class RepliesFakeChannel(FakeChannel, Replies):
    """A channel whose messages can be answered, and no more."""

    def reply(self, message: Message, remote_id: str) -> str:  # noqa: D102
        return as_json({"text": message.text, "answers": remote_id})


class UnseenEditsFakeChannel(EditsFakeChannel, DeletesFakeChannel):
    """A channel whose followers go on seeing the first words, unless they are deleted."""

    edits_show: ClassVar[bool] = False
