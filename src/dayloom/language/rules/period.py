"""A stretch of local days that a date phrase means."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from dayloom.language.rules.tokens import Found


class Bearing(Enum):
    """What a phrase means by itself: work *on* these days, or a limit at their end."""

    WITHIN = auto()
    ENDS = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days `[first, until)`.

    `shy` phrases ("March", "Christmas") are dates only after a word such as "by" or "in".
    """

    first: date
    until: date
    bearing: Bearing = Bearing.WITHIN
    shy: bool = False

    @property
    def one_day(self) -> bool:
        return self.until - self.first == timedelta(days=1)


def one_day(day: date, *, shy: bool = False) -> Period:
    """Return the period of a single day."""
    return Period(first=day, until=day + timedelta(days=1), shy=shy)


def found_day(
    day: date | None, end: int, *, guess: bool = False, shy: bool = False
) -> Found[Period] | None:
    """Return the single day as found, or nothing when there is none."""
    return Found(one_day(day, shy=shy), end, guess) if day else None
