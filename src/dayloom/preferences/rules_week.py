"""A week of wall time, in minutes of each day: what hours become under the rules."""

from collections.abc import Iterable, Sequence
from datetime import date

from dayloom.language.wishes import Wish
from dayloom.planning.availability import parse_clock

DAY = 24 * 60
DAYS = range(7)
USUAL = ((9 * 60, 17 * 60),)

Spans = tuple[tuple[int, int], ...]
Week = tuple[Spans, ...]
ALWAYS: Week = (((0, DAY),),) * 7


def to_week(weekly: Sequence[Sequence[Sequence[str]]]) -> Week:
    """Return stored hours as minutes; what runs past midnight belongs to both days."""
    return _split(
        (day, parse_clock(start), parse_clock(end))
        for day, spans in enumerate(weekly)
        for start, end in spans
    )


def to_weekly(week: Week) -> list[list[list[str]]]:
    return [[[_clock(start), _clock(end)] for start, end in spans] for spans in week]


def shaped(week: Week, hours: Sequence[Wish]) -> Week:
    """Return the week with the hours that were asked for.

    Hours of named days count before those of every day; where some name the whole week, the
    days that nobody names are off.
    """
    usual = next((spans for spans in week if spans), USUAL)
    stays = _split(
        (day, start, end)
        for day in DAYS
        for start, end in _day(week[day], _asked(day, week, hours), usual=usual)
    )
    off = any(wish.days_off for wish in hours)
    named = {day for wish in hours for day in wish.days}
    return tuple(() if off and day not in named else stays[day] for day in DAYS)


def without(week: Week, closed: Week) -> Week:
    """Return the week where `closed` is not open."""
    return tuple(_minus(mine, theirs) for mine, theirs in zip(week, closed, strict=True))


def within(week: Week, other: Week) -> Week:
    """Return what both have in common."""
    return without(week, without(ALWAYS, other))


def times_of(wishes: Iterable[Wish]) -> Week:
    """Return all the times that the wishes are about."""
    return _split(
        (day, parse_clock(wish.start or "00:00"), parse_clock(wish.end or "24:00"))
        for wish in wishes
        for day in wish.days or DAYS
    )


def holds(week: Week, weekday: int, minute: int) -> bool:
    """Tell whether that minute of a day is part of the week."""
    return any(start <= minute < end for start, end in week[weekday])


def minutes_of(week: Week) -> int:
    return sum(end - start for spans in week for start, end in spans)


def longest_of(week: Week) -> int:
    """Return the longest stretch of one day."""
    return max((end - start for spans in week for start, end in spans), default=0)


def cut_dates(exceptions: dict[str, list[list[str]]], closed: Week) -> dict[str, list[list[str]]]:
    """Return the hours of single dates without what is closed on their weekdays."""
    return {day: _cut_date(day, spans, closed) for day, spans in exceptions.items()}


def _cut_date(day: str, spans: list[list[str]], closed: Week) -> list[list[str]]:
    """Cut one date's hours; of those past midnight, what is left ends with the day."""
    weekday = date.fromisoformat(day).weekday()
    pairs = ((parse_clock(start), parse_clock(end)) for start, end in spans)
    whole = _merged((start, end if end > start else DAY) for start, end in pairs)
    if not closed[weekday]:
        return spans
    return [[_clock(start), _clock(end)] for start, end in _minus(whole, closed[weekday])]


def _asked(day: int, week: Week, hours: Sequence[Wish]) -> list[Wish]:
    named = [wish for wish in hours if day in wish.days]
    return named or [wish for wish in hours if not wish.days and week[day]]


def _day(present: Spans, asked: Sequence[Wish], *, usual: Spans) -> Spans:
    """Return the hours of one day; those past midnight end after it."""
    if not asked:
        return present
    whole = [wish for wish in asked if wish.start and wish.end]
    spans = tuple((parse_clock(w.start or ""), parse_clock(w.end or "")) for w in whole)
    spans = spans or present or usual
    for wish in asked:
        if wish.start and not wish.end:
            spans = _from(spans, parse_clock(wish.start))
        elif wish.end and not wish.start:
            spans = _until(spans, parse_clock(wish.end))
    return spans


def _from(spans: Spans, start: int) -> Spans:
    """Let the day begin at `start`, earlier or later than it did."""
    later = tuple((max(begin, start), end) for begin, end in spans if end > start)
    return ((start, later[0][1]), *later[1:]) if later else ()


def _until(spans: Spans, end: int) -> Spans:
    before = tuple((start, min(last, end)) for start, last in spans if start < end)
    return (*before[:-1], (before[-1][0], end)) if before else ()


def _split(spans: Iterable[tuple[int, int, int]]) -> Week:
    days: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for day, start, end in spans:
        if end > start:
            days[day].append((start, end))
            continue
        days[day].append((start, DAY))
        if end:
            days[(day + 1) % 7].append((0, end))
    return tuple(_merged(each) for each in days)


def _merged(spans: Iterable[tuple[int, int]]) -> Spans:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def _minus(spans: Spans, taken: Spans) -> Spans:
    for start, end in taken:
        spans = tuple(
            (low, high)
            for begin, last in spans
            for low, high in ((begin, min(last, start)), (max(begin, end), last))
            if low < high
        )
    return spans


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
