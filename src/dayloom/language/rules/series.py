"""Repeating work: its rule, its first day and time, its end and its windows of the day."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import rrulestr

from dayloom.language.draft import Reading, TimeOfDay
from dayloom.language.rules.clock import Clock, settle
from dayloom.language.rules.leads import Role
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.repetition import Repetition
from dayloom.language.rules.said import (
    Said,
    Schedule,
    bare_clocks,
    dated_days,
    last,
    length_of,
    reading,
    with_parts,
)
from dayloom.language.rules.scan import Habit, Phrase
from dayloom.language.rules.times import clock_length, clock_on, earliest_start, window
from dayloom.language.rules.tokens import Line
from dayloom.language.rules.wall import day_start, is_past

ONE_DAY = timedelta(days=1)
_INTERVAL = re.compile(r";INTERVAL=[0-9]+")


def repetition_of(phrases: list[Phrase], said: list[Said]) -> Schedule:
    """Return the schedule with nothing but what repeats; a habit goes before a rule."""
    habits = [p for p in phrases if isinstance(p.value, Habit)]
    if habits and isinstance(habits[-1].value, Habit):
        times = Reading(value=habits[-1].value.times, span=habits[-1].span)
        return Schedule(times_per_week=times, used=(habits[-1],))
    rules = [p for p in phrases if isinstance(p.value, Repetition)]
    best = next((p for p in rules if not p.guess), rules[0] if rules else None)
    if best is None or not isinstance(best.value, Repetition):
        return Schedule()
    if best.value.kept and any(one.mention.role is Role.END for one in said):
        return Schedule()
    rule = Reading(value=best.value.rrule, span=best.span, guess=best.guess)
    parts = (Reading(value=best.value.part, span=best.span),) if best.value.part else ()
    return Schedule(rrule=rule, times_of_day=parts, used=(best,))


def arrange_series(
    line: Line, schedule: Schedule, rule: Reading[str], said: list[Said]
) -> Schedule:
    """Return the schedule of work that repeats by `rule`."""
    begin = last(said, Role.START) or last(dated_days(said), Role.ON)
    first = line.today
    if begin and begin.mention.moment.period:
        first = begin.mention.moment.period.first
        schedule = _starting(line, schedule, begin)
    elif _INTERVAL.search(rule.value) and "BYDAY" in rule.value:
        schedule = _from_first_day(line, schedule, rule)
    schedule = _ending(schedule, rule, said)
    schedule = _at_a_time(line, schedule, said, first)
    return with_parts(_in_windows(schedule, said), said)


def next_days(rule: str, begin: date) -> list[date]:
    """Return the first two days from `begin` that the rule may start on, whatever its interval."""
    every = _INTERVAL.sub("", rule)
    days = rrulestr(every, dtstart=datetime.combine(begin, time()))
    return [day.date() for day in islice(days, 2)]


def _starting(line: Line, schedule: Schedule, begin: Said) -> Schedule:
    moment = replace(begin.mention.moment, clock=None, hours=None, part=None)
    start = earliest_start(line, replace(begin.mention, moment=moment))
    if is_past(start.at, line.now):
        return replace(schedule, used=(*schedule.used, begin.phrase))
    return replace(schedule, release=reading(start, begin), used=(*schedule.used, begin.phrase))


def _from_first_day(line: Line, schedule: Schedule, rule: Reading[str]) -> Schedule:
    """Begin "every other Tuesday" on the next Tuesday, not in the week after."""
    first = next(iter(next_days(rule.value, line.today)), line.today)
    if first == line.today:
        return schedule
    start = Reading(value=day_start(first, line.context.zone), span=rule.span, guess=rule.guess)
    return replace(schedule, release=start)


def _ending(schedule: Schedule, rule: Reading[str], said: list[Said]) -> Schedule:
    """Give the rule the last day of "until 31 Dec"."""
    end = last([one for one in said if one.mention.lasting], Role.END)
    if end is None or end.mention.moment.period is None:
        return schedule
    until = end.mention.moment.period.until - ONE_DAY
    ended = replace(rule, value=f"{rule.value};UNTIL={until:%Y%m%d}")
    return replace(schedule, rrule=ended, used=(*schedule.used, end.phrase))


def _at_a_time(line: Line, schedule: Schedule, said: list[Said], first: date) -> Schedule:
    """Fix the first start to the first day of the rule on which the time is still to come."""
    timed = last([one for one in (*bare_clocks(said), *dated_days(said)) if _timed(one)], Role.ON)
    moment = timed.mention.moment if timed else None
    clock = moment.begins if moment else None
    if timed is None or moment is None or clock is None or schedule.rrule is None:
        return schedule
    part = moment.part or next((known.value for known in schedule.times_of_day), None)
    minutes, guess = settle(clock, part)
    meant = Clock(minutes)
    starts = [clock_on(line, meant, day, None) for day in next_days(schedule.rrule.value, first)]
    coming = next((start for start in starts if not is_past(start.at, line.now)), None)
    if coming is None:
        return schedule
    coming = replace(coming, guess=coming.guess or guess)
    length = clock_length(moment)
    return replace(
        schedule,
        start=reading(coming, timed),
        release=None,
        duration=length_of(length, timed),
        times_of_day=(),
        used=tuple(dict.fromkeys((*schedule.used, timed.phrase))),
    )


def _timed(one: Said) -> bool:
    moment = one.mention.moment
    return moment.clock is not None or moment.hours is not None


def _in_windows(schedule: Schedule, said: list[Said]) -> Schedule:
    """Read "before 10am" and "after 5pm" as windows: the days are given by the rule."""
    for one in said:
        part = _daily_window(one.mention)
        if part and not schedule.start:
            found = Reading(value=part, span=one.phrase.span, guess=one.phrase.guess)
            schedule = replace(
                schedule,
                times_of_day=(*schedule.times_of_day, found),
                used=(*schedule.used, one.phrase),
            )
    return schedule


def _daily_window(mention: Mention) -> TimeOfDay | None:
    moment = mention.moment
    if moment.clock is None or moment.period:
        return None
    if mention.role is Role.END:
        return window(None, moment.clock)
    return window(moment.clock, None) if mention.role is Role.START else None
