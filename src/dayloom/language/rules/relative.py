"""Dates counted from another: "in 3 days", "2 weeks from tomorrow", "within a month"."""

from datetime import datetime, timedelta

from dayloom.language.rules.amounts import Amount, amount_of, read_amount, read_unit
from dayloom.language.rules.calendar_math import shift, week_of
from dayloom.language.rules.month_dates import read_month_date
from dayloom.language.rules.numeric_dates import read_numeric_date
from dayloom.language.rules.period import Bearing, Period, found_day
from dayloom.language.rules.periods import read_named_period
from dayloom.language.rules.phrases import match_phrase, phrase_table
from dayloom.language.rules.tokens import Found, Line
from dayloom.language.rules.wall import later
from dayloom.language.rules.week_dates import read_week_date

_IN = phrase_table(
    dict.fromkeys(("in", "in about", "in around", "in roughly"), False)
    | dict.fromkeys(("within", "within the next", "in the next", "over the next"), True)
    | {"the next": True, "next": True, "during the next": True}
)
_END_OF = phrase_table(dict.fromkeys(("end of", "the end of", "end of the"), True))
_WEEK_OF = phrase_table({"week of": True, "the week of": True})
_TIME = phrase_table(dict.fromkeys(("time", "from now", "from today"), True))
_FROM_NOW = phrase_table(
    dict.fromkeys(("from now", "from right now", "from today", "hence", "after today"), True)
)
_FROM = phrase_table({"from": 1, "after": 1, "following": 1, "before": -1, "prior to": -1})


def read_date(line: Line, at: int) -> Found[Period] | None:
    """Return the longest date at `at` that is not counted from another."""
    place = ("date", at, False)
    if place not in line.known:
        line.known[place] = _read_date(line, at)
    found: Found[Period] | None = line.known[place]
    return found


def _read_date(line: Line, at: int) -> Found[Period] | None:
    found = [
        candidate
        for candidate in (
            read_week_date(line, at),
            read_named_period(line, at),
            read_month_date(line, at),
            read_numeric_date(line, at),
            _read_week_of(line, at),
            _read_end_of_day(line, at),
        )
        if candidate
    ]
    return max(found, key=lambda candidate: candidate.end, default=None)


def _read_week_of(line: Line, at: int) -> Found[Period] | None:
    """Return the whole week of "the week of December 14th"."""
    lead = match_phrase(_WEEK_OF, line, at)
    day = read_month_date(line, lead.end) or read_numeric_date(line, lead.end) if lead else None
    if day is None:
        return None
    first = week_of(day.value.first, line.context.week_start)
    return Found(Period(first=first, until=first + timedelta(days=7)), day.end, day.guess)


def _read_end_of_day(line: Line, at: int) -> Found[Period] | None:
    """Return "end of this Sunday", which is when the work is over."""
    lead = match_phrase(_END_OF, line, at)
    day = read_week_date(line, lead.end) if lead else None
    if day is None or not day.value.one_day:
        return None
    period = Period(first=day.value.first, until=day.value.until, bearing=Bearing.ENDS)
    return Found(period, day.end, day.guess)


def read_relative(line: Line, at: int) -> Found[Period | datetime] | None:
    """Return the day, or for hours and minutes the instant, that is so far away."""
    lead = match_phrase(_IN, line, at)
    amount = read_amount(line, lead.end if lead else at)
    if amount is None and lead and lead.end > at + 2:
        amount = _read_one(line, lead.end)
    if amount is None:
        return None
    if lead is None:
        return _read_counted(line, amount)
    end = _after_time(line, amount.end)
    if not lead.value:
        return _away(line, amount, end)
    if lead.end == at + 1 and line.word(at) == "next" and amount.value.clocked:
        return None
    return _within(line, amount, end)


def _read_one(line: Line, at: int) -> Found[Amount] | None:
    """Return the one week of "within the next week"."""
    unit = read_unit(line, at)
    amount = amount_of(1, unit.value) if unit else None
    return Found(amount, unit.end) if unit and amount else None


def _read_counted(line: Line, amount: Found[Amount]) -> Found[Period | datetime] | None:
    """Return "3 days from now" or "2 weeks after Jan 15"."""
    now = match_phrase(_FROM_NOW, line, amount.end)
    if now:
        return _away(line, amount, now.end)
    direction = match_phrase(_FROM, line, amount.end)
    if direction is None or amount.value.clocked:
        return None
    base = read_date(line, direction.end)
    if base is None or not base.value.one_day:
        return None
    day = shift(base.value.first, amount.value, sign=direction.value)
    found = found_day(day, base.end, guess=base.guess or amount.guess)
    return Found(found.value, found.end, found.guess) if found else None


def _away(line: Line, amount: Found[Amount], end: int) -> Found[Period | datetime] | None:
    """Return what is an amount from now; an instant is a guess, for it may be a duration."""
    if amount.value.clocked:
        moment = later(line.now, timedelta(minutes=amount.value.minutes))
        exact = moment.replace(second=0, microsecond=0)
        return Found(exact, end, guess=True)
    found = found_day(shift(line.today, amount.value), end, guess=amount.guess)
    return Found(found.value, found.end, found.guess) if found else None


def _within(line: Line, amount: Found[Amount], end: int) -> Found[Period | datetime] | None:
    if amount.value.clocked:
        return Found(later(line.now, timedelta(minutes=amount.value.minutes)), end)
    last = shift(line.today, amount.value)
    if last is None:
        return None
    period = Period(first=line.today, until=last + timedelta(days=1), bearing=Bearing.ENDS)
    return Found(period, end, amount.guess)


def _after_time(line: Line, at: int) -> int:
    """Leave out the "'s time" of "in two weeks' time"."""
    end = at + 1 if line.word(at) in ("'", "'s", "’") else at
    found = match_phrase(_TIME, line, end)
    return found.end if found else at
