"""
The nouns. Plain frozen values with no behaviour beyond what they can work out alone.

    written   post -> entry -> feed                  what readers fetch
    told      post -> alert -> message -> delivery   what channels receive
    terms     how urgent, how often, in which state
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from syndicate.model.terms import Act, DeliveryState, Memory, Rate, Severity, Unit
from syndicate.model.written import (
    Enclosure,
    Entry,
    Episode,
    Erratum,
    FiledPost,
    Measure,
    Person,
    Picture,
    Post,
    Source,
    Transcript,
)

if TYPE_CHECKING:
    from syndicate.model.told import (
        Alert,
        Limits,
        Message,
        Outgoing,
        PictureLimits,
        Receipt,
    )

__all__ = [
    "Act",
    "Alert",
    "DeliveryState",
    "Enclosure",
    "Entry",
    "Episode",
    "Erratum",
    "FiledPost",
    "Limits",
    "Measure",
    "Memory",
    "Message",
    "Outgoing",
    "Person",
    "Picture",
    "PictureLimits",
    "Post",
    "Rate",
    "Receipt",
    "Severity",
    "Source",
    "Transcript",
    "Unit",
]


def __getattr__(name: str) -> Any:
    """
    Import what is told when it is asked for (PEP 562).

    To make these classes takes 7 ms, and a build tells nobody.
    """
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("syndicate.model.told"), name)
