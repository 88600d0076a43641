"""Where a moment stands on a drawn day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dayloom.web.words import DAY_MINUTES, MINUTE, Words

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """At `minute` of a day the clocks are put forward by `by` minutes, or back."""

    minute: int
    by: int


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures local days in minutes from their beginning.

    Days side by side share the hours of the wall clock. A day `alone` is measured by the time
    that passes: where clocks are changed it is 23 or 25 hours long, and what happens in the hour
    that comes twice does not lie over itself.
    """

    words: Words
    alone: bool

    def minute_of(self, moment: datetime, day: date) -> int:
        """Return where a moment stands, the nearest end of the day for moments outside of it."""
        if not self.alone:
            return self.words.minute_of(moment, day)
        passed = (moment - self.words.midnight(day)) // MINUTE
        return min(self.length(day), max(0, passed))

    def at(self, day: date, minute: int) -> datetime:
        """Return the moment that stands there."""
        if not self.alone:
            return self.words.at(day, minute)
        return self.words.midnight(day) + minute * MINUTE

    def length(self, day: date) -> int:
        if not self.alone:
            return DAY_MINUTES
        return (self.words.midnight(day + ONE_DAY) - self.words.midnight(day)) // MINUTE

    def label(self, day: date, minute: int) -> str:
        """Return what the wall clock shows there, a full hour in short."""
        local = self.words.local(self.at(day, minute))
        return self.words.clock.time(local) if local.minute else self.words.hour(local.hour)

    def change(self, day: date) -> Change | None:
        """Return when the clocks are changed on a day alone."""
        by = DAY_MINUTES - self.length(day)
        if not by:
            return None
        before, after = -1, self.length(day)
        while after - before > 1:
            middle = (before + after) // 2
            wall = self.words.local(self.at(day, middle))
            if wall.hour * 60 + wall.minute == middle:
                before = middle
            else:
                after = middle
        return Change(minute=after, by=by)
