"""
What a channel is.

A channel knows one thing: how to say one message in one place. Queueing, retrying,
spacing, recording and logging belong to the outbox, so a channel stays short enough to
read in one sitting, and all of them share ``tests/channels/test_contract.py``.

Writing and sending are two acts. ``write`` is pure and gives the body; the outbox
stores that body, and ``send`` hands over those very bytes, however often it must.
"""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

from syndicate.config import Section
from syndicate.errors import SyndicateError
from syndicate.model import Limits, Message, PictureLimits, Rate, Receipt

Keys = TypeVar("Keys", bound=Section)


class Channel(ABC, Generic[Keys]):
    """One configured destination. Made once, used by one lane (thread) at a time."""

    Config: ClassVar[type[Section]]
    """Its keys in a ``[[channels]]`` table, beside ``name``, ``kind``, ``template``."""

    limits: ClassVar[Limits]

    rate: Rate | None = None
    """How often it may be told, by all nodes together; ``None``: as often as we like."""

    template: ClassVar[str] = "{title}\n\n{excerpt}\n\n{url}"
    """How a message reads where ``config.toml`` gives no template."""

    deadline: timedelta = timedelta(seconds=15)
    """Longest time one ``send`` takes, whatever the remote side does."""

    def __init__(self, config: Keys) -> None:
        """Keep the configuration. Opens nothing: ``open`` or the first ``send`` does."""
        self.config = config

    def open(self) -> None:
        """
        Import and load what ``send`` needs, so that the first message does not wait.

        May be left out and may be called twice. Touches no network.
        """

    @abstractmethod
    def write(self, message: Message) -> str:
        """
        Give the body that says ``message``: text, usually JSON, without secrets.

        Pure: the same message gives the same body. Times belong in it only if the
        message carries them.
        """

    @abstractmethod
    def send(self, body: str, *, key: str) -> Receipt:
        """
        Say it once, within ``deadline``.

        Args:
            body: What ``write`` gave, maybe days ago and in another process.
            key: The same for every try of one delivery (64 hex digits). Handed to the
                remote side wherever that side can recognise a repeat.

        Raises:
            NotSentError: It never left, or we were asked to slow down.
            InDoubtError: It left and no verdict came back.
            RejectedError: The remote side refused it.
        """

    @property
    def configured_limits(self) -> Limits:
        """The limits, where a key of ``config.toml`` changes them."""
        return self.limits

    def close(self) -> None:
        """Give back what ``send`` opened."""


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

    @abstractmethod
    def recipients(self) -> Sequence[str]:
        """
        Give the names of all recipients now. None: the channel is an ordinary one.

        Raises:
            SetupError: Nobody can tell.
        """

    @abstractmethod
    def request(self, body: str, *, key: str, recipient: str) -> Request:
        """
        Give what a recipient is to be handed. Opens no connection.

        Raises:
            RejectedError: There is none of that name any more.
        """

    @property
    @abstractmethod
    def allow(self) -> Sequence[str]:
        """Hosts that may lie inside our own network: ``host`` or ``host:port``."""


def is_wide(channel: "Channel[Any]") -> bool:
    """Tell whether a channel has many recipients."""
    return isinstance(channel, Wide) and bool(channel.recipients())


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
class Shot:
    """The bytes of a picture, fit for one channel."""

    content: bytes
    type: str  # "image/jpeg"
    width: int  # pixels
    height: int

    @property
    def name(self) -> str:
        """A file name that goes with the type."""
        return f"picture.{self.type.rpartition('/')[2].replace('jpeg', 'jpg')}"


class PictureError(SyndicateError):
    """A picture could not be had, or cannot be made fit. The words go without it."""


class Pictures(ABC):
    """Where a channel gets the bytes of pictures it hands over. Thread-safe."""

    @abstractmethod
    def expect(self, url: str, limits: PictureLimits) -> None:
        """Begin with a picture that will be asked for. Returns at once."""

    @abstractmethod
    def get(self, url: str, limits: PictureLimits, *, within: timedelta) -> Shot:
        """
        Give a picture as a channel accepts it.

        Args:
            url: Of a file of the site, or of any picture on the public web.
            limits: The channel's.
            within: Longest time it may take.

        Raises:
            PictureError: There is none, or not in time.
        """


class Uploads:
    """What a kind is beside a ``Channel`` when it hands a picture over with its words."""

    pictures: Pictures | None = None
    """Given by whoever opens the channel; without it the words go alone."""


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


def as_json(fields: Mapping[str, object]) -> str:
    """Write a body as JSON in one fixed spelling, so that its hash can be compared."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
