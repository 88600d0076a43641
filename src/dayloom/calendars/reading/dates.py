"""RDATE and EXDATE (RFC 5545 §3.8.5): further times of a series, and those that fall out."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

from dayloom.calendars.reading.lines import Component, Property
from dayloom.calendars.reading.moments import (
    DAY,
    Moment,
    Unreadable,
    as_day,
    is_day,
    like,
    read_duration,
    read_moment,
    zone_of,
)
from dayloom.calendars.reading.rules import FIRST_YEAR, LAST_YEAR
from dayloom.calendars.reading.zones import Zones

MOST_DATES = 5_000
LONGEST_DURATION = timedelta(days=366)

Warn: TypeAlias = Callable[[str], None]
Period: TypeAlias = tuple[datetime, timedelta]


def read_extra(
    event: Component, start: Moment, zones: Zones, warn: Warn
) -> Iterator[Moment | Period]:
    """Yield the further times, as `start` is written: days, moments, or moments with a length."""
    for text, line in _dates(event, "RDATE", warn):
        begin, _, length = text.partition("/")
        try:
            moment = like(read_moment(begin, zone_of(line, zones)), start)
            found = _period(moment, length, line, zones) if length else moment
        except Unreadable:
            warn("one of its further dates (RDATE) is unreadable")
            continue
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            yield found


def read_exceptions(event: Component, start: Moment, zones: Zones, warn: Warn) -> Iterator[Moment]:
    """Yield what falls out; a day takes all instances of that day with it."""
    for text, line in _dates(event, "EXDATE", warn):
        try:
            moment = read_moment(text, zone_of(line, zones))
        except Unreadable:
            warn("one of its exceptions (EXDATE) is unreadable")
            continue
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            yield as_day(moment) if is_day(start) else moment


def _period(begin: Moment, length: str, line: Property, zones: Zones) -> Moment | Period:
    if not isinstance(begin, datetime):
        return begin
    if length[:1] in "Pp+-":
        lasts = read_duration(length).total
    else:
        end = read_moment(length, zone_of(line, zones))
        lasts = end - begin if isinstance(end, datetime) else DAY
    return begin, min(max(lasts, timedelta(0)), LONGEST_DURATION)


def _dates(event: Component, name: str, warn: Warn) -> Iterator[tuple[str, Property]]:
    """Yield the dates of all lines of a list, each with its line, up to the bound."""
    left = MOST_DATES
    for line in event.all(name):
        texts = line.value.split(",", left)
        if len(texts) > left:
            warn(f"of its dates ({name}) only the first {MOST_DATES:,} are read")
        for text in texts[:left]:
            if text.strip():
                yield text.strip(), line
        left -= min(left, len(texts))
