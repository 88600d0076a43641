"""From the clock on the wall to an instant, across the changes of summer time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the moment when the wall shows `clock` on `day`.

    A time that is skipped becomes the first one after the gap; of two, it is the first.
    """
    wall = datetime.combine(day, clock, zone)
    earlier = wall.replace(fold=1).astimezone(UTC)
    later = wall.astimezone(UTC)
    if earlier >= later:
        return wall
    return _end_of_gap(earlier, later, zone)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a local day."""
    return instant(day, time(), zone)


def later(moment: datetime, duration: timedelta) -> datetime:
    """Return the local time after so much real time: in Python, local sums ignore the clocks."""
    return (moment.astimezone(UTC) + duration).astimezone(moment.tzinfo)


def is_past(moment: datetime, now: datetime) -> bool:
    """Is `moment` not after `now`? Local times are compared by their instants."""
    return moment.timestamp() <= now.timestamp()


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0).astimezone(zone)
