"""Dates, times and durations (RFC 5545 §3.3.4–3.3.6), and how programs really write them."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeAlias

from dayloom.calendars.reading.lines import Property
from dayloom.calendars.reading.zones import Zones

Moment: TypeAlias = date | datetime  # a day, or an aware moment
DAY = timedelta(days=1)
_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE,
)


class Unreadable(ValueError):
    """The text is no date, time or duration."""


@dataclass(frozen=True, slots=True)
class Duration:
    """Days of the calendar, then exact time: a day may have 23 hours, an hour never fewer."""

    days: timedelta
    exact: timedelta

    @property
    def total(self) -> timedelta:
        return self.days + self.exact


def is_day(moment: Moment) -> bool:
    return not isinstance(moment, datetime)


def read_one(line: Property, zones: Zones) -> Moment:
    """Return the moment of a line; VALUE=DATE makes it a day. Raises `Unreadable`."""
    moment = read_moment(line.value, zone_of(line, zones))
    says_day = (line.parameter("VALUE") or "").upper() == "DATE"
    return as_day(moment) if says_day else moment


def read_moment(text: str, zone: tzinfo) -> Moment:
    """Return a day, or a moment in `zone` unless the text has its own. Raises `Unreadable`."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise Unreadable(text)
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    try:
        on = date(year, month, day)
        if found[4] is None:
            return on
        return _at(on, found, zone)
    except (ValueError, OverflowError) as error:
        raise Unreadable(text) from error


def _at(on: date, found: re.Match[str], zone: tzinfo) -> datetime:
    hour, minute, second = int(found[4]), int(found[5]), min(int(found[6] or 0), 59)
    if hour == 24:
        on, hour = on + DAY, 0
    return datetime.combine(on, time(hour, minute, second), _offset(found[7]) or zone)


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


def zone_of(line: Property, zones: Zones) -> tzinfo:
    """Return the zone of the times of a line that have none themselves."""
    name = line.parameter("TZID")
    return (zones.find(name) if name else None) or zones.floating


def read_duration(text: str) -> Duration:
    """Return a duration, which may be negative. Raises `Unreadable`."""
    found = _DURATION.fullmatch(text.strip())
    if found is None or text.strip()[-1:] in "PpTt":
        raise Unreadable(text)
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    sign = -1 if found[1] == "-" else 1
    try:
        whole = timedelta(days=weeks * 7 + days)
        exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        whole, exact = timedelta.max, timedelta(0)
    return Duration(sign * whole, sign * exact)


def as_day(moment: Moment) -> date:
    """Return the day on which a moment lies, in its own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def length(start: Moment, end: Moment) -> timedelta:
    """Return how long it is from `start` to `end`, both days or both moments.

    As for all aware times of one zone, that is the difference of their wall times.
    """
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end - start
    return as_day(end) - as_day(start)


def like(moment: Moment, start: Moment) -> Moment:
    """Return a moment as a day if `start` is one, or else at the time of day of `start`."""
    if not isinstance(start, datetime):
        return as_day(moment)
    if isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, start.timetz())


def midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
