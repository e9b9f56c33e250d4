"""An operator's alert, before it is accepted: what each channel would be handed."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from syndicate.model import Alert, Outgoing, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an operator asks to tell. A post, or text, or both."""

    post: Path | None = None
    text: str | None = None  # in place of the post's title and excerpt
    url: str | None = None  # in place of the post's permalink
    image: str | None = None  # address of a picture, in place of the post's
    to: tuple[str, ...] | None = None  # names of channels; None: all
    severity: Severity = Severity.BREAKING
    at: datetime | None = None  # not before; UTC
    who: str = "operator"
    again: bool = False  # also where the post already went


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An alert that has been written but not accepted."""

    alert: Alert
    outgoing: tuple[Outgoing, ...]
    path: str | None = None  # of its post, below the posts folder
    at: datetime | None = None
    already: dict[str, str] = field(default_factory=dict)  # channel to how it stands
