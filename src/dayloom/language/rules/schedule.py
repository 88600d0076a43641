"""When: the mentions and the repetition of a line settled against each other."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from dayloom.language.draft import Reading
from dayloom.language.rules.leads import Role
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.names import WEEKDAYS
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
from dayloom.language.rules.scan import Phrase
from dayloom.language.rules.series import arrange_series, repetition_of
from dayloom.language.rules.times import Instant, clock_length, earliest_start, latest_end
from dayloom.language.rules.tokens import Line
from dayloom.language.rules.wall import day_start, instant

WEEK = timedelta(days=7)


def arrange(line: Line, phrases: list[Phrase]) -> Schedule:
    """Return the schedule that the phrases ask for; a led date wins over a bare one."""
    said = [Said(p, p.value) for p in phrases if isinstance(p.value, Mention)]
    schedule = repetition_of(phrases, said)
    if schedule.rrule:
        return arrange_series(line, schedule, schedule.rrule, said)
    day = _lone_day(said)
    schedule = _with_ends(line, schedule, said, day)
    schedule = _with_release(line, schedule, said, day)
    schedule = _in_order(line, schedule)
    schedule = _with_day(line, schedule, said)
    return with_parts(schedule, said)


def _lone_day(said: list[Said]) -> date | None:
    """Return the day on which times without a date are meant."""
    on = last(dated_days(said), Role.ON)
    period = on.mention.moment.period if on else None
    return period.first if period else None


def _one_day(said: list[Said]) -> date | None:
    """Return the one day that is named, so that "between 4 and 6pm" is on it."""
    on = last(dated_days(said), Role.ON)
    period = on.mention.moment.period if on else None
    return period.first if period and period.one_day else None


def _hours_of(one: Said) -> bool:
    return one.mention.moment.hours is not None


def _with_ends(line: Line, schedule: Schedule, said: list[Said], day: date | None) -> Schedule:
    soft = last([one for one in said if not one.mention.hard], Role.END)
    hard = last([one for one in said if one.mention.hard], Role.END)
    if soft:
        due = reading(latest_end(line, soft.mention, day), soft)
        schedule = replace(schedule, due=due, used=(*schedule.used, soft.phrase))
    if hard:
        deadline = reading(latest_end(line, hard.mention, day), hard)
        schedule = replace(schedule, deadline=deadline, used=(*schedule.used, hard.phrase))
    return schedule


def _with_release(line: Line, schedule: Schedule, said: list[Said], day: date | None) -> Schedule:
    on_day = _one_day(said)
    known = [one for one in said if one.mention.moment.period or (on_day and _hours_of(one))]
    window_ = last(known, Role.WINDOW)
    if window_:
        schedule = replace(
            schedule,
            release=reading(earliest_start(line, window_.mention, on_day), window_),
            due=schedule.due or reading(latest_end(line, window_.mention, on_day), window_),
            used=(*schedule.used, window_.phrase),
        )
    start = last(said, Role.START)
    if start is None:
        return schedule
    release = reading(earliest_start(line, start.mention, day), start)
    return replace(schedule, release=release, used=(*schedule.used, start.phrase))


def _in_order(line: Line, schedule: Schedule) -> Schedule:
    """Let "by Thursday" be the one after "not before Monday"."""
    if schedule.release is None:
        return schedule
    release = schedule.release.value
    for phrase in schedule.used:
        words = line.words[phrase.start : phrase.end]
        if WEEKDAYS.keys().isdisjoint(words) or any(word.isdecimal() for word in words):
            continue
        if schedule.due and schedule.due.span == phrase.span:
            schedule = replace(schedule, due=_weeks_on(line, schedule.due, release))
        if schedule.deadline and schedule.deadline.span == phrase.span:
            schedule = replace(schedule, deadline=_weeks_on(line, schedule.deadline, release))
    return schedule


def _weeks_on(line: Line, end: Reading[datetime], release: datetime) -> Reading[datetime]:
    """Return the first such weekday whose end is after the release."""
    wall = end.value.replace(tzinfo=None)
    behind = release.replace(tzinfo=None) - wall
    if behind < timedelta(0):
        return end
    day = wall.date() + (behind // WEEK + 1) * WEEK
    return replace(end, value=instant(day, wall.time(), line.context.zone))


def _with_day(line: Line, schedule: Schedule, said: list[Said]) -> Schedule:
    """Fill the start from a day with a time, or release and due from a day alone."""
    dated, clocked = last(dated_days(said), Role.ON), last(bare_clocks(said), Role.ON)
    timed = dated if dated and dated.mention.moment.timed else clocked
    if timed:
        return _with_start(line, schedule, timed, dated)
    if dated is None or _conflicts(line, schedule, dated):
        return schedule
    begin = _first_day(line, dated)
    end = latest_end(line, _whole_days(dated))
    if _ends_before(schedule, end):
        return replace(
            schedule,
            release=schedule.release or begin,
            used=(*schedule.used, dated.phrase),
        )
    return replace(
        schedule,
        release=schedule.release or begin,
        due=schedule.due or reading(end, dated),
        used=(*schedule.used, dated.phrase),
    )


def _whole_days(dated: Said) -> Mention:
    return replace(dated.mention, moment=replace(dated.mention.moment, part=None), whole=True)


def _ends_before(schedule: Schedule, end: Instant) -> bool:
    limit = schedule.deadline
    return limit is not None and limit.value <= end.at


def _conflicts(line: Line, schedule: Schedule, dated: Said) -> bool:
    """Would the day begin after the work must be over?"""
    begin = _first_day(line, dated)
    ends = [reading.value for reading in (schedule.due, schedule.deadline) if reading]
    return begin is not None and any(begin.value >= end for end in ends)


def _first_day(line: Line, dated: Said) -> Reading[datetime] | None:
    """Return the beginning of the day; today needs none."""
    period = dated.mention.moment.period
    if period is None or period.first <= line.today:
        return None
    return reading(Instant(day_start(period.first, line.context.zone), guess=False), dated)


def _with_start(line: Line, schedule: Schedule, timed: Said, dated: Said | None) -> Schedule:
    period = dated.mention.moment.period if dated else None
    part = timed.mention.moment.part or (dated.mention.moment.part if dated else None)
    mention = replace(timed.mention, moment=replace(timed.mention.moment, part=part))
    start = earliest_start(line, mention, period.first if period else None)
    length = clock_length(mention.moment)
    used = (timed.phrase,) if dated is None or dated is timed else (timed.phrase, dated.phrase)
    return replace(
        schedule,
        start=reading(start, timed),
        duration=length_of(length, timed),
        used=(*schedule.used, *used),
    )
