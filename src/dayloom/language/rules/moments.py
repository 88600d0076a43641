"""Dates, times and parts of the day that stand together: "tomorrow morning at 9"."""

from dataclasses import replace
from datetime import datetime

from dayloom.language.draft import TimeOfDay
from dayloom.language.rules.amounts import read_amount
from dayloom.language.rules.clock import (
    DAY,
    Clock,
    read_clock,
    read_range,
    read_time,
    settle,
)
from dayloom.language.rules.moment import (
    Moment,
    as_clock,
    as_hours,
    as_part,
    as_period,
    merged,
)
from dayloom.language.rules.parts import EVENING, is_plural, read_part, read_part_name, usual_part
from dayloom.language.rules.period import Bearing, Period, one_day
from dayloom.language.rules.phrases import match_phrase, phrase_table, skip
from dayloom.language.rules.relative import read_date, read_relative
from dayloom.language.rules.tokens import Found, Line
from dayloom.language.rules.week_dates import read_week_of_day

MOST_COMPONENTS = 4


_JOINERS = phrase_table(
    dict.fromkeys((",", "on", ", on", "at", "for", "of", "the", "on the", "t", "-", "from"), True)
)
_END_OF_DAY = phrase_table(
    dict.fromkeys(("eod", "end of day", "end of the day", "close of day"), True)
)
_OF_DAY = phrase_table(dict.fromkeys(("of", "on"), True))
_TITLED = (("night",), ("evening",), ("morning",))
_TODAY_PARTS = phrase_table({"this": True, "later this": True, "earlier this": True})
_TONIGHT = frozenset({"tonight", "tonite", "2nite"})


def read_moment(line: Line, at: int, *, led: bool = False) -> Found[Moment] | None:
    """Return the moment at `at`. `led`: after "by" or the like, where a bare number is a time."""
    place = ("moment", at, led)
    if place not in line.known:
        line.known[place] = _read_moment(line, at, led=led)
    found: Found[Moment] | None = line.known[place]
    return found


def _read_moment(line: Line, at: int, *, led: bool) -> Found[Moment] | None:
    found = _read_first(line, at, led=led)
    for _ in range(MOST_COMPONENTS):
        more = _read_more(line, found) if found else None
        if found is None or more is None:
            break
        found = more
    if found is None or not line.closed(found.end):
        return None
    return Found(_fitted(line, found.value), found.end, found.guess)


def _fitted(line: Line, moment: Moment) -> Moment:
    """Return the moment with its hours in the half of the day that is meant."""
    if moment.hours is None or not moment.hours.open:
        return moment
    return replace(moment, hours=moment.hours.within(moment.part or usual_part(line)))


def _read_first(line: Line, at: int, *, led: bool) -> Found[Moment] | None:
    relative = read_relative(line, at)
    if relative and isinstance(relative.value, datetime):
        ends = line.word(at) == "within"
        return Found(Moment(at=relative.value, ends=ends), relative.end, relative.guess)
    if relative and isinstance(relative.value, Period):
        return Found(Moment(period=relative.value), relative.end, relative.guess)
    return (
        _read_today_part(line, at)
        or _read_day_after_end(line, at)
        or _read_bare_clock_tonight(line, at)
        or _read_hours_of_part(line, at)
        or as_period(_unless_longer(line, at, read_date(line, at)))
        or as_hours(read_range(line, at))
        or as_clock(read_time(line, at) if led else read_clock(line, at))
        or as_part(read_part_name(line, at) if led else read_part(line, at))
        or _read_part_of_date(line, at)
    )


def _unless_longer(line: Line, at: int, dated: Found[Period] | None) -> Found[Period] | None:
    """Return the date, but not the "first" of "first thing" or the "8.30" of "8.30pm"."""
    if dated is None or not dated.value.shy:
        return dated
    rivals = (read_part(line, at), read_clock(line, at))
    return None if any(one and one.end > dated.end for one in rivals) else dated


def _read_hours_of_part(line: Line, at: int) -> Found[Moment] | None:
    """Return "5 to 7 in the evening"."""
    hours = read_range(line, at, lenient=True) if line.fresh(at) else None
    part = read_part_name(line, hours.end) if hours else None
    if hours is None or part is None or is_plural(line, part):
        return None
    return Found(Moment(hours=hours.value, part=part.value), part.end)


def _read_part_of_date(line: Line, at: int) -> Found[Moment] | None:
    """Return "late afternoon tomorrow" and "morning of the 15th", but not "movie night Friday"."""
    part = read_part_name(line, at)
    if part is None or is_plural(line, part) or line.words[at : part.end] == ("lunch",):
        return None
    joiner = match_phrase(_OF_DAY, line, part.end)
    if joiner is None and line.words[at : part.end] in _TITLED and at > 0:
        return None
    dated = as_period(_sure_date(line, joiner.end if joiner else part.end))
    return merged(Moment(part=part.value), dated) if dated else None


def _read_more(line: Line, so_far: Found[Moment]) -> Found[Moment] | None:
    """Return the moment with the component that follows, or nothing when none does."""
    joiner = match_phrase(_JOINERS, line, so_far.end)
    places = (so_far.end, joiner.end) if joiner else (so_far.end,)
    for place in places:
        if (
            line.glued(place)
            and line.word(place - 1) not in (",", "t")
            and line.word(place) != "t"
        ):
            continue
        more = _read_component(line, place, so_far.value)
        if more:
            return Found(more.value, more.end, so_far.guess or more.guess)
    return None


def _read_component(line: Line, at: int, moment: Moment) -> Found[Moment] | None:
    if moment.at:
        return None
    if not moment.timed:
        hours = read_range(line, at, lenient=moment.period is not None)
        timed = as_hours(hours) or as_clock(_read_joined_clock(line, at))
        if timed:
            return merged(moment, timed)
    if moment.period and moment.period.one_day and match_phrase(_END_OF_DAY, line, at):
        return _ending(line, at, moment)
    if moment.period is None:
        dated = _read_today_part(line, at) or as_period(_sure_date(line, at))
        if dated and not (dated.value.part and moment.part):
            return merged(moment, dated)
    return _read_part_or_week(line, at, moment)


def _ending(line: Line, at: int, moment: Moment) -> Found[Moment] | None:
    """Return "Monday EOD": when the work is over, on that day."""
    end = match_phrase(_END_OF_DAY, line, at)
    if end is None or moment.period is None or moment.part:
        return None
    return Found(replace(moment, period=replace(moment.period, bearing=Bearing.ENDS)), end.end)


def _read_day_after_end(line: Line, at: int) -> Found[Moment] | None:
    """Return "EOD Monday" and "end of day on Friday"."""
    end = match_phrase(_END_OF_DAY, line, at)
    day = _sure_date(line, skip(line, end.end, frozenset({"on"}))) if end else None
    if day is None or not day.value.one_day:
        return None
    period = replace(day.value, bearing=Bearing.ENDS)
    return Found(Moment(period=period), day.end, day.guess)


def _read_part_or_week(line: Line, at: int, moment: Moment) -> Found[Moment] | None:
    if moment.part is None:
        part = read_part_name(line, at)
        if part and not is_plural(line, part):
            return merged(moment, Found(Moment(part=part.value), part.end))
        return None
    week = read_week_of_day(line, at, moment.period) if moment.period else None
    return merged(moment, Found(Moment(period=week.value), week.end)) if week else None


def _read_joined_clock(line: Line, at: int) -> Found[Clock] | None:
    """Return a time; after "at" and "for" a bare number will do, but not the one of "2 hours"."""
    if line.word(at - 1) not in ("at", "@", "for", "around"):
        return read_clock(line, at)
    return read_time(line, at) if read_amount(line, at) is None else None


def _sure_date(line: Line, at: int) -> Found[Period] | None:
    relative = read_relative(line, at)
    if relative and isinstance(relative.value, Period):
        return Found(relative.value, relative.end, relative.guess)
    found = read_date(line, at)
    shy = found is not None and found.value.shy and line.word(at - 1) not in ("on", "the", "for")
    return None if shy else found


def _read_today_part(line: Line, at: int) -> Found[Moment] | None:
    """Return "tonight" and "this morning"."""
    today = line.today
    if line.word(at) in _TONIGHT:
        return Found(Moment(period=one_day(today), part=EVENING), at + 1)
    this = match_phrase(_TODAY_PARTS, line, at)
    part = read_part_name(line, this.end) if this else None
    if part is None or is_plural(line, part) or part.value.name.endswith("lunch"):
        return None
    return Found(Moment(period=one_day(today), part=part.value), part.end)


def _read_bare_clock_tonight(line: Line, at: int) -> Found[Moment] | None:
    """Return "8 tonight", "10, this evening" and "five-thirty tomorrow evening"."""
    clock = read_time(line, at)
    if clock is None or not line.fresh(at):
        return None
    start = skip(line, clock.end, frozenset({","}))
    tonight = _read_today_part(line, start) or _read_dated_part(line, start)
    if tonight is None or not (clock.value.explicit or _is_in(clock.value, tonight.value.part)):
        return None
    return merged(Moment(clock=clock.value), tonight)


def _read_dated_part(line: Line, at: int) -> Found[Moment] | None:
    """Return "tomorrow evening"."""
    day = _sure_date(line, at)
    part = read_part_name(line, day.end) if day else None
    if day is None or part is None or is_plural(line, part):
        return None
    return Found(Moment(period=day.value, part=part.value), part.end, day.guess)


def _is_in(clock: Clock, part: TimeOfDay | None) -> bool:
    """Is it one of the hours of the part of the day, as 8 is of "tonight" and 13 is not?"""
    minutes, _ = settle(clock, part)
    return part is None or (minutes < DAY and part.start.hour - 2 <= minutes // 60)
