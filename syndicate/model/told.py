"""
What is told.

    alert -> message -> outgoing -> delivery      within what a channel accepts
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.model.terms import Act, Memory, Severity, Unit
from syndicate.model.written import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision to tell people now about a post, or about words without one."""

    title: str
    link: str | None
    language: str
    excerpt: str = ""
    picture: Picture | None = None
    text: str | None = None  # an operator's own words, in place of title and excerpt
    severity: Severity = Severity.BREAKING
    rule: str | None = None  # the rule that asked for it; None: a person did
    who: str = "rules"  # who decided: a rule's name or an operator's
    identity: str | None = None  # the post's
    not_after: datetime | None = None  # later than this it is not news
    held: str | None = None  # why it waits for a person
    site: str = ""  # its name, for templates
    authors: Sequence[str] = ()  # the post's, for templates
    categories: Sequence[str] = ()
    tags: Sequence[str] = ()  # the post's, for hashtags
    prefix: str = ""  # what stands before the title: "[속보]"
    is_ping: bool = False  # for hubs: addresses, and no words for people
    corrects: int | None = None  # number of the alert whose words it puts right
    retracts: int | None = None  # number of the alert it takes back
    reason: str = ""  # why it is taken back; readers see it


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An alert's words, cut for one channel."""

    text: str  # all that followers read, the link included
    link: str | None
    title: str
    excerpt: str
    language: str  # BCP 47, "ko"
    severity: Severity = Severity.BREAKING
    picture: Picture | None = None
    identity: str | None = None
    corrects: int | None = None  # number of the alert whose words it puts right
    retracts: int | None = None  # number of the alert it takes back
    reason: str = ""  # why it is taken back
    beside: str = ""  # the excerpt, for a card, where the text has no room for it


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits:
    """What a channel accepts as a picture that is handed to it. Larger ones are shrunk."""

    size: int  # most bytes
    alt: int  # most code points of the words that stand for it
    side: int = 2_048  # most pixels of its longer side
    types: Sequence[str] = ("image/jpeg", "image/png")
    moving: bool = False  # whether a GIF that moves is taken, and shown as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a channel accepts. ``compose`` and ``retry`` read it; it enforces nothing."""

    text: int  # most units in one message
    unit: Unit | Callable[[str], int] = Unit.CODE_POINTS
    link: int | None = None  # units any address counts as; None: its own length
    hashtags: int = 3  # most of them in one message
    picture: PictureLimits | None = None  # None: none is handed over
    memory: Memory = Memory.BLIND
    remembers_key_for: timedelta = timedelta(0)
    resend_after: timedelta = timedelta(0)  # least wait before it may be repeated
    look_after: timedelta | None = None  # after a doubt; None: it cannot be asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The channel's proof that a message arrived. The outbox adds the time."""

    remote_id: str
    url: str | None = None
    warning: str = ""  # what followers do not see of it, and why


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One channel's part of an alert, ready for the outbox: the exact body."""

    channel: str
    kind: str
    body: str  # as ``Channel.write`` gave it; frozen from here on
    text: str  # what followers will read
    count: int  # of ``text``, in the channel's unit
    limit: int
    unit: str
    warnings: Sequence[str] = ()
    picture: Picture | None = None  # what will be shown beside the text
    act: Act = Act.SEND
    target: int | None = None  # number of the delivery that the act is about
    due_at: datetime | None = None  # None: with the alert
    not_after: datetime | None = None  # None: the alert's
    recipients: Sequence[str] = ()  # names of those who each get it; none: the channel
