"""When a recurring task happens: RFC 5545 rules on whole local days, and habits by the week."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from dayloom.infra.errors import Invalid

MOST_OCCURRENCES = 200
LONGEST_RULE = 300
SHORTEST_REST = timedelta(hours=12)
MOST_STEPS = 1000
FARTHEST = timedelta(days=12 * 366)  # leap days are up to eight years apart
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
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
    parts = _parts(rule)
    for name in ("INTERVAL", "COUNT"):
        _check_number(parts.get(name, "1"), name)
    if "UNTIL" in parts:
        parts["UNTIL"] = _last_day(parts["UNTIL"])
    tidy = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        rrulestr(tidy, dtstart=_midnight(date(2026, 1, 1)))
    except (ValueError, KeyError, IndexError, AttributeError) as error:
        raise Invalid(f"“{rule}” is not a repetition rule of RFC 5545.", field="rrule") from error
    return tidy


def _parts(rule: str) -> dict[str, str]:
    if len(rule) > LONGEST_RULE:
        raise Invalid(f"A repetition has at most {LONGEST_RULE} characters.", field="rrule")
    pairs = [part.partition("=")[::2] for part in rule.upper().strip(";").split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs) or not set(parts) <= _PARTS:
        raise Invalid("A repetition names days, weeks or months only.", field="rrule")
    if parts.get("FREQ") not in _FREQUENCIES:
        raise Invalid("A repetition is daily, weekly, monthly or yearly.", field="rrule")
    return parts


def _check_number(text: str, name: str) -> None:
    if not (
        text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= MOST_STEPS
    ):
        raise Invalid(f"{name} lies between 1 and {MOST_STEPS}.", field="rrule")


def _last_day(until: str) -> str:
    """Return the day of an UNTIL; the time of day makes no difference to whole days."""
    if not _UNTIL.fullmatch(until):
        raise Invalid("Write the last day of a repetition as 20261231.", field="rrule")
    return until[:8]


def check_times(times: int | None) -> int | None:
    if times is not None and not 1 <= times <= 7:
        raise Invalid("A habit happens 1 to 7 times a week.", field="times_per_week")
    return times


def _rule_days(rule: str, since: date, begin: date) -> Iterator[date]:
    """Yield the days of a checked rule: a rule that never happens ends the search, too."""
    parts = dict(part.split("=", 1) for part in rule.split(";"))
    count = parts.pop("COUNT", None)
    horizon = f"{begin + FARTHEST:%Y%m%d}"
    parts["UNTIL"] = min(parts.get("UNTIL", horizon), horizon)
    days = rrulestr(";".join(map("=".join, parts.items())), dtstart=_midnight(since))
    turns = (turn.date() for turn in islice(days, int(count) if count else None))
    yield from islice((day for day in turns if day >= begin), MOST_OCCURRENCES)


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
