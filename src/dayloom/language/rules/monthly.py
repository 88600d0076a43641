"""Repetition by the calendar: "the 1st", "last Friday of the month", "3 May"."""

from dataclasses import replace

from dayloom.language.rules.calendar_math import valid_date
from dayloom.language.rules.month_dates import month_at
from dayloom.language.rules.names import WEEKDAYS
from dayloom.language.rules.numbers import read_ordinal, read_whole
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.tokens import Found, Line

LEAP_YEAR = 2028
_ON = frozenset({"on", ":"})
_ON_OR_BY = frozenset({"on", ":", "by", "before"})
_THE = frozenset({"the"})
_OF = frozenset({"of"})
_OF_EVERY_MONTH = frozenset({"every", "each"})
_OF_THE_MONTH = phrase_table(
    dict.fromkeys(spelled("of|in", "the|each|every|a", "month"), "MONTHLY")
    | dict.fromkeys(("every month", "each month", "monthly"), "MONTHLY")
)
_LIST_MARKS = phrase_table(dict.fromkeys((", and", ",", "and", "&"), True))
_LAST = phrase_table(
    {"last": -1, "first": 1, "second": 2, "third": 3, "fourth": 4}
    | {"1 st": 1, "2 nd": 2, "3 rd": 3, "4 th": 4}
)


def read_day_in_month(line: Line, at: int, freq: Repetition) -> Found[Repetition] | None:
    """Return the yearly rule on "3 May" or "May 3rd"."""
    start = skip(line, at, _THE)
    month = month_at(line, start)
    day = _day_number(line, month.end if month else start)
    if month is None and day:
        month = month_at(line, skip(line, day.end, _OF))
        day = Found(day.value, month.end) if month else None
    if month is None or day is None or not valid_date(LEAP_YEAR, month.value, day.value):
        return None
    return Found(replace(freq, month=month.value, month_days=(day.value,)), day.end)


def _day_number(line: Line, at: int) -> Found[int] | None:
    day = read_ordinal(line, at) or read_whole(line, at)
    return day if day and 1 <= day.value <= 31 else None


def read_monthly(line: Line, at: int, *, led: bool = False) -> Found[Repetition] | None:
    """Return "the 15th", "last day", "first Monday", each with "of the month" after it."""
    start = skip(line, at, _THE)
    nth = match_phrase(_LAST, line, start)
    if nth and line.word(nth.end) in WEEKDAYS:
        day = WEEKDAYS[line.word(nth.end)]
        rule = Repetition(freq="MONTHLY", weekdays=(day,), nth=nth.value)
        return Found(rule, _past_month(line, nth.end + 1))
    if nth and nth.value == -1 and line.word(nth.end) == "day":
        return Found(Repetition(freq="MONTHLY", month_days=(-1,)), _past_month(line, nth.end + 1))
    day_number = read_ordinal(line, start)
    if day_number is None or not 1 <= day_number.value <= 31:
        return None
    if not (led or line.word(start).isdecimal()):
        return None
    end = skip(line, day_number.end, frozenset({"day"}))
    if month_at(line, skip(line, end, _OF)):
        return read_day_in_month(line, start, Repetition(freq="YEARLY"))
    days = _read_more_days(line, Found((day_number.value,), end))
    return Found(Repetition(freq="MONTHLY", month_days=days.value), _past_month(line, days.end))


def _read_more_days(line: Line, found: Found[tuple[int, ...]]) -> Found[tuple[int, ...]]:
    """Go on to the other days of "the 1st and 15th"."""
    mark = match_phrase(_LIST_MARKS, line, found.end)
    day = read_ordinal(line, skip(line, mark.end, _THE)) if mark else None
    if day is None or day.value in found.value or not 1 <= day.value <= 31:
        return found
    return _read_more_days(line, Found((*found.value, day.value), day.end))


def _past_month(line: Line, at: int) -> int:
    found = match_phrase(_OF_THE_MONTH, line, at)
    return found.end if found else at


def read_day_of_month(line: Line, at: int, *, sure: bool = False) -> Found[Repetition] | None:
    """Return "first Monday of the month", a guess, and "on the 15th of every month"."""
    start = skip(line, skip(line, at, _ON_OR_BY), _THE)
    if match_phrase(_LAST, line, start) is None and read_ordinal(line, start) is None:
        return None
    rule = read_monthly(line, start, led=True)
    if rule is None or line.word(rule.end - 1) not in ("month", "monthly"):
        return None
    every = not _OF_EVERY_MONTH.isdisjoint(line.words[start : rule.end])
    sure = sure or every or line.word(rule.end - 1) == "monthly" or line.word(rule.end - 2) == "a"
    if not sure and rule.value.nth is None:
        return None
    return Found(rule.value, rule.end, guess=not sure)
