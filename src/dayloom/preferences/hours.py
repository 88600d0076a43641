"""Opening hours as a person writes them, checked and read once."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from dayloom.infra.errors import Invalid
from dayloom.planning.availability import WeeklyHours, parse_clock

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Spans = Sequence[Sequence[str]]
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

WORK_WEEK = [[["09:00", "17:00"]]] * 5 + [[]] * 2
PERSONAL_WEEK = [[["18:00", "22:00"]]] * 5 + [[["09:00", "22:00"]]] * 2


def check_weekly(weekly: Sequence[Spans]) -> list[list[list[str]]]:
    """Return the seven days' hours in order. Raises `Invalid` naming the day at fault."""
    if len(weekly) != len(DAYS):
        raise Invalid("Opening hours need seven days, Monday first.", field="weekly")
    named = zip(weekly, DAYS, strict=True)
    return [check_day(spans, name, field="weekly") for spans, name in named]


def check_exceptions(exceptions: Mapping[str, Spans]) -> dict[str, list[list[str]]]:
    """Return the hours of single dates. Raises `Invalid` naming the date at fault."""
    checked = {}
    for day, spans in exceptions.items():
        if not _DAY.fullmatch(day) or not _is_date(day):
            raise Invalid(f"“{day}” is not a date; write it as 2026-12-24.", field="exceptions")
        checked[day] = check_day(spans, day, field="exceptions")
    return checked


def _is_date(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def check_day(spans: Spans, name: str, *, field: str) -> list[list[str]]:
    """Return one day's spans in order of time. Raises `Invalid` with the day's `name`."""
    for span in spans:
        if len(span) != 2 or not all(_CLOCK.fullmatch(clock) for clock in span):
            raise Invalid(f"{name}: write hours as 09:00 to 17:30.", field=field)
        if span[0] == span[1] or span[0] == "24:00":
            raise Invalid(f"{name}: {span[0]}–{span[1]} is empty.", field=field)
    ordered = sorted([list(span) for span in spans])
    for earlier, later in pairwise(ordered):
        if earlier[1] > later[0] or earlier[1] < earlier[0]:
            raise Invalid(
                f"{name}: {earlier[0]}–{earlier[1]} and {later[0]}–{later[1]} overlap.",
                field=field,
            )
    return ordered


def to_weekly_hours(weekly: Sequence[Spans], exceptions: Mapping[str, Spans]) -> WeeklyHours:
    """Return checked hours in the form that the planning core reads."""
    return WeeklyHours(
        weekly=tuple(_read(spans) for spans in weekly),
        exceptions={date.fromisoformat(day): _read(spans) for day, spans in exceptions.items()},
    )


def _read(spans: Spans) -> tuple[tuple[int, int], ...]:
    return tuple((parse_clock(start), parse_clock(end)) for start, end in spans)
