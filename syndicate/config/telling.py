"""The tables of channels: what every kind has, whatever else it wants to know."""

from pydantic import BaseModel, ConfigDict, SerializeAsAny

from syndicate.config.values import Name, Pace, Section
from syndicate.model import Severity


class Templates(Section):
    """A channel's templates by severity; left out: ``template``."""

    breaking: str | None = None
    """For breaking news."""

    urgent: str | None = None
    """For what is urgent."""

    normal: str | None = None
    """For all else."""


class ChannelConfig(BaseModel):
    """One ``[[channels]]`` table. Its other keys are checked by the kind."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        hide_input_in_errors=True,
    )

    name: Name
    """What the ledger, the rules and ``--to`` call it."""

    kind: str
    """A file name in ``syndicate/channels/``, or ``package.module:Class``."""

    template: str | None = None
    """Named fields only: ``{title}``, ``{excerpt}``, ``{url}``, …"""

    templates: Templates = Templates()
    """Other templates for some severities, under ``[channels.templates]``."""

    rate: Pace | None = None
    """How often it is told, such as ``20/m`` or ``300/5m``. Default: the kind's."""

    settings: SerializeAsAny[Section] = Section()
    """The keys of its kind."""

    def template_for(self, severity: Severity) -> str | None:
        """Give the template for a severity; ``None``: the kind's own."""
        own: str | None = getattr(self.templates, severity.value)
        return own or self.template
