"""Daily caps in the terms of the planner: what was worked today counts against today's."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.problem import Cap
from dayloom.plans.inputs import PlanInputs
from dayloom.preferences.models import HourMap
from dayloom.tasks.models import Task


def caps_of(inputs: PlanInputs, days: Sequence[Interval]) -> Iterator[Cap]:
    """Yield the cap of all work, then those of single hour maps, with a limit for each day."""
    caps: list[tuple[HourMap | None, timedelta | None]] = [(None, inputs.preferences.daily_cap)]
    caps += [(hour_map, hour_map.daily_cap) for hour_map in inputs.hour_maps]
    for hour_map, cap in caps:
        if cap is not None and days:
            today = max(timedelta(0), cap - _worked(inputs, days[0], hour_map))
            yield Cap(
                limits=(today, *[cap] * (len(days) - 1)),
                hours=hour_map.name if hour_map else None,
            )


def _worked(inputs: PlanInputs, day: Interval, hour_map: HourMap | None) -> timedelta:
    """Return what was worked on a day, of all tasks or of those with an hour map."""
    counted = [
        task
        for task in (*inputs.tasks, *inputs.finished)
        if task.worked and (hour_map is None or inputs.hours.of(task) is hour_map)
    ]
    return sum((_within(task, day, inputs.now) for task in counted), timedelta(0))


def _within(task: Task, day: Interval, now: datetime) -> timedelta:
    common = (
        day.intersection(Interval(worked.start, max(worked.start, worked.end or now)))
        for worked in task.worked
    )
    return sum((part.duration for part in common if part), timedelta(0))
