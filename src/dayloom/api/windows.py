"""Which stretch of time a request is about."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.infra.errors import Invalid
from dayloom.planning.interval import Interval

WEEK = timedelta(days=7)
LONGEST = timedelta(days=400)


def window_of(
    start: datetime | None, end: datetime | None, *, now: datetime, zone: ZoneInfo
) -> Interval:
    """Return `[start, end)`; today's midnight and a week stand for what is absent.

    Raises `Invalid` for a window that is empty or longer than 400 days.
    """
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = start or midnight
    until = end or begin + WEEK
    if until <= begin:
        raise Invalid("The end lies after the start.", field="end")
    if until - begin > LONGEST:
        raise Invalid(f"At most {LONGEST.days} days are shown at once.", field="end")
    return Interval(begin, until)
