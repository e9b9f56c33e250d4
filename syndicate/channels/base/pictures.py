"""Pictures that a channel hands over with its words."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta

from syndicate.errors import SyndicateError
from syndicate.model import PictureLimits


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
