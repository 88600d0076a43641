"""Saying instants the way the person reads them: their zone, their clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.i18n import dates
from dayloom.i18n.words import gettext as _
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
        return dates.time_of_day(moment.astimezone(self.zone).time(), self.hour_cycle)

    def day(self, moment: datetime) -> str:
        """Return the day: today, tomorrow, Tue, or Tue 8 Dec further away."""
        local, today = moment.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        distance = (local - today).days
        if distance == 0:
            return _("today")
        if distance == 1:
            return _("tomorrow")
        if 1 < distance < 7:
            return dates.short_weekday(local)
        return dates.short_date(local, year=local.year != today.year)

    def moment(self, moment: datetime) -> str:
        """Return day and time, the time alone for today: 13:30, tomorrow 09:00, Fri 17:00."""
        if self._is_midnight(moment):
            return _("the end of %(day)s", day=self.day(moment - timedelta(minutes=1)))
        if self._date(moment) == self._date(self.now):
            return self.time(moment)
        return _("%(day)s %(time)s", day=self.day(moment), time=self.time(moment))

    def dated(self, moment: datetime, *, on: datetime | None = None) -> str:
        """Return day and time in words that still hold tomorrow; the time alone for the day
        `on` which they are said: 13:30, Fri 17:00, the end of Fri."""
        if self._is_midnight(moment):
            return _("the end of %(day)s", day=self._dated_day(moment - timedelta(minutes=1)))
        if on is not None and self._date(moment) == self._date(on):
            return self.time(moment)
        return _("%(day)s %(time)s", day=self._dated_day(moment), time=self.time(moment))

    def dated_start(self, moment: datetime, *, on: datetime | None = None) -> str:
        """Return the same for a beginning, where midnight is the day alone: Tue, Fri 09:00."""
        if self._is_midnight(moment):
            return self._dated_day(moment)
        return self.dated(moment, on=on)

    def _dated_day(self, moment: datetime) -> str:
        near = 0 <= (self._date(moment) - self._date(self.now)).days < 7
        return dates.short_weekday(self._date(moment)) if near else self.day(moment)

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
        return _("%(minutes)s min", minutes=rest)
    if not rest:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02d}")
