"""RRULE (RFC 5545 §3.3.10), checked before anything is expanded.

Short rules can ask for endless work (FREQ=SECONDLY since 1970, INTERVAL=0), and others have no
meaning at all: neither reaches the library that expands them.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeAlias

from dayloom.calendars.reading.moments import (
    DAY,
    Moment,
    Unreadable,
    as_day,
    midnight,
    read_moment,
)

FIRST_YEAR, LAST_YEAR = 1970, 2100
MOST_STEPS = 1_000
MOST_NUMBERS = 400
FREQUENCIES = {"DAILY": DAY, "WEEKLY": 7 * DAY, "MONTHLY": None, "YEARLY": None}
WITHIN_A_DAY = ("SECONDLY", "MINUTELY", "HOURLY")
LARGEST_NUMBERS = {
    "BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366,
}  # fmt: skip
_TIMES = {"BYHOUR": "%H", "BYMINUTE": "%M", "BYSECOND": "%S"}
_HARMLESS = {"RSCALE": "GREGORIAN", "SKIP": "OMIT"}  # RFC 7529, and what holds anyway
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", *LARGEST_NUMBERS}
_WEEKDAY = re.compile(r"[+-]?(?:[1-9]|[1-4]\d|5[0-3])?(?:MO|TU|WE|TH|FR|SA|SU)")


Parts: TypeAlias = dict[str, str]


class NoRule(ValueError):
    """The repetition cannot be used; the words say why, behind the title of the event."""


def read_rule(text: str, start: Moment) -> Parts:
    """Return the checked parts of a rule, nothing for one that is over before `start`.

    UNTIL comes out as a day, or as a moment in UTC. Raises `NoRule`.
    """
    pairs = (part.split("=", 1) for part in text.strip().upper().split(";") if "=" in part)
    parts = {name.strip(): value.strip() for name, value in pairs}
    _check_frequency(parts)
    _drop_needless(parts, start)
    if not parts.keys() <= _KNOWN:
        raise NoRule("its repetition is none that can be read")
    _check_numbers(parts)
    return parts if _bound(parts, start) else {}


def first_in_bounds(start: Moment, rules: Sequence[Parts]) -> Moment:
    """Return an instance in or after 1970 that may stand for the start of the only rule.

    Rules that count from their start have none; then the start itself comes back.
    """
    if start.year >= FIRST_YEAR or len(rules) != 1 or "COUNT" in rules[0]:
        return start
    (parts,) = rules
    interval = int(parts.get("INTERVAL", "1"))
    step = FREQUENCIES[parts["FREQ"]]
    if step is not None:
        return start + -((as_day(start) - date(FIRST_YEAR, 1, 1)) // (step * interval)) * (
            step * interval
        )
    years = 4 * interval  # keeps months in step and 29 February a day
    return start.replace(year=start.year + -((start.year - FIRST_YEAR) // years) * years)


def _check_frequency(parts: Parts) -> None:
    frequency, interval = parts.get("FREQ"), parts.get("INTERVAL", "1")
    if frequency in WITHIN_A_DAY:
        raise NoRule("it repeats within a day")
    if frequency not in FREQUENCIES:
        raise NoRule("its repetition is none that can be read")
    if not interval.isdecimal() or not 1 <= int(interval[:9]) <= MOST_STEPS:
        raise NoRule("it repeats at an impossible interval")


def _drop_needless(parts: Parts, start: Moment) -> None:
    """Take out what says nothing: the time of the start again, private parts, negative COUNT."""
    for name, form in _TIMES.items():
        if name in parts:
            if not isinstance(start, datetime) or parts[name].zfill(2) != start.strftime(form):
                raise NoRule("it repeats within a day")
            del parts[name]
    for name in [name for name in parts if name.startswith("X-")]:
        del parts[name]
    for name, value in _HARMLESS.items():
        if parts.get(name) == value:
            del parts[name]
    if parts.get("COUNT", "").startswith("-"):
        del parts["COUNT"]


def _check_numbers(parts: Parts) -> None:
    for name, largest in LARGEST_NUMBERS.items():
        numbers = parts[name].split(",") if name in parts else []
        if len(numbers) > MOST_NUMBERS or not all(_within(n, largest) for n in numbers):
            raise NoRule(f"its repetition has an impossible {name}")
    days = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    if len(days) > MOST_NUMBERS or not all(_WEEKDAY.fullmatch(day) for day in days):
        raise NoRule("its repetition has an impossible BYDAY")
    if not _WEEKDAY.fullmatch(parts.get("WKST", "MO")) or len(parts.get("WKST", "MO")) > 2:
        raise NoRule("its repetition has an impossible WKST")
    if not _within(parts.get("COUNT", "1"), 10**9):
        raise NoRule("its repetition has an impossible COUNT")


def _within(number: str, largest: int) -> bool:
    return bool(re.fullmatch(r"[+-]?\d{1,10}", number)) and 1 <= abs(int(number)) <= largest


def _bound(parts: Parts, start: Moment) -> bool:
    """Write UNTIL as the start is written, and tell whether the rule reaches the start at all."""
    if "UNTIL" not in parts:
        return True
    try:
        until = _until(parts.pop("UNTIL"), start)
    except Unreadable as error:
        raise NoRule("its repetition has an impossible UNTIL") from error
    if until.year <= LAST_YEAR:
        form = "%Y%m%dT%H%M%SZ" if isinstance(until, datetime) else "%Y%m%d"
        parts["UNTIL"] = until.strftime(form)
        parts.pop("COUNT", None)  # never both; the one that rather keeps time free of work stays
    return until >= (start.astimezone(UTC) if isinstance(start, datetime) else start)


def _until(text: str, start: Moment) -> Moment:
    if not isinstance(start, datetime):
        return as_day(read_moment(text, UTC))
    zone = start.tzinfo or UTC
    until = read_moment(text, zone)
    if not isinstance(until, datetime):
        if until.year > LAST_YEAR:
            return datetime.combine(until, time(), UTC)
        until = midnight(until + DAY, zone) - timedelta(seconds=1)  # the day itself belongs to it
    return until.astimezone(UTC) if until.year <= LAST_YEAR else until.replace(tzinfo=UTC)
