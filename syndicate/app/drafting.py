"""An operator's alert, before it is accepted: what each channel would be handed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from syndicate.app.telling import waits_for
from syndicate.config import Config
from syndicate.errors import UsageError
from syndicate.model import (
    Alert,
    DeliveryState,
    Entry,
    Outgoing,
    Picture,
    Severity,
)
from syndicate.outbox.ledger import LedgerAlert
from syndicate.words import Said, say

NEVER_TOLD = {DeliveryState.FAILED, DeliveryState.EXPIRED, DeliveryState.CANCELLED}


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


def below(path: Path, folder: Path) -> str:
    """
    Give a post's path below the posts folder, from wherever the operator stands.

    Raises:
        UsageError: There is no such file, or it lies elsewhere.
    """
    root = folder.resolve()
    for candidate in (path, folder / path):
        if _is_file(candidate):
            try:
                return candidate.resolve().relative_to(root).as_posix()
            except ValueError:
                raise UsageError(
                    "{path} is not in the posts folder {folder}",
                    path=path,
                    folder=folder,
                ) from None
    raise UsageError("no such post: {path}", path=path)


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; what the system will not look at is none."""
    try:
        return path.is_file()
    except OSError:  # a name too long, a folder that is closed to us
        return False


def _in_words(state: DeliveryState) -> Said:
    return Said("in doubt" if state is DeliveryState.IN_DOUBT else state)


def told(alerts: Iterable[LedgerAlert]) -> dict[str, str]:
    """Give the channels that have a post, or may have it, and how that stands."""
    return {
        each.channel: say(
            "alert {number}: {state}",
            number=str(alert.id),
            state=_in_words(each.state),
        )
        for alert in alerts
        for each in alert.deliveries
        if each.state not in NEVER_TOLD
    }


def address_of(option: str, written: str | None) -> str | None:
    """
    Check an address an operator typed.

    Raises:
        UsageError: It is none of the web.
    """
    if written and not written.startswith(("https://", "http://")):
        raise UsageError(
            "{option} {address}: give a full address, https://…",
            option=option,
            address=written,
        )
    return written


def alert_of(words: Words, entry: Entry | None, config: Config) -> Alert:
    """
    Write the alert an operator asks for.

    Raises:
        UsageError: It names no post and says nothing, or an address is none.
    """
    if entry is None and not (words.text or "").strip():
        raise UsageError("name a POST, or say something with --text")
    image = address_of("--image", words.image)
    picture = Picture(url=image) if image else None
    return Alert(
        title=entry.title if entry else (words.text or ""),
        link=address_of("--url", words.url) or (entry.link if entry else None),
        language=(entry and entry.language) or config.site.language,
        excerpt=entry.excerpt if entry else "",
        picture=picture or (entry.picture if entry else None),
        text=words.text,
        severity=words.severity,
        who=words.who,
        identity=entry.identity if entry else None,
        site=config.site.name,
        authors=entry.authors if entry else (),
        categories=entry.categories if entry else (),
        tags=entry.tags if entry else (),
        held=waits_for(words.severity, config),
    )
