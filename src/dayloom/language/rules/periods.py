"""Days and weeks by their place: today, weekend, next week, end of month, EOD."""

from collections.abc import Callable
from datetime import date, timedelta

from dayloom.language.rules.calendar_math import add_months, month_end, week_of
from dayloom.language.rules.month_dates import THE, read_month_beginning
from dayloom.language.rules.names import FEASTS, feast_in
from dayloom.language.rules.period import Bearing, Period, one_day
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip, spelled
from dayloom.language.rules.tokens import Found, Line

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
Place = Callable[[date, int], tuple[date, date]]


def _days(first: int, until: int) -> Place:
    return lambda today, _: (today + first * DAY, today + until * DAY)


def _week(number: int) -> Place:
    def place(today: date, week_start: int) -> tuple[date, date]:
        first = week_of(today, week_start) + number * WEEK
        return max(first, today), first + WEEK

    return place


def _weekend(number: int) -> Place:
    def place(today: date, _: int) -> tuple[date, date]:
        saturday = today + ((5 - today.weekday()) % 7) * DAY
        if today.weekday() == 6:
            saturday = today - DAY
        first = saturday + number * WEEK
        return max(first, today), first + 2 * DAY

    return place


def _months(number: int, length: int) -> Place:
    def place(today: date, _: int) -> tuple[date, date]:
        month = today.replace(month=(today.month - 1) // length * length + 1, day=1)
        first = add_months(month, number * length) or today
        return max(first, today), add_months(first, length) or first

    return place


def _working_week_end(today: date, _: int) -> tuple[date, date]:
    friday = today + ((4 - today.weekday()) % 7) * DAY
    return today, friday + DAY


def _friday_of(week: Place) -> Place:
    def place(today: date, week_start: int) -> tuple[date, date]:
        first, until = week(today, week_start)
        friday = until - ((until.weekday() - 4 - 1) % 7 + 1) * DAY
        return min(first, friday), friday + DAY

    return place


_LATER_WEEKS = {
    "next week": _week(1),
    "the coming week": _week(1),
    "the following week": _week(1),
    "week after next": _week(2),
    "the week after next": _week(2),
    "the week after": _week(2),
}
_WEEK_NAMES = {"this week": _week(0)} | _LATER_WEEKS
_LONGER = {
    "this month": _months(0, 1),
    "the month": _months(0, 1),
    "next month": _months(1, 1),
    "this quarter": _months(0, 3),
    "the quarter": _months(0, 3),
    "next quarter": _months(1, 3),
    "this year": _months(0, 12),
    "the year": _months(0, 12),
    "next year": _months(1, 12),
}
_WITHIN = phrase_table(
    dict.fromkeys(("today", "2day", "later today", "the day"), _days(0, 1))
    | dict.fromkeys(("tomorrow", "tomorow", "tmrw", "tmr", "tmw", "tomorrows"), _days(1, 2))
    | dict.fromkeys(("the day after tomorrow", "day after tomorrow", "overmorrow"), _days(2, 3))
    | dict.fromkeys(spelled("this|the|over the|on the|", "weekend|week - end"), _weekend(0))
    | dict.fromkeys(("next weekend", "the next weekend"), _weekend(1))
    | _WEEK_NAMES
    | {name: place for name, place in _LONGER.items() if not name.startswith("the ")}
)
_ENDS = phrase_table(
    dict.fromkeys(
        ("eod", "end of day", "end of the day", "end of today", "end of the working day"),
        _days(0, 1),
    )
    | dict.fromkeys(("end of tomorrow", "eod tomorrow", "tomorrow eod"), _days(1, 2))
    | dict.fromkeys(
        ("eow", "end of week", "end of the week", "end of this week"), _working_week_end
    )
    | dict.fromkeys(("eom", "end of month"), _months(0, 1))
    | dict.fromkeys(("eoq", "end of quarter"), _months(0, 3))
    | dict.fromkeys(("eoy", "end of year", "year end"), _months(0, 12))
    | {f"end of {name}": _friday_of(place) for name, place in _LATER_WEEKS.items()}
    | {f"end of {name}": place for name, place in _LONGER.items()}
)
_EDGES = phrase_table(
    dict.fromkeys(spelled("beginning|start", "of"), "early")
    | {"early in": "early", "early": "early", "mid": "mid", "mid -": "mid", "middle of": "mid"}
    | {"late": "late", "late in": "late", "end of": "end", "the end of": "end"}
)
_FEASTS = phrase_table({name: name for name in FEASTS})
_IN = frozenset({"in", "during"})


def read_named_period(line: Line, at: int) -> Found[Period] | None:
    """Return the named days at `at`."""
    return (
        _read_ending(line, at)
        or _read_edge(line, at)
        or _read_within(line, at)
        or _read_month(line, at)
        or _read_quarter(line, at)
        or _read_feast(line, at)
    )


def _read_ending(line: Line, at: int) -> Found[Period] | None:
    found = match_phrase(_ENDS, line, skip(line, at, THE))
    if found is None:
        return None
    first, until = found.value(line.today, line.context.week_start)
    return Found(Period(first=first, until=until, bearing=Bearing.ENDS), found.end)


def _read_within(line: Line, at: int) -> Found[Period] | None:
    found = match_phrase(_WITHIN, line, at)
    if found is None:
        return None
    first, until = found.value(line.today, line.context.week_start)
    next_weekend = line.words[found.end - 2 : found.end] == ("next", "weekend")
    shy = line.words[at : found.end] == ("the", "day")
    return Found(Period(first=first, until=until, shy=shy), found.end, guess=next_weekend)


def _read_edge(line: Line, at: int) -> Found[Period] | None:
    """Return "beginning of next month", "mid June", "late next week" or "end of March"."""
    edge = match_phrase(_EDGES, line, skip(line, at, THE))
    if edge is None:
        return None
    base = _read_within(line, edge.end) or _read_month(line, edge.end)
    if base is None or base.value.one_day or base.value.until - base.value.first > 40 * DAY:
        return None
    if edge.value == "end":
        period = Period(first=base.value.first, until=base.value.until, bearing=Bearing.ENDS)
        return Found(period, base.end)
    first, until = _third(base.value, edge.value)
    return Found(Period(first=first, until=until), base.end, guess=True)


def _third(period: Period, edge: str) -> tuple[date, date]:
    """Return the beginning, middle or end of a week or month, without its weekend."""
    if period.until - period.first <= WEEK:
        first, until = {"early": (0, 2), "mid": (2, 3), "late": (3, 5)}[edge]
        return period.first + first * DAY, period.first + until * DAY
    first, until = {"early": (0, 5), "mid": (12, 17), "late": (20, 28)}[edge]
    until = until if edge != "late" else (period.until - period.first).days
    return period.first + first * DAY, period.first + until * DAY


def _read_month(line: Line, at: int) -> Found[Period] | None:
    """Return "in March", "March 2027" and "next March"; a bare "March" is shy."""
    start = skip(line, at, _IN)
    nexted = line.word(start) == "next" and line.word(start + 1) not in ("month",)
    month = read_month_beginning(line, start + 1 if nexted else start)
    if month is None:
        return None
    first = max(month.value, line.today)
    shy = start == at and not nexted and month.end == start + 1
    return Found(Period(first=first, until=month_end(month.value), shy=shy), month.end)


def _read_quarter(line: Line, at: int) -> Found[Period] | None:
    """Return "Q3" as the coming one, always shy: "Plan Q3" is a title."""
    ends = line.words[at : at + 2] == ("end", "of")
    start = at + 2 if ends else skip(line, at, _IN)
    number = line.number(start + 1, digits=1)
    if line.word(start) != "q" or not line.glued(start + 1) or number not in (1, 2, 3, 4):
        return None
    first = date(line.today.year, 3 * number - 2, 1)
    until = add_months(first, 3) or first
    if until <= line.today:
        first, until = (add_months(day, 12) or day for day in (first, until))
    bearing = Bearing.ENDS if ends else Bearing.WITHIN
    shy = start == at
    period = Period(first=max(first, line.today), until=until, bearing=bearing, shy=shy)
    return Found(period, start + 2)


def _read_feast(line: Line, at: int) -> Found[Period] | None:
    found = match_phrase(_FEASTS, line, at)
    if found is None:
        return None
    day = feast_in(found.value, line.today.year)
    if day < line.today:
        day = feast_in(found.value, line.today.year + 1)
    return Found(one_day(day, shy=True), found.end)
