"""What might be: "take Friday off", "client X adds 10 h by the 15th", read without a model."""

from dayloom.language.suppositions.reading import LONGEST, read_supposition
from dayloom.language.suppositions.supposition import (
    Around,
    DayOff,
    ExtraHours,
    ExtraWork,
    Invited,
    LeftOut,
    Meeting,
    NotUnderstood,
    Supposition,
)

__all__ = [
    "LONGEST",
    "Around",
    "DayOff",
    "ExtraHours",
    "ExtraWork",
    "Invited",
    "LeftOut",
    "Meeting",
    "NotUnderstood",
    "Supposition",
    "read_supposition",
]
