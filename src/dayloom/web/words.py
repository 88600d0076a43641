"""Times and amounts as this person reads them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dayloom.i18n import dates
from dayloom.i18n.words import gettext as _
from dayloom.planning.availability import instant
from dayloom.preferences.models import Preferences
from dayloom.preferences.wallclock import WallClock, say_duration
from dayloom.tasks.models import Task

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60
HIGH, MIDDLE = 7, 4
LONG_TITLE = 60


@dataclass(frozen=True, slots=True)
class Words:
    """The person's wall clock at one moment."""

    clock: WallClock

    @classmethod
    def of(cls, preferences: Preferences, now: datetime) -> "Words":
        return cls(WallClock.of(preferences, now))

    @property
    def zone(self) -> ZoneInfo:
        return self.clock.zone

    @property
    def now(self) -> datetime:
        return self.clock.now

    @property
    def today(self) -> date:
        return self.local(self.now).date()

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def midnight(self, day: date) -> datetime:
        return instant(self.zone, day)

    def at(self, day: date, minute: int) -> datetime:
        """Return the moment at which the wall clock of `day` shows that many minutes."""
        return instant(self.zone, day, minute)

    def minute_of(self, moment: datetime, day: date) -> int:
        """Return the wall-clock minute of `day`, 0 or 1440 for moments outside of it."""
        local = self.local(moment)
        distance = (local.date() - day).days
        minute = distance * DAY_MINUTES + local.hour * 60 + local.minute
        return min(DAY_MINUTES, max(0, minute))

    def span(self, start: datetime, end: datetime) -> str:
        return f"{self.clock.time(start)}–{self.clock.time(end)}"

    def place(self, start: datetime, end: datetime) -> str:
        """Return day and span, the span alone for today."""
        if self.local(start).date() == self.today:
            return self.span(start, end)
        return _("%(day)s %(time)s", day=self.clock.day(start), time=self.span(start, end))

    def hour(self, hour: int) -> str:
        return dates.full_hour(hour, self.clock.hour_cycle)

    def until(self, task: Task) -> str:
        """Return by when the task must be finished, else by when it should; empty if neither."""
        if task.deadline:
            return _("must end by %(moment)s", moment=self.short(task.deadline))
        return _("due %(moment)s", moment=self.short(task.due)) if task.due else ""

    def begin(self, moment: datetime) -> str:
        """Return day and time of a beginning, the time alone for today."""
        if self.local(moment).date() == self.today:
            return self.clock.time(moment)
        return _("%(day)s %(time)s", day=self.clock.day(moment), time=self.clock.time(moment))

    def short(self, moment: datetime) -> str:
        """Return a moment for a label; the midnight that ends a day is that day."""
        local = self.local(moment)
        if (local.hour, local.minute) == (0, 0):
            return self.clock.day(moment - MINUTE)
        return self.clock.moment(moment)


def quoted(title: str) -> str:
    """Return a title in quotation marks, short enough for a toast."""
    short = title if len(title) <= LONG_TITLE else f"{title[:LONG_TITLE].rstrip()}…"
    return _("“%(title)s”", title=short)


def duration(length: timedelta) -> str:
    return say_duration(length)


def band(priority: float) -> str:
    """Return the colour band of a priority."""
    if priority >= HIGH:
        return "hi"
    return "mid" if priority >= MIDDLE else "lo"


def number(value: float) -> str:
    """Return a priority without needless decimals."""
    return f"{value:g}"


def long_day(day: date) -> tuple[str, str]:
    """Return the weekday and the date: Monday, 23 November."""
    return dates.weekday(day), dates.day_and_month(day)


def utc(moment: datetime) -> str:
    """Return an instant for machines."""
    return moment.astimezone(UTC).isoformat()


def parse_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
