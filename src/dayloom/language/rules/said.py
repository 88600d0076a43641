"""The schedule of a line and the mentions that it is made of."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dayloom.language.draft import Reading, TimeOfDay
from dayloom.language.rules.leads import Role
from dayloom.language.rules.mentions import Mention
from dayloom.language.rules.scan import Phrase
from dayloom.language.rules.times import Instant, window


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What was said of when, and the phrases that said it."""

    start: Reading[datetime] | None = None
    release: Reading[datetime] | None = None
    due: Reading[datetime] | None = None
    deadline: Reading[datetime] | None = None
    duration: Reading[timedelta] | None = None
    times_of_day: tuple[Reading[TimeOfDay], ...] = ()
    rrule: Reading[str] | None = None
    times_per_week: Reading[int] | None = None
    used: tuple[Phrase, ...] = ()

    @property
    def dated(self) -> bool:
        return any((self.start, self.release, self.due, self.deadline, self.rrule))


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase that is known to be a mention."""

    phrase: Phrase
    mention: Mention


def last(said: list[Said], *roles: Role) -> Said | None:
    """Return the last led mention with the role, else the last."""
    fitting = [one for one in said if one.mention.role in roles]
    led = [one for one in fitting if one.mention.led]
    return next(reversed(led or fitting), None)


def dated_days(said: list[Said]) -> list[Said]:
    return [one for one in said if one.mention.role is Role.ON and one.mention.moment.period]


def bare_clocks(said: list[Said]) -> list[Said]:
    return [
        one
        for one in said
        if one.mention.role is Role.ON
        and one.mention.moment.timed
        and not one.mention.moment.period
    ]


def reading(instant: Instant, one: Said) -> Reading[datetime]:
    """Return the instant with the place that it was read from."""
    return Reading(value=instant.at, span=one.phrase.span, guess=instant.guess or one.phrase.guess)


def length_of(length: timedelta | None, timed: Said) -> Reading[timedelta] | None:
    """Return how long the hours of "9-11am" are, as doubtful as they are."""
    phrase = timed.phrase
    return Reading(value=length, span=phrase.span, guess=phrase.guess) if length else None


def with_parts(schedule: Schedule, said: list[Said]) -> Schedule:
    """Add the preferred times of day; a fixed start needs none."""
    if schedule.start:
        return schedule
    parts = list(schedule.times_of_day)
    used = list(schedule.used)
    for one in said:
        part = _window_of(one.mention)
        if part and not (one.mention.role is Role.WINDOW and one.phrase in schedule.used):
            parts.append(Reading(value=part, span=one.phrase.span, guess=one.phrase.guess))
            used.append(one.phrase)
    return replace(schedule, times_of_day=tuple(parts), used=tuple(dict.fromkeys(used)))


def _window_of(mention: Mention) -> TimeOfDay | None:
    moment = mention.moment
    if mention.role is Role.ON:
        return moment.part
    if mention.role is Role.WINDOW and moment.hours and not moment.period:
        return window(moment.hours.start, moment.hours.end)
    return None
