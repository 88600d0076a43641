"""The guard before the library: every event reduced to the values that are needed and bounded.

What is left out or altered is told; as far as possible the first instance stays.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from dayloom.calendars.reading.dates import (
    LONGEST_DURATION,
    Period,
    Warn,
    read_exceptions,
    read_extra,
)
from dayloom.calendars.reading.lines import Component
from dayloom.calendars.reading.marks import read_answer, read_status, read_transp
from dayloom.calendars.reading.moments import (
    DAY,
    Moment,
    Unreadable,
    as_day,
    length,
    midnight,
    read_duration,
    read_one,
)
from dayloom.calendars.reading.rules import (
    FIRST_YEAR,
    LAST_YEAR,
    NoRule,
    Parts,
    first_in_bounds,
    read_rule,
)
from dayloom.calendars.reading.texts import LONGEST_TEXT, tidy
from dayloom.calendars.reading.zones import Zones

EARLIEST_YEAR = 1600  # of a rule that goes on until today: birthdays without a year, mostly
MOST_RULES = 5
_DATED = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")


class Refused(Exception):
    """The event cannot be read at all; the words say why."""


class Never(Exception):
    """The event does not happen: what is left of a series that was cut before its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedEvent:
    """An event that is safe to expand. All its moments are days, or all are aware.

    `exact` tells that its length is exact time, which no change of the clocks alters.
    """

    uid: str
    start: Moment
    end: Moment
    exact: bool
    rules: tuple[str, ...]
    extra: tuple[Moment | Period, ...]
    except_on: tuple[Moment, ...]
    recurrence_id: Moment | None
    and_future: bool
    sequence: int
    summary: str
    location: str
    status: str | None
    transp: str | None
    partstat: str | None

    @property
    def recurs(self) -> bool:
        return bool(self.rules or self.extra)


def guard(
    event: Component, zones: Zones, warn: Warn, *, addresses: Collection[str] = ()
) -> GuardedEvent:
    """Return what is safe of an event; `warn` gets the words for the rest.

    Raises `Refused` or `Never`.
    """
    _name_unknown_zones(event, zones, warn)
    first = _start(event, zones)
    rules = _rules(event, first, warn)
    end, exact = _end(event, first, zones, warn)
    if end < first:
        first, end = _turned(first, end, warn, recurs=bool(rules))
    start = first_in_bounds(first, rules)
    if start.year < FIRST_YEAR:
        raise Refused(f"it lies in the year {first.year}")
    recurrence_id = _recurrence_id(event, zones)
    return GuardedEvent(
        uid=_uid(event),
        start=start,
        end=end if start == first else start + length(first, end),
        exact=exact,
        rules=tuple(
            ";".join(f"{name}={value}" for name, value in parts.items()) for parts in rules
        ),
        extra=tuple(read_extra(event, start, zones, warn)),
        except_on=tuple(read_exceptions(event, start, zones, warn)),
        recurrence_id=recurrence_id,
        and_future=recurrence_id is not None and _is_and_future(event),
        sequence=_sequence(event),
        summary=tidy(event.value("SUMMARY") or ""),
        location=tidy(event.value("LOCATION") or ""),
        status=read_status(event),
        transp=read_transp(event),
        partstat=read_answer(event, addresses),
    )


def _uid(event: Component) -> str:
    """Return the UID, or what stands for it where there is none."""
    given = (event.value("UID") or "").strip()
    named = f"{event.value('SUMMARY') or ''} {event.value('DTSTART') or ''}"
    return (given or named)[:LONGEST_TEXT]


def _name_unknown_zones(event: Component, zones: Zones, warn: Warn) -> None:
    names = {
        name for kind in _DATED for line in event.all(kind) if (name := line.parameter("TZID"))
    }
    for name in sorted(names):
        if zones.find(name) is None:
            warn(f"its time zone “{name[:60]}” is unknown and read as {zones.floating}")


def _start(event: Component, zones: Zones) -> Moment:
    line = event.first("DTSTART")
    try:
        start = read_one(line, zones) if line else None
    except Unreadable:
        start = None
    if start is None:
        raise Refused("it has no readable start")
    if not EARLIEST_YEAR <= start.year <= LAST_YEAR:
        raise Refused(f"it lies in the year {start.year}")
    return as_day(start) if _is_outlook_all_day(event, start) else start


def _is_outlook_all_day(event: Component, start: Moment) -> bool:
    said = (event.value("X-MICROSOFT-CDO-ALLDAYEVENT") or "").strip().upper() == "TRUE"
    return said and isinstance(start, datetime) and not (start.hour or start.minute)


def _end(event: Component, start: Moment, zones: Zones, warn: Warn) -> tuple[Moment, bool]:
    """Return the end, not too far from the start, and whether the length is exact."""
    try:
        end, exact = _said_end(event, start, zones)
    except Unreadable:
        warn("its end or duration is unreadable; only its start is kept")
        return _least_end(start), False
    if end < start:
        return end, False
    if length(start, end) > LONGEST_DURATION:
        warn(f"it lasts longer than {LONGEST_DURATION.days} days and is cut there")
        return start + LONGEST_DURATION, False
    return max(end, _least_end(start)), exact


def _turned(start: Moment, end: Moment, warn: Warn, *, recurs: bool) -> tuple[Moment, Moment]:
    """Return a start and an end for an event that ends before it begins."""
    if recurs or length(end, start) > DAY:
        warn("it ends before it begins; only its start is kept")
        return start, _least_end(start)
    warn("it ends before it begins; the two are swapped")
    return end, start


def _said_end(event: Component, start: Moment, zones: Zones) -> tuple[Moment, bool]:
    if line := event.first("DTEND"):
        end = read_one(line, zones)
        if isinstance(start, datetime) and not isinstance(end, datetime):
            end = midnight(end, start.tzinfo or UTC)
        return (end if isinstance(start, datetime) else as_day(end)), False
    if line := event.first("DURATION"):
        duration = read_duration(line.value)
        if abs(duration.total) > LONGEST_DURATION:
            return start + (LONGEST_DURATION + DAY) * (1 if duration.days > -DAY else -1), False
        if not isinstance(start, datetime):
            return start + -(-duration.total // DAY) * DAY, False
        if not duration.days:
            return start + duration.exact, True
        end = (start + duration.days).astimezone(UTC) + duration.exact
        return end.astimezone(start.tzinfo), False
    return _least_end(start), False


def _least_end(start: Moment) -> Moment:
    return start if isinstance(start, datetime) else start + DAY


def _rules(event: Component, start: Moment, warn: Warn) -> list[Parts]:
    """Return the rules that can be used; the standard wants one, but several have a meaning."""
    if event.all("EXRULE"):
        warn("its exception rule (EXRULE) is ignored")
    given = [line.value for line in event.all("RRULE") if line.value.strip()]
    if len(given) > MOST_RULES:
        warn(f"of its repetitions only the first {MOST_RULES} are read")
    try:
        rules = [read_rule(text, start) for text in given[:MOST_RULES]]
    except NoRule as error:
        warn(f"{error}; only its first time is read")
        return []
    if rules and not any(rules) and not event.all("RDATE"):
        raise Never
    return [parts for parts in rules if parts]


def _recurrence_id(event: Component, zones: Zones) -> Moment | None:
    line = event.first("RECURRENCE-ID")
    if line is None:
        return None
    try:
        moment = read_one(line, zones)
    except Unreadable as error:
        raise Refused("the instance that it replaces is unreadable") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise Refused(f"the instance that it replaces lies in the year {moment.year}")
    return moment


def _is_and_future(event: Component) -> bool:
    line = event.first("RECURRENCE-ID")
    return line is not None and (line.parameter("RANGE") or "").upper() == "THISANDFUTURE"


def _sequence(event: Component) -> int:
    text = (event.value("SEQUENCE") or "").strip()
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 0
