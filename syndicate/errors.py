"""
Every error syndicate raises on purpose.

    SyndicateError
      InputError         what a person wrote cannot be used; carries ``Problem`` values
        ConfigError        config.toml is wrong; the service refuses to start
        PostError          one post is unreadable; the others carry on
      UsageError         a command was asked for something that cannot be
      SetupError         the disk, a port or another process stands in the way
        StoreError         the database failed
      DeliveryError      one message did not reach one channel
        NotSentError       it never left; trying again is safe
        InDoubtError       it may have arrived; trying again may repeat it
        RejectedError      the channel said no; trying again changes nothing

An error states what happened. What to do about it is decided in one place:
``outbox/retry.py`` for deliveries, ``cli`` for the exit status.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from syndicate.words import Said, Word, say, texts_of
from syndicate.words.fill import fill


class Gravity(StrEnum):
    """How bad a problem is."""

    ERROR = "error"  # what it names is left out
    WARNING = "warning"  # read as meant, but worth mending


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """
    One thing wrong with what a person wrote, told so that they can go and mend it.

    It carries its code and the words of its texts; ``message``, ``hint`` and ``effect``
    are made when they are asked for, in the language that is spoken then.

    ``line`` counts in the file from 1; ``col`` counts code points from 1.
    """

    code: str  # "FM012"; in words/*/problems.toml, and in docs/reference/problems.md
    words: Mapping[str, Word] = field(default_factory=dict)  # that fill its texts
    file: str = ""
    line: int = 1
    col: int = 1
    source: str = ""  # the line itself, for the caret; empty when it says nothing
    gravity: Gravity = Gravity.ERROR
    effects: tuple[Said, ...] = ()  # what follows, beside what the code itself says

    @property
    def message(self) -> str:
        """What is wrong: one line, no full stop."""
        return fill(texts_of(self.code)["message"], self.words)

    @property
    def hint(self) -> str:
        """How to mend it."""
        return fill(texts_of(self.code)["hint"], self.words)

    @property
    def effect(self) -> str:
        """What follows until it is mended; empty where nothing does."""
        own = fill(texts_of(self.code).get("effect", ""), self.words)
        return "; ".join(filter(None, [own, *map(str, self.effects)]))

    @property
    def place(self) -> str:
        """``file:line:col``."""
        return f"{self.file}:{self.line}:{self.col}"

    def __str__(self) -> str:
        return f"{self.place}: {self.gravity}[{self.code}]: {self.message}"


class SyndicateError(Exception):
    """
    Base of the tree. Catch it at the edges only: the CLI, the web app, a lane.

    ``words`` fill the places of ``english``, a phrase of the catalogue; ``str()`` gives
    it in the language that is spoken.
    """

    def __init__(self, english: str = "", /, **words: Word) -> None:
        self.english = english
        self.words = words
        super().__init__(english)

    def __str__(self) -> str:
        return say(self.english, **self.words)


class InputError(SyndicateError):
    """Something a person wrote cannot be used. Lists every problem, not just the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems: Sequence[Problem] = problems
        super().__init__()

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class ConfigError(InputError):
    """The configuration cannot be used."""


class PostError(InputError):
    """A post cannot be read."""


class UsageError(SyndicateError):
    """A command was asked for something that cannot be: an unknown channel, no text."""


class SetupError(SyndicateError):
    """The disk, a port or another process stands in the way."""

    code: ClassVar = "EN001"

    @property
    def problem(self) -> Problem:
        """It, told like any other problem."""
        return Problem(code=self.code, words={"reason": self})


class StoreError(SetupError):
    """The database failed. The driver's own error is in ``__cause__``."""

    code: ClassVar = "EN002"


class DeliveryError(SyndicateError):
    """
    A message did not reach a channel. ``str()`` is English whatever is spoken: it is kept.

    ``words/stored.py`` tells it in the language of whoever reads it.
    """

    def __str__(self) -> str:
        return self.english


class NotSentError(DeliveryError):
    """Nothing left this machine, or the channel asked us to come back later."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(reason)


class InDoubtError(DeliveryError):
    """The request left but no verdict came back, so readers may already have it."""


class RejectedError(DeliveryError):
    """
    The channel understood the message and refused it.

    ``unwelcome`` is true where it refused us, not this message (credentials, a channel
    that is gone): every later message would meet the same answer. ``repeat`` is true
    where it refused the words because it holds them already: after a doubt, the hint
    that the first try arrived.
    """

    def __init__(
        self, reason: str, *, unwelcome: bool = False, repeat: bool = False
    ) -> None:
        self.unwelcome = unwelcome
        self.repeat = repeat
        super().__init__(reason)
