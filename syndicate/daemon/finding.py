"""One line of a check-up, and how bad it is."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How well something is, from best to worst."""

    WELL = "well"
    NOTE = "note"  # worth knowing; nothing is broken
    DOUBT = "doubt"  # a person must decide
    ILL = "ill"  # syndicate does not do its work
    SURROUNDINGS = "surroundings"  # nor can it: disk, database, network


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the check-up."""

    of: str  # what was looked at
    said: str
    grade: Grade = Grade.WELL
    mend: str = ""
