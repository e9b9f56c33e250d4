"""The terms of telling: how urgent, how often, in which state."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Severity(StrEnum):
    """How urgent an alert is. Lanes take the most urgent first."""

    BREAKING = "breaking"
    URGENT = "urgent"
    NORMAL = "normal"

    @property
    def priority(self) -> int:
        """Higher goes first."""
        return {"breaking": 20, "urgent": 10}.get(self, 0)


class Unit(StrEnum):
    """How a channel counts text. ``alerts/count.py`` knows each."""

    CODE_POINTS = "code points"
    UTF16 = "UTF-16 units"
    GRAPHEMES = "graphemes"
    BYTES = "bytes"
    X_WEIGHTED = "weighted characters"


class Memory(StrEnum):
    """What a channel can do about a message that may have arrived."""

    KEYED = "keyed"  # recognises a repeat by its key
    READ_BACK = "read-back"  # can be asked
    SEMI = "semi"  # refuses the same text again
    HARMLESS = "harmless"  # a repeat changes nothing
    BLIND = "blind"  # neither: only a person can tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often a channel may be told: ``count`` at once, and as many in each ``per``."""

    count: int
    per: timedelta


class Act(StrEnum):
    """What a delivery does on its channel."""

    SEND = "send"  # says something new
    EDIT = "edit"  # puts words in the place of those that stand there
    DELETE = "delete"  # takes a message back
    REPLACE = "replace"  # says it anew where another delivery takes the first one back
    REPLY = "reply"  # answers the message, which stays
    NOTICE = "notice"  # a message of its own about one that stays

    @property
    def is_change(self) -> bool:
        """Whether it changes what stands there. A repeat of that changes no more."""
        return self in {Act.EDIT, Act.DELETE}


class DeliveryState(StrEnum):
    """Where a delivery stands. The outbox is the only writer."""

    HELD = "held"  # waits for a person
    QUEUED = "queued"  # waits for its time
    SENDING = "sending"  # a lane holds it
    SENT = "sent"  # the channel confirmed it
    IN_DOUBT = "in_doubt"  # may have arrived; asked of the channel, else of a person
    FAILED = "failed"  # given up; kept with its last error
    EXPIRED = "expired"  # its not-after passed before it could leave
    CANCELLED = "cancelled"  # withdrawn before it left
    RETRACTING = "retracting"  # a correction or withdrawal is under way
    RETRACTED = "retracted"  # withdrawn after it was sent

    @property
    def is_settled(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self not in {self.QUEUED, self.SENDING, self.RETRACTING}
