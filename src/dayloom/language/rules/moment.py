"""What was said of when, and how what is found becomes or joins it."""

from dataclasses import dataclass, replace
from datetime import datetime

from dayloom.language.draft import TimeOfDay
from dayloom.language.rules.clock import Clock, ClockRange
from dayloom.language.rules.period import Period
from dayloom.language.rules.tokens import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was said of when; `at` is an exact instant ("in 20 minutes").

    `ends`: by itself it is when the work is over ("within 2 hours").
    """

    period: Period | None = None
    clock: Clock | None = None
    hours: ClockRange | None = None
    part: TimeOfDay | None = None
    at: datetime | None = None
    ends: bool = False

    @property
    def only_part(self) -> bool:
        return self.part is not None and not (self.period or self.clock or self.hours or self.at)

    @property
    def begins(self) -> Clock | None:
        """Return the time on the clock at which it begins."""
        return self.hours.start if self.hours else self.clock

    @property
    def timed(self) -> bool:
        """Does it name a time on the clock?"""
        return bool(self.clock or self.hours or self.at)


def as_period(found: Found[Period] | None) -> Found[Moment] | None:
    """Return a moment of nothing but days."""
    return Found(Moment(period=found.value), found.end, found.guess) if found else None


def as_hours(found: Found[ClockRange] | None) -> Found[Moment] | None:
    """Return a moment of nothing but hours."""
    return Found(Moment(hours=found.value), found.end, found.guess) if found else None


def as_clock(found: Found[Clock] | None) -> Found[Moment] | None:
    """Return a moment of nothing but a time."""
    return Found(Moment(clock=found.value), found.end, found.guess) if found else None


def as_part(found: Found[TimeOfDay] | None) -> Found[Moment] | None:
    """Return a moment of nothing but a part of the day."""
    return Found(Moment(part=found.value), found.end, found.guess) if found else None


def merged(moment: Moment, more: Found[Moment]) -> Found[Moment]:
    """Return the moment with what more was found of it, up to where that ends."""
    new = more.value
    together = replace(
        moment,
        period=new.period or moment.period,
        clock=new.clock or moment.clock,
        hours=new.hours or moment.hours,
        part=new.part or moment.part,
    )
    return Found(together, more.end, more.guess)
