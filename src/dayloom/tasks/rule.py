"""When a recurring task happens: RFC 5545 rules on whole local days, and habits by the week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from dayloom.infra.errors import Invalid

MOST_OCCURRENCES = 200
LONGEST_RULE = 300
SHORTEST_REST = timedelta(hours=12)
MOST_STEPS = 1000
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS",
    "BYWEEKNO", "BYYEARDAY",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One turn: it may be done on the local days `[first, until)`."""

    first: date
    until: date
    number: int = 0


def occurrences(
    rrule: str | None, times_per_week: int | None, *, since: date, begin: date
) -> Iterator[Occurrence]:
    """Yield the turns from `begin` on, of a rule that counts from `since`, at most 200."""
    if times_per_week:
        yield from _weekly_turns(times_per_week, begin)
        return
    for day in _rule_days(rrule or "FREQ=DAILY", since, begin):
        yield Occurrence(first=day, until=day + timedelta(days=1))


def rest_between(occurrence: Occurrence, times: int) -> timedelta:
    """Return the pause between two turns of a habit, which spreads them over a whole week.

    Three times a week means every other day or so; what is left of a week allows every day.
    """
    if (occurrence.until - occurrence.first).days < 7:
        return SHORTEST_REST
    return max(SHORTEST_REST, timedelta(hours=7 * 24 // times - 20))


def check_rule(rule: str | None) -> str | None:
    """Return the rule in capitals. Raises `Invalid` unless it is RFC 5545, by days or slower."""
    if rule is None:
        return None
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if len(rule) > LONGEST_RULE or not set(parts) <= _PARTS:
        raise Invalid("A repetition names days, weeks or months only.", field="rrule")
    if parts.get("FREQ") not in _FREQUENCIES:
        raise Invalid("A repetition is daily, weekly, monthly or yearly.", field="rrule")
    interval = parts.get("INTERVAL", "1")
    if not interval.isdecimal() or not 1 <= int(interval) <= MOST_STEPS:
        raise Invalid(f"A repetition comes every 1 to {MOST_STEPS} steps.", field="rrule")
    try:
        rrulestr(rule.upper(), dtstart=_midnight(date(2026, 1, 1)))
    except ValueError as error:
        raise Invalid(f"“{rule}” is not a repetition rule of RFC 5545.", field="rrule") from error
    return rule.upper()


def check_times(times: int | None) -> int | None:
    if times is not None and not 1 <= times <= 7:
        raise Invalid("A habit happens 1 to 7 times a week.", field="times_per_week")
    return times


def _rule_days(rule: str, since: date, begin: date) -> Iterator[date]:
    days = rrulestr(rule, dtstart=_midnight(since))
    moment = days.after(_midnight(begin), inc=True)
    for _ in range(MOST_OCCURRENCES):
        if moment is None:
            return
        yield moment.date()
        moment = days.after(moment)


def _midnight(day: date) -> datetime:
    """Return a naive midnight: rules run on whole days, which have no zone."""
    return datetime.combine(day, time())


def _weekly_turns(times: int, begin: date) -> Iterator[Occurrence]:
    """Yield `times` turns for each week, Monday to Sunday; fewer for the rest of the first."""
    monday = begin - timedelta(days=begin.weekday())
    for week in range(MOST_OCCURRENCES):
        first = max(begin, monday + week * timedelta(days=7))
        until = monday + (week + 1) * timedelta(days=7)
        for number in range(min(times, (until - first).days)):
            yield Occurrence(first=first, until=until, number=number)
