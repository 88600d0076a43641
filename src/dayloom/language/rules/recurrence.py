"""Repetition: "every weekday", "every other Tuesday", "monthly on the 1st", "3x a week"."""

from dataclasses import replace
from datetime import timedelta

from dayloom.language.rules.amounts import UNITS, read_amount
from dayloom.language.rules.calendar_math import shift
from dayloom.language.rules.month_dates import month_at
from dayloom.language.rules.monthly import read_day_in_month, read_day_of_month, read_monthly
from dayloom.language.rules.numbers import read_whole
from dayloom.language.rules.parts import read_part_name
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, word_set
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.tokens import Found, Line
from dayloom.language.rules.weekday_lists import (
    WEEKEND,
    WORKDAYS,
    read_day_list,
    read_day_set,
    read_plural_days,
    with_part,
)

_EVERY = frozenset({"every", "each", "any", "all", "ev"})
_FREQUENCIES = {
    "day": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
    "year": "YEARLY",
}
_WORDS = {
    "daily": Repetition(freq="DAILY"),
    "once a day": Repetition(freq="DAILY"),
    "once per day": Repetition(freq="DAILY"),
    "once daily": Repetition(freq="DAILY"),
    "once a month": Repetition(freq="MONTHLY"),
    "once per month": Repetition(freq="MONTHLY"),
    "once a quarter": Repetition(freq="MONTHLY", interval=3),
    "once a year": Repetition(freq="YEARLY"),
    "once per year": Repetition(freq="YEARLY"),
    "everyday": Repetition(freq="DAILY"),
    "nightly": Repetition(freq="DAILY"),
    "weekly": Repetition(freq="WEEKLY"),
    "fortnightly": Repetition(freq="WEEKLY", interval=2),
    "biweekly": Repetition(freq="WEEKLY", interval=2),
    "bi - weekly": Repetition(freq="WEEKLY", interval=2),
    "monthly": Repetition(freq="MONTHLY"),
    "bimonthly": Repetition(freq="MONTHLY", interval=2),
    "quarterly": Repetition(freq="MONTHLY", interval=3),
    "semiannually": Repetition(freq="MONTHLY", interval=6),
    "semi - annually": Repetition(freq="MONTHLY", interval=6),
    "half - yearly": Repetition(freq="MONTHLY", interval=6),
    "yearly": Repetition(freq="YEARLY"),
    "annually": Repetition(freq="YEARLY"),
    "weekdays": Repetition(freq="WEEKLY", weekdays=WORKDAYS),
    "on weekdays": Repetition(freq="WEEKLY", weekdays=WORKDAYS),
    "workdays": Repetition(freq="WEEKLY", weekdays=WORKDAYS),
    "weekends": Repetition(freq="WEEKLY", weekdays=WEEKEND),
    "on weekends": Repetition(freq="WEEKLY", weekdays=WEEKEND),
    "at weekends": Repetition(freq="WEEKLY", weekdays=WEEKEND),
}
_ADVERBS = phrase_table(_WORDS)
_DOUBTFUL = frozenset({"biweekly", "bi", "bimonthly"})
_INTERVALS = phrase_table({"other": 2, "second": 2, "2 nd": 2, "third": 3, "fourth": 4})
_RATES = phrase_table(
    {"once": 1, "twice": 2, "thrice": 3}
    | {
        f"{number} {times}": value
        for value, numbers in enumerate(
            (("1", "one"), ("2", "two"), ("3", "three"), ("4", "four"), ("5", "five"),
             ("6", "six"), ("7", "seven")),
            start=1,
        )
        for number in numbers
        for times in ("x", "times", "×", "days", "sessions")
    }
)  # fmt: skip
_A_WEEK = phrase_table(dict.fromkeys(("a week", "per week", "each week", "every week", "/ week",
                                      "weekly", "/ wk", "in a week"), True))  # fmt: skip
_ON = frozenset({"on", ":"})


def read_times_per_week(line: Line, at: int) -> Found[int] | None:
    """Return how many times a week, for "3x a week" and "twice weekly"."""
    times = match_phrase(_RATES, line, at)
    rate = match_phrase(_A_WEEK, line, times.end) if times else None
    if times is None or rate is None or not line.fresh(at):
        return None
    return Found(times.value, rate.end)


def read_repetition(line: Line, at: int) -> Found[Repetition] | None:
    """Return the repetition at `at`."""
    if not line.fresh(at):
        return None
    found = (
        _read_every(line, at)
        or _read_adverb(line, at)
        or read_plural_days(line, at)
        or read_day_of_month(line, at)
    )
    found = _with_length(line, found) if found else None
    return found if found and line.closed(found.end) else None


def _with_length(line: Line, found: Found[Repetition]) -> Found[Repetition]:
    """Take in the end of "every day for 2 weeks", counted from today."""
    amount = read_amount(line, found.end + 1) if line.word(found.end) == "for" else None
    last = shift(line.today, amount.value) if amount and not amount.value.clocked else None
    if amount is None or last is None:
        return found
    until = last - timedelta(days=1)
    return Found(replace(found.value, until=until), amount.end, found.guess)


def _read_every(line: Line, at: int) -> Found[Repetition] | None:
    start = skip(line, at, frozenset({"on", "in"}))
    if line.word(start) not in _EVERY:
        return None
    if line.word(start) == "ev" and not line.typed(start).islower():
        return None
    start += 2 if line.word(start + 1) == "!" and line.glued(start + 1) else 1
    found = (
        read_day_of_month(line, start, sure=True)
        or read_day_list(line, start)
        or read_day_set(line, start)
        or _read_part(line, start)
        or read_day_in_month(line, start, Repetition(freq="YEARLY"))
        or _read_month(line, start)
        or _read_interval(line, start)
        or read_monthly(line, start)
    )
    if found is None:
        return None
    if line.word(start - 1) in ("any", "all") and not found.value.weekdays:
        return None
    return with_part(line, found)


def _read_month(line: Line, at: int) -> Found[Repetition] | None:
    """Return the first of April for "every April", a guess."""
    month = month_at(line, at)
    if month is None or line.number(month.end) is not None:
        return None
    rule = Repetition(freq="YEARLY", month=month.value, month_days=(1,))
    return Found(rule, month.end, guess=True)


def _read_interval(line: Line, at: int) -> Found[Repetition] | None:
    """Return "day", "2 weeks", "other Tuesday", "third month", then "on Mon and Thu"."""
    interval = match_phrase(_INTERVALS, line, at) or read_whole(line, at)
    start = interval.end if interval else at
    count = interval.value if interval else 1
    if not 1 <= count <= 99:
        return None
    days = read_day_list(line, start)
    if days and interval:
        return Found(replace(days.value, interval=count), days.end)
    sets = read_day_set(line, start) if interval else None
    if sets:
        return Found(replace(sets.value, interval=count), sets.end)
    unit = UNITS.get(line.word(start))
    if unit == "quarter" or line.word(start) == "quarter":
        return Found(Repetition(freq="MONTHLY", interval=3 * count), start + 1)
    if unit == "fortnight":
        return Found(Repetition(freq="WEEKLY", interval=2 * count), start + 1)
    if unit not in _FREQUENCIES:
        return None
    return _on_days(line, Found(Repetition(freq=_FREQUENCIES[unit], interval=count), start + 1))


def _read_adverb(line: Line, at: int) -> Found[Repetition] | None:
    """Return "weekly"; before another word only at the beginning, as a guess ("Weekly review")."""
    found = match_phrase(_ADVERBS, line, at)
    if found is None or line.word(at - 1) in ("the", "a", "an", "my", "our", "this"):
        return None
    guess = line.word(at) in _DOUBTFUL
    extended = with_part(line, _on_days(line, Found(found.value, found.end, guess)))
    if extended.end > found.end or not _titles(line, found.end):
        return extended
    if line.word(found.end) in _AFTER_ADVERB:
        return extended
    if at == 0:
        return Found(replace(found.value, kept=True), found.end, guess=True)
    return None


_AFTER_ADVERB = word_set(
    "at on in for from starting until till by after before around with every p high low urgent "
    "mornings evenings afternoons takes important asap"
)


def _titles(line: Line, at: int) -> bool:
    """Does a word or a number of the title follow, as in "Weekly review" and "Weekly 1:1"?"""
    word = line.word(at)
    if word.isdecimal() and line.word(at + 1) == ":":
        return line.number(at + 2) is not None and len(line.word(at + 2)) < 2
    return word[:1].isalpha()


def _on_days(line: Line, found: Found[Repetition]) -> Found[Repetition]:
    """Go on to "on Mon and Thu", "on the 1st", "on 3 May", "on weekdays"."""
    start = skip(line, found.end, _ON)
    if start == found.end:
        return found
    if found.value.freq == "WEEKLY":
        days = read_day_list(line, start)
        if days:
            return Found(replace(found.value, weekdays=days.value.weekdays), days.end, found.guess)
    if found.value.freq == "MONTHLY":
        monthly = read_monthly(line, start, led=True)
        if monthly:
            return Found(replace(monthly.value, interval=found.value.interval), monthly.end)
    if found.value.freq == "YEARLY":
        return read_day_in_month(line, start, found.value) or found
    return found


def _read_part(line: Line, at: int) -> Found[Repetition] | None:
    """Return "every morning"."""
    part = read_part_name(line, at)
    if part is None or line.word(at) in ("in", "after", "before", "at", "early"):
        return None
    return Found(Repetition(freq="DAILY", part=part.value), part.end)
