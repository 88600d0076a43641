"""Dates with a weekday's name: "next Friday", "Tuesday next week", "Fri, Jul 18", "Mon 13th"."""

from datetime import date, timedelta

from dayloom.language.rules.calendar_math import next_weekday, week_of
from dayloom.language.rules.month_dates import THE, read_month_date
from dayloom.language.rules.names import WEEKDAYS
from dayloom.language.rules.numbers import read_ordinal, read_whole
from dayloom.language.rules.numeric_dates import read_numeric_date
from dayloom.language.rules.period import Period, found_day, one_day
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip
from dayloom.language.rules.tokens import Found, Line

WEEK = timedelta(days=7)
_WHICH = phrase_table(
    {
        "this": "this",
        "this coming": "coming",
        "the coming": "coming",
        "coming": "coming",
        "upcoming": "coming",
        "next": "next",
        "following": "next",
        "the following": "next",
        "next week": "week",
        "next week on": "week",
    }
)
_AFTER = phrase_table(
    {
        "this week": 0,
        "of this week": 0,
        "next week": 1,
        "of next week": 1,
        "in two weeks": 2,
        "in 2 weeks": 2,
        "after next": 2,
        "week": -1,
    }
)
_A_WEEK = phrase_table({"a week on": 1, "a week from": 1, "two weeks on": 2, "a week this": 1})
_AFTER_NUMBER = frozenset({"", ",", "at", "@", "from", "by", "around"})
_THROUGH = frozenset({"-", "–", "—", "to", "through", "until", "till"})
_WORKING_WEEK = (0, 4)
_BREAKS = frozenset({",", "."})


def read_week_date(line: Line, at: int) -> Found[Period] | None:
    """Return the date at `at` that names its weekday."""
    ahead = match_phrase(_A_WEEK, line, at)
    if ahead:
        weekday = WEEKDAYS.get(line.word(ahead.end))
        day = next_weekday(line.today, weekday) if weekday is not None else None
        return found_day(day + ahead.value * WEEK if day else None, ahead.end + 1)
    which = match_phrase(_WHICH, line, at)
    start = which.end if which else at
    weekday = WEEKDAYS.get(line.word(start))
    if weekday is None:
        return None
    if which:
        return _of_week(line, weekday, which.value, start + 1)
    return (
        _told_closer(line, weekday, start + 1)
        or _through(line, weekday, start + 1)
        or _bare(line, weekday, start + 1)
    )


def _of_week(line: Line, weekday: int, which: str, end: int) -> Found[Period]:
    """Return the weekday of this week or the next; where people differ it is a guess."""
    coming = next_weekday(line.today, weekday)
    day_in_week = (weekday - line.context.week_start) % 7
    this_week = week_of(line.today, line.context.week_start) + timedelta(days=day_in_week)
    if which == "this":
        day = this_week if this_week >= line.today else coming
        return Found(one_day(day), end, guess=this_week < line.today)
    if which == "coming":
        return Found(one_day(coming), end)
    day = this_week + WEEK
    return Found(one_day(day), end, guess=which == "next" and day != coming)


def _through(line: Line, weekday: int, end: int) -> Found[Period] | None:
    """Return the days of "Mon-Wed"; "Mon-Fri" is rather each week."""
    last = WEEKDAYS.get(line.word(end + 1))
    if line.word(end) not in _THROUGH or last is None or last == weekday:
        return None
    if (weekday, last) == _WORKING_WEEK:
        return None
    first = next_weekday(line.today, weekday)
    days = (last - weekday) % 7 + 1
    period = Period(first=first, until=first + timedelta(days=days))
    return Found(period, end + 2, guess=line.today.weekday() == weekday)


def _told_closer(line: Line, weekday: int, end: int) -> Found[Period] | None:
    """Return "Tuesday next week", "Fri, Jul 18" or "Mon the 13th", or nothing."""
    start = skip(line, end, _BREAKS)
    week = match_phrase(_AFTER, line, end) or _read_weeks_ahead(line, end)
    if week:
        return _in_week(line, weekday, week)
    exact = read_month_date(line, start) or read_numeric_date(line, start)
    ordinal = read_ordinal(line, skip(line, start, THE))
    if ordinal and (exact is None or exact.end == ordinal.end):
        return found_day(_weekday_with_number(line.today, weekday, ordinal.value), ordinal.end)
    if exact and exact.value.one_day and not exact.value.shy:
        differs = exact.value.first.weekday() != weekday
        return Found(exact.value, exact.end, exact.guess or differs)
    return _with_bare_number(line, weekday, start)


def _read_weeks_ahead(line: Line, at: int) -> Found[int] | None:
    """Return the weeks of "(Mon) in 3 weeks" and "(Mon) two weeks from now"."""
    number = read_whole(line, skip(line, at, frozenset({"in"})))
    if number is None or line.word(number.end) not in ("week", "weeks"):
        return None
    if line.word(at) == "in":
        return Found(number.value, number.end + 1)
    now = line.words[number.end + 1 : number.end + 3] in (("from", "now"), ("from", "today"))
    return Found(number.value, number.end + 3) if now else None


def _with_bare_number(line: Line, weekday: int, at: int) -> Found[Period] | None:
    """Return "friday 27" when one of the next Fridays is a 27th."""
    number = line.number(at, digits=2)
    if number is None or line.word(at + 1) not in _AFTER_NUMBER:
        return None
    first = next_weekday(line.today, weekday)
    days = (first + week * WEEK for week in range(5))
    return found_day(next((day for day in days if day.day == number), None), at + 1)


def _in_week(line: Line, weekday: int, week: Found[int]) -> Found[Period] | None:
    coming = next_weekday(line.today, weekday)
    if week.value < 0:
        return Found(one_day(coming + WEEK), week.end)
    if line.words[week.end - 2 : week.end] == ("after", "next"):
        return Found(one_day(coming + WEEK), week.end, guess=True)
    day_in_week = (weekday - line.context.week_start) % 7
    first = week_of(line.today, line.context.week_start) + week.value * WEEK
    day = first + timedelta(days=day_in_week)
    return Found(one_day(day), week.end, guess=day < line.today)


def read_week_of_day(line: Line, at: int, day: Period) -> Found[Period] | None:
    """Return the day moved to the week of "(Wednesday evening) next week"."""
    week = match_phrase(_AFTER, line, at)
    if week is None or week.value < 0 or not day.one_day or line.words[at : week.end] == ("week",):
        return None
    return _in_week(line, day.first.weekday(), week)


def _weekday_with_number(today: date, weekday: int, number: int) -> date | None:
    """Return the next Friday that is a 13th."""
    for ahead in range(366 * 2):
        day = today + timedelta(days=ahead)
        if day.day == number and day.weekday() == weekday:
            return day
    return None


def _bare(line: Line, weekday: int, end: int) -> Found[Period]:
    """Return the next such day; on the day itself that is a week ahead, and a guess."""
    dotted = line.word(end) == "." and line.glued(end) and line.word(end + 1) and end > 0
    short = len(line.word(end - 1)) < 5
    coming = next_weekday(line.today, weekday)
    period = one_day(coming)
    return Found(period, end + 1 if dotted and short else end, line.today.weekday() == weekday)
