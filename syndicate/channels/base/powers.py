"""
What a kind may be able to do, beside saying a message.

A kind says so by what it is: it inherits the class of each power that it has.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from syndicate.channels.base.channel import Channel
from syndicate.model import Message, Receipt


class Hears(StrEnum):
    """Of which addresses a hub is told."""

    FEEDS = "feeds"
    POSTS = "posts"


class Hub(ABC):
    """
    What a kind is beside a ``Channel`` when it tells machines where something changed.

    Hubs are told once the feeds are out, never of an alert. A repeat harms nobody.
    """

    hears: ClassVar[Hears]

    @abstractmethod
    def announce(self, addresses: Sequence[str]) -> list[str]:
        """Give the fewest bodies that tell of some addresses, for ``send``. Pure."""

    @abstractmethod
    def addresses(self, body: str) -> list[str]:
        """Read the addresses back out of a body."""


class ReadsBack(ABC):
    """
    What a kind is beside a ``Channel`` when it can be asked what it has.

    It is asked about what is in doubt, ``Limits.look_after`` the doubt, if that is set.
    """

    @abstractmethod
    def find(self, body: str, *, key: str, since: datetime) -> Receipt | None:
        """
        Look whether a message arrived, within ``deadline``. Sends nothing.

        Args:
            body: What ``write`` gave.
            key: What its tries were sent with.
            since: When the first of them began, UTC.

        Returns:
            Its receipt; ``None``: it is not there.

        Raises:
            DeliveryError: It cannot be told now.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What one recipient is to be handed over HTTP: a POST."""

    url: str
    headers: Mapping[str, str]
    content: bytes
    secrets: Sequence[str] = ()  # what the answer must not repeat to anybody


class Wide(ABC):
    """
    What a kind is beside a ``Channel`` when one channel may have many recipients.

    Each gets deliveries of its own, by a lane that sends many at once.
    """

    @property
    @abstractmethod
    def is_wide(self) -> bool:
        """Whether this channel has any. Otherwise it is an ordinary one."""

    @abstractmethod
    def recipients(self) -> Sequence[str]:
        """
        Give the names of all recipients now. None: the channel is an ordinary one.

        May wait some seconds for a list that is being changed.

        Raises:
            SetupError: Nobody can tell.
        """

    @abstractmethod
    def request(self, body: str, *, key: str, recipient: str) -> Request:
        """
        Give what a recipient is to be handed. Opens no connection.

        Raises:
            RejectedError: There is none of that name any more.
            NotSentError: There is none, and the list is being changed.
            SetupError: Nobody can tell.
        """

    @property
    @abstractmethod
    def allow(self) -> Sequence[str]:
        """Hosts that may lie inside our own network: ``host`` or ``host:port``."""


def is_wide(channel: Channel[Any]) -> bool:
    """Tell whether a channel has many recipients."""
    return isinstance(channel, Wide) and channel.is_wide


class Edits(ABC):
    """What a kind is beside a ``Channel`` when it can change what it said."""

    edit_within: ClassVar[timedelta | None] = None
    """Time after sending in which it can; ``None``: always."""

    edits_show: ClassVar[bool] = True
    """Whether followers see the new words. Otherwise a correction is made another way."""

    @abstractmethod
    def edit(self, remote_id: str, body: str, *, key: str) -> Receipt:
        """
        Put a body in the place of an earlier message. A repeat changes nothing more.

        Args:
            remote_id: Of the receipt the message was sent with.
            body: What ``write`` gave.
            key: As for ``send``.

        Raises:
            DeliveryError: As for ``send``.
        """


class Deletes(ABC):
    """What a kind is beside a ``Channel`` when it can take back what it said."""

    delete_within: ClassVar[timedelta | None] = None
    """Time after sending in which it can; ``None``: always."""

    @abstractmethod
    def delete(self, remote_id: str, *, key: str) -> Receipt:
        """
        Take a message back. One that is gone already counts as taken back.

        Raises:
            DeliveryError: As for ``send``.
        """


class Replies(ABC):
    """What a kind is beside a ``Channel`` when it can answer its own message."""

    @abstractmethod
    def reply(self, message: Message, remote_id: str) -> str:
        """Give the body, for ``send``, that says a message in answer to an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a platform says of the credentials it was shown."""

    account: str  # as people know it
    scopes: Sequence[str] = ()
    expires: datetime | None = None  # UTC
    quota: str = ""  # what is left, in words


class Probes(ABC):
    """What a kind is beside a ``Channel`` when credentials can be tried without posting."""

    @abstractmethod
    def probe(self) -> Standing:
        """
        Ask who we are. Nothing is posted.

        Raises:
            DeliveryError: As for ``send``.
        """
