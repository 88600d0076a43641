"""Daily caps in the terms of the planner: what was worked today counts against today's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dayloom.language.wishes import WishKind
from dayloom.planning.interval import Interval
from dayloom.planning.problem import Cap
from dayloom.plans.hours import HourChoice
from dayloom.plans.inputs import PlanInputs
from dayloom.preferences.models import Preferences
from dayloom.tasks.models import Task

NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose time a cap counts: all, that of one hour map, or that of a kind of tasks.

    `cap` is what the settings say, `names` are the hours that count for the planner.
    """

    hour_map: str
    subject: str
    cap: timedelta | None
    names: tuple[str, ...]


def caps_of(inputs: PlanInputs, days: Sequence[Interval]) -> Iterator[Cap]:
    """Yield the caps, less what was worked today."""
    yield from daily_caps(
        inputs.hours,
        inputs.preferences,
        days,
        worked=lambda scope: _worked(inputs, days[0], scope),
    )


def daily_caps(
    hours: HourChoice,
    preferences: Preferences,
    days: Sequence[Interval],
    *,
    worked: Callable[[Scope], timedelta] | None = None,
) -> Iterator[Cap]:
    """Yield the cap of all work, those of single hour maps, and those of kinds of tasks, with a
    limit for each day. The hours of the tasks have been derived before."""
    for scope in _scopes(hours, preferences):
        limits = [_limit(hours, scope, day) for day in days]
        if not any(limit is not None for limit in limits):
            continue
        full = [
            day.duration if limit is None else limit
            for day, limit in zip(days, limits, strict=True)
        ]
        if limits[0] is not None and worked is not None:
            full[0] = max(NOTHING, limits[0] - worked(scope))
        first, *also = scope.names or (None,)
        yield Cap(limits=tuple(full), hours=first, also=tuple(name for name in also if name))


def limits_anything(hours: HourChoice, preferences: Preferences) -> bool:
    """Tell whether there is any limit on a day."""
    by_rule = hours.rules.ruling.of_kind(WishKind.DAILY_LIMIT)
    caps = (preferences.daily_cap, *(hour_map.daily_cap for hour_map in hours.hour_maps))
    return bool(by_rule) or any(cap is not None for cap in caps)


def _scopes(hours: HourChoice, preferences: Preferences) -> Iterator[Scope]:
    rules = hours.rules
    yield Scope("", "", preferences.daily_cap, ())
    for one in hours.hour_maps:
        yield Scope(one.name, "", one.daily_cap, (one.name, *rules.names(hour_map=one.name)))
    for subject in sorted(rules.ruling.special):
        if names := rules.names(subject=subject):
            yield Scope("", subject, None, names)


def _limit(hours: HourChoice, scope: Scope, day: Interval) -> timedelta | None:
    """Return the lower one of what the settings and the rules say."""
    weekday = day.start.astimezone(hours.zone).weekday()
    by_rule = hours.rules.ruling.limit(weekday, subject=scope.subject, hour_map=scope.hour_map)
    return min((limit for limit in (scope.cap, by_rule) if limit is not None), default=None)


def _worked(inputs: PlanInputs, day: Interval, scope: Scope) -> timedelta:
    """Return what was worked on a day within a scope."""
    counted = [
        task
        for task in (*inputs.tasks, *inputs.finished)
        if task.worked and _counts(inputs, task, scope)
    ]
    return sum((_within(task, day, inputs.now) for task in counted), NOTHING)


def _counts(inputs: PlanInputs, task: Task, scope: Scope) -> bool:
    if scope.subject:
        return scope.subject in inputs.rules.subjects(task)
    return not scope.hour_map or inputs.hours.base(task).name == scope.hour_map


def _within(task: Task, day: Interval, now: datetime) -> timedelta:
    common = (
        day.intersection(Interval(worked.start, max(worked.start, worked.end or now)))
        for worked in task.worked
    )
    return sum((part.duration for part in common if part), NOTHING)
