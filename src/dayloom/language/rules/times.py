"""From mentions to instants: the start, the release, the due time and the deadline."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dayloom.language.draft import TimeOfDay
from dayloom.language.rules.clock import DAY, NOON, Clock, settle
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.moment import Moment
from dayloom.language.rules.parts import usual_part
from dayloom.language.rules.period import Bearing, Period
from dayloom.language.rules.tokens import Line
from dayloom.language.rules.wall import day_start, instant, is_past

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in time; `guess` when it is uncertain or already past."""

    at: datetime
    guess: bool


def latest_end(line: Line, mention: Mention, day: date | None = None) -> Instant:
    """Return when the work must be over; a time without a date is on `day`, else the next."""
    moment = mention.moment
    if moment.at:
        return _judged(line, moment.at)
    clock = moment.hours.end if moment.hours else moment.clock
    if clock:
        last = moment.period.until - ONE_DAY if moment.period else day
        return clock_on(line, clock, last, moment.part)
    if moment.part:
        edge = moment.part.start if mention.outside else moment.part.end
        on = moment.period.first if moment.period else day
        return clock_on(line, _clock_of(edge, is_end=not mention.outside), on, None)
    return _period_end(line, mention, _required(moment.period))


def earliest_start(line: Line, mention: Mention, day: date | None = None) -> Instant:
    """Return when the work may begin."""
    moment = mention.moment
    if moment.at:
        return _judged(line, moment.at)
    clock = moment.begins
    if clock:
        return clock_on(line, clock, moment.period.first if moment.period else day, moment.part)
    if moment.part:
        edge = moment.part.end if mention.outside else moment.part.start
        on = moment.period.first if moment.period else day
        return clock_on(line, _clock_of(edge, is_end=mention.outside), on, None)
    period = _required(moment.period)
    first = period.until if mention.outside else period.first
    return _judged(line, day_start(first, line.context.zone))


def clock_on(line: Line, clock: Clock, day: date | None, part: TimeOfDay | None) -> Instant:
    """Return the instant of `clock` on `day`, or its next one when there is no day."""
    usual = part or usual_part(line)
    minutes, guess = settle(clock, usual)
    guess = guess or (clock.open and part is not usual)
    if day is not None:
        found = _at_minutes(line, day, minutes)
        if is_past(found, line.now) and clock.open and minutes < NOON:
            evening = _at_minutes(line, day, minutes + NOON)
            if not is_past(evening, line.now):
                return Instant(evening, guess=True)
        return _judged(line, found, guess=guess)
    found = _at_minutes(line, line.today, minutes)
    if is_past(found, line.now):
        found = _at_minutes(line, line.today + ONE_DAY, minutes)
        guess = guess or (clock.open and part is None and minutes < NOON)
    return Instant(found, guess)


def clock_length(moment: Moment) -> timedelta | None:
    """Return how long "9-11am" is."""
    if moment.hours is None:
        return None
    start, _ = settle(moment.hours.start, moment.part)
    end, _ = settle(moment.hours.end, moment.part)
    return timedelta(minutes=(end - start) % DAY or DAY)


def window(start: Clock | None, end: Clock | None) -> TimeOfDay:
    """Return a stretch of the day between two times; an open side is the day's."""
    first = _settled_time(start) if start else time(6)
    last = _settled_time(end) if end else time()
    return TimeOfDay(name=f"{first:%H:%M}–{last:%H:%M}", start=first, end=last)


def _settled_time(clock: Clock) -> time:
    minutes, _ = settle(clock, None)
    return Clock(minutes).time


def _period_end(line: Line, mention: Mention, period: Period) -> Instant:
    zone = line.context.zone
    if mention.outside:
        return _judged(line, day_start(period.first, zone))
    longer = not period.one_day and period.bearing is Bearing.WITHIN
    if longer and not mention.whole and period.first > line.today:
        return Instant(day_start(period.first, zone), guess=True)
    return _judged(line, day_start(period.until, zone))


def _at_minutes(line: Line, day: date, minutes: int) -> datetime:
    days, rest = divmod(minutes, DAY)
    return instant(day + timedelta(days=days), time(rest // 60, rest % 60), line.context.zone)


def _clock_of(edge: time, *, is_end: bool) -> Clock:
    minutes = edge.hour * 60 + edge.minute
    return Clock(DAY if is_end and not minutes else minutes)


def _judged(line: Line, at: datetime, *, guess: bool = False) -> Instant:
    return Instant(at, guess or is_past(at, line.now))


def _required(period: Period | None) -> Period:
    if period is None:
        raise ValueError("a moment without a time has a period")
    return period
