"""The tables ``[alerts]`` and below: which posts are told, when, and what holds them."""

from datetime import timedelta
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from syndicate.config import checks
from syndicate.config.values import Duration, Name, Section, within
from syndicate.model import Severity

Scalar = Annotated[str | bool | int, BeforeValidator(checks.plain)]
"""What one key of front matter may be compared with."""


class Match(Section):
    """What a rule looks at. One hit is enough."""

    title: Annotated[str, AfterValidator(checks.pattern)] | None = None
    """A regular expression, searched in the title."""

    category: tuple[str, ...] = ()
    """Categories, any of them."""

    field: dict[str, Scalar] = Field(default_factory=dict)
    """Front matter keys and the value each must have, any of them."""

    @model_validator(mode="after")
    def _looks_at_something(self) -> Self:
        if not (self.title or self.category or self.field):
            raise ValueError("write at least one of title, category, field")
        return self


class Prefixes(Section):
    """What stands before a title, in one language. ``""``: nothing."""

    breaking: str | None = None
    """Where a template has ``{prefix}``. Default: ``[속보]``, ``【速報】``, ``BREAKING:``."""

    correction: str | None = None
    """Before every correction. Default: ``[정정]``, ``【訂正】``, ``CORRECTION:``."""

    retraction: str | None = None
    """Before every withdrawal. Default: ``[취소]``, ``【取消】``, ``RETRACTED:``."""


Patience = Annotated[Duration, within("1s", "10m")]


class LinkGate(Section):
    """Has an alert wait until its post's page can be read."""

    within: Patience = timedelta(minutes=1)
    """Longest time the alert waits for the page."""

    then: Literal["go", "hold"] = "go"
    """After that: ``go`` anyway, or ``hold`` it for a person."""


class Rule(Section):
    """Which new posts become alerts."""

    name: Name
    """Shown in the ledger."""

    match: Match
    """What it looks at."""

    severity: Severity = Severity.BREAKING
    """``breaking``, ``urgent`` or ``normal``; the most urgent goes first."""

    to: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Names of channels. Left out: every channel."""

    link_gate: LinkGate | None = None
    """Left out: an alert goes at once, whether or not the page is there yet."""


BREAKING = Rule(
    name="breaking",
    match=Match(
        title=r"^\[속보\]",
        category=("속보", "breaking"),
        field={"breaking": True},
    ),
)


class AlertsConfig(Section):
    """When channels are told."""

    not_after: Annotated[Duration, within("1ms", "30d")] = timedelta(minutes=30)
    """An alert older than this when its turn comes has expired."""

    approval: tuple[Severity, ...] = ()
    """Severities that wait for a second person."""

    storm: Annotated[int, BeforeValidator(checks.limit)] = 3
    """Automatic alerts within ``storm_within``; further ones are held. 0: no limit."""

    storm_within: Annotated[Duration, within("1s", "1d")] = timedelta(minutes=10)
    """Time in which automatic alerts are counted."""

    storm_posts: Annotated[int, BeforeValidator(checks.limit)] = 25
    """New posts within a minute that look like an import; all alerts held. 0: no limit."""

    repeat_within: Annotated[Duration, within("0s", "30d")] = timedelta(hours=6)
    """Time in which the same address or title is held as a repeat. ``"0s"``: never."""

    prefixes: dict[str, Prefixes] = Field(default_factory=dict)
    """By language, such as ``[alerts.prefixes.ko]``; left out: ours."""

    rules: tuple[Rule, ...] = (BREAKING,)
    """Default: ``[속보]`` titles, categories 속보 and breaking, ``breaking: true``."""
