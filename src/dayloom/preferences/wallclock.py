"""Saying instants the way the person reads them: their zone, their clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.preferences.models import Preferences


@dataclass(frozen=True, slots=True)
class WallClock:
    """Words for instants, short for what is near `now`."""

    zone: ZoneInfo
    hour_cycle: int
    now: datetime

    @classmethod
    def of(cls, preferences: Preferences, now: datetime) -> "WallClock":
        return cls(ZoneInfo(preferences.time_zone), preferences.hour_cycle, now)

    def time(self, moment: datetime) -> str:
        """Return the time of day: 13:30, or 1:30 pm."""
        local = moment.astimezone(self.zone)
        if self.hour_cycle == 24:
            return f"{local:%H:%M}"
        return f"{local.hour % 12 or 12}:{local:%M} {'am' if local.hour < 12 else 'pm'}"

    def day(self, moment: datetime) -> str:
        """Return the day: today, tomorrow, Tue, or Tue 8 Dec further away."""
        local, today = moment.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        distance = (local - today).days
        if distance in (0, 1):
            return ("today", "tomorrow")[distance]
        if 1 < distance < 7:
            return f"{local:%a}"
        year = "" if local.year == today.year else f" {local.year}"
        return f"{local:%a} {local.day} {local:%b}{year}"

    def moment(self, moment: datetime) -> str:
        """Return day and time, the time alone for today: 13:30, tomorrow 09:00, Fri 17:00."""
        if self._is_midnight(moment):
            return f"the end of {self.day(moment - timedelta(minutes=1))}"
        if self.day(moment) == "today":
            return self.time(moment)
        return f"{self.day(moment)} {self.time(moment)}"

    def dated(self, moment: datetime, *, on: datetime | None = None) -> str:
        """Return day and time in words that still hold tomorrow; the time alone for the day
        `on` which they are said: 13:30, Fri 17:00, the end of Fri."""
        if self._is_midnight(moment):
            return f"the end of {self._dated_day(moment - timedelta(minutes=1))}"
        if on is not None and self._date(moment) == self._date(on):
            return self.time(moment)
        return f"{self._dated_day(moment)} {self.time(moment)}"

    def dated_start(self, moment: datetime, *, on: datetime | None = None) -> str:
        """Return the same for a beginning, where midnight is the day alone: Tue, Fri 09:00."""
        if self._is_midnight(moment):
            return self._dated_day(moment)
        return self.dated(moment, on=on)

    def _dated_day(self, moment: datetime) -> str:
        near = 0 <= (self._date(moment) - self._date(self.now)).days < 7
        return f"{self._date(moment):%a}" if near else self.day(moment)

    def _date(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _is_midnight(self, moment: datetime) -> bool:
        return moment.astimezone(self.zone).strftime("%H:%M") == "00:00"

    def start(self, moment: datetime) -> str:
        """Return day and time of a beginning, where midnight is the day alone: Tue, Fri 09:00."""
        return self.day(moment) if self._is_midnight(moment) else self.moment(moment)


def say_duration(duration: timedelta) -> str:
    """Return a length of time in words: 45 min, 2 h, 1 h 30."""
    minutes = int(duration.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
