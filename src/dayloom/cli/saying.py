"""Times and lengths in a terminal, on the person's own clock."""

from datetime import datetime, timedelta

from dayloom.bootstrap import Services
from dayloom.preferences.wallclock import WallClock, say_duration


def clock_of(s: Services) -> WallClock:
    return WallClock.of(s.preferences.require(), s.now)


def length(minutes: int) -> str:
    return say_duration(timedelta(minutes=minutes))


def heading(clock: WallClock, moment: datetime) -> str:
    local = moment.astimezone(clock.zone)
    return f"{local:%A}, {local.day} {local:%B}"


def span(clock: WallClock, start: datetime, end: datetime) -> str:
    return f"{clock.time(start)}–{clock.time(end)}"


def when(clock: WallClock, start: datetime, end: datetime) -> str:
    return f"{clock.day(start)} {span(clock, start, end)}"


def at(clock: WallClock, moment: datetime) -> str:
    return f"{clock.day(moment)} {clock.time(moment)}"


def until(clock: WallClock, moment: datetime) -> str:
    """Return a due moment; the end of a day is that day, without a time."""
    local = moment.astimezone(clock.zone)
    if (local.hour, local.minute) == (0, 0):
        return clock.day(moment - timedelta(minutes=1))
    return at(clock, moment)
