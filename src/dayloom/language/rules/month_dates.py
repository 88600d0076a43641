"""Dates with a month's name or an ordinal: "Nov 30", "3rd of May 2027", "the 15th"."""

from datetime import date, timedelta

from dayloom.language.rules.calendar_math import (
    YEARS,
    add_months,
    coming_date,
    coming_day_of_month,
    month_end,
    nth_weekday,
    valid_date,
)
from dayloom.language.rules.names import MONTHS, WEEKDAYS
from dayloom.language.rules.numbers import read_ordinal, read_whole
from dayloom.language.rules.period import Period, found_day
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled
from dayloom.language.rules.tokens import Found, Line

THE = frozenset({"the"})
_JOINTS = frozenset({"-", "."})
_OF = frozenset({"of", "in", ",", "-"})
_RANGE_MARKS = frozenset({"-", "–", "—", "to", "through", "thru", "until", "till"})
_RELATIVE_MONTHS = phrase_table(
    {"this month": 0, "the month": 0, "next month": 1, "the next month": 1}
)
_NTH = phrase_table(
    {"last": -1, "first": 1, "second": 2, "third": 3, "fourth": 4}
    | {f"{n} {ending}": n for n, ending in ((1, "st"), (2, "nd"), (3, "rd"), (4, "th"))}
)
_DAY = phrase_table(dict.fromkeys(spelled("day", "of|in|"), True) | {"of": True})


def read_month_date(line: Line, at: int) -> Found[Period] | None:
    """Return the date at `at` that names its month or its number in the month."""
    return (
        _read_nth_weekday(line, at)
        or _read_month_first(line, at)
        or _read_day_first(line, at)
        or _read_ordinal_alone(line, at)
    )


def month_at(line: Line, at: int) -> Found[int] | None:
    """Return the month named at `at`, with the point of "Sept." left out."""
    month = MONTHS.get(line.word(at))
    if month is None:
        return None
    dotted = line.word(at + 1) == "." and line.glued(at + 1) and len(line.word(at)) < 5
    return Found(month, at + 2 if dotted and line.word(at + 2) else at + 1)


def read_month_beginning(line: Line, at: int) -> Found[date] | None:
    """Return the first day of "next month", "March" or "March 2027"."""
    relative = match_phrase(_RELATIVE_MONTHS, line, at)
    if relative:
        first = add_months(line.today.replace(day=1), relative.value)
        return Found(first, relative.end) if first else None
    month = month_at(line, at)
    if month is None:
        return None
    year = _year(line, month.end)
    if year:
        return Found(date(year.value, month.value, 1), year.end)
    first = date(line.today.year, month.value, 1)
    if month_end(first) <= line.today:
        first = date(line.today.year + 1, month.value, 1)
    return Found(first, month.end)


def _read_month_first(line: Line, at: int) -> Found[Period] | None:
    month = month_at(line, at)
    if month is None:
        return None
    day = _day_number(line, skip(line, month.end, THE))
    if day is None:
        return None
    is_hour = line.word(day.end) == ":" and line.number(day.end + 1) is not None
    if is_hour or line.word(day.end) in ("am", "pm"):
        return None
    return _with_end(line, _dated(line, month.value, day.value, day.end))


def _read_day_first(line: Line, at: int) -> Found[Period] | None:
    return _read_days_first(line, at) if line.fresh(at) else None


def _read_days_first(line: Line, at: int) -> Found[Period] | None:
    """Return "27 December" and "20-27 December"."""
    day = _day_number(line, skip(line, at, THE))
    if day is None:
        return None
    day_of = match_phrase(_DAY, line, day.end)
    month = month_at(line, skip(line, day_of.end if day_of else day.end, _JOINTS))
    if month:
        return _dated(line, month.value, day.value, month.end)
    marked = line.word(day.end) in _RANGE_MARKS
    second = _read_days_first(line, day.end + 1) if marked else None
    if second is None or second.value.first.day <= day.value or not second.value.one_day:
        return None
    first = valid_date(second.value.first.year, second.value.first.month, day.value)
    if first is None:
        return None
    return Found(Period(first=first, until=second.value.until), second.end, second.guess)


def _with_end(line: Line, found: Found[Period] | None) -> Found[Period] | None:
    """Go on to the second day of "July 13-15" or "Aug 8 - Aug 12"."""
    if found is None or line.word(found.end) not in _RANGE_MARKS:
        return found
    month = month_at(line, found.end + 1)
    day = _day_number(line, month.end if month else found.end + 1)
    if day is None or line.word(day.end) in (":", "am", "pm", "h", "-", "/"):
        return found
    first = found.value.first
    last = valid_date(first.year, month.value if month else first.month, day.value)
    if month and last and last < first:
        last = valid_date(first.year + 1, month.value, day.value)
    if last is None or last <= first:
        return found
    return Found(Period(first=first, until=last + timedelta(days=1)), day.end, found.guess)


def _dated(line: Line, month: int, day: int, end: int) -> Found[Period] | None:
    year = _year(line, end)
    if year:
        exact = valid_date(year.value, month, day)
        return found_day(exact, year.end, guess=exact is not None and exact < line.today)
    coming = coming_date(line.today, month, day)
    return found_day(coming[0], end, guess=coming[1]) if coming else None


def _year(line: Line, at: int) -> Found[int] | None:
    start = skip(line, at, _OF)
    number = line.number(start)
    if number is not None and number in YEARS and line.closed(start + 1):
        return Found(number, start + 1)
    return None


def _day_number(line: Line, at: int) -> Found[int] | None:
    ordinal = read_ordinal(line, at)
    day = ordinal or read_whole(line, at)
    if day is None or not 1 <= day.value <= 31 or (len(line.word(at)) > 2 and line.number(at)):
        return None
    return day


def _read_ordinal_alone(line: Line, at: int) -> Found[Period] | None:
    """Return "the 15th" of this month or the next, or of the month that follows."""
    start = skip(line, at, THE)
    ordinal = read_ordinal(line, start)
    if ordinal is None or not 1 <= ordinal.value <= 31:
        return None
    day_of = match_phrase(_DAY, line, ordinal.end)
    month = read_month_beginning(line, day_of.end) if day_of else None
    if month:
        exact = valid_date(month.value.year, month.value.month, ordinal.value)
        if exact and exact < line.today and _is_current(line, month.value):
            return found_day(coming_day_of_month(line.today, ordinal.value), month.end, guess=True)
        return found_day(exact, month.end, guess=exact is not None and exact < line.today)
    figures = line.number(start) is not None
    day = coming_day_of_month(line.today, ordinal.value)
    return found_day(day, ordinal.end, shy=start == at or not figures)


def _read_nth_weekday(line: Line, at: int) -> Found[Period] | None:
    """Return "first Monday of March" or "last day of next month"."""
    nth = match_phrase(_NTH, line, skip(line, at, THE))
    if nth is None:
        return None
    weekday = WEEKDAYS.get(line.word(nth.end))
    if (weekday is None and line.word(nth.end) != "day") or line.word(nth.end + 1) not in _OF:
        return None
    month = read_month_beginning(line, nth.end + 2)
    if month is None:
        return None
    if weekday is None:
        day: date | None = month_end(month.value) - timedelta(days=1)
        return found_day(day, month.end) if nth.value == -1 else None
    day = nth_weekday(month.value, weekday, nth.value)
    if day and day < line.today and _is_current(line, month.value):
        day = nth_weekday(month_end(month.value), weekday, nth.value)
    return found_day(day, month.end)


def _is_current(line: Line, month: date) -> bool:
    return month == line.today.replace(day=1)
