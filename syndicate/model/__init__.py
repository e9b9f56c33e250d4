"""
The nouns. Plain frozen values with no behaviour beyond what they can work out alone.

    written   post -> entry -> feed                  what readers fetch
    told      post -> alert -> message -> delivery   what channels receive
"""

from syndicate.model.told import (
    Act,
    Alert,
    DeliveryState,
    Limits,
    Memory,
    Message,
    Outgoing,
    PictureLimits,
    Rate,
    Receipt,
    Severity,
    Unit,
)
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
