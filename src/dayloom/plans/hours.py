"""Which hours a task may lie in: those it names, those of its tag, else the usual ones."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from dayloom.planning.availability import open_intervals
from dayloom.planning.interval import Interval
from dayloom.plans.ruling import TaskRules, opens
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap

DAY_END = "24:00"
WEEK = timedelta(weeks=1)


class Housed(Protocol):
    """What of a task, or of a row of a query, decides on its hours."""

    @property
    def hour_map(self) -> str | None: ...
    @property
    def title(self) -> str: ...
    @property
    def tags(self) -> list[str]: ...
    @property
    def preferred(self) -> list[dict[str, str]]: ...
    @property
    def release(self) -> datetime | None: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def deadline(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class HourChoice:
    """Chooses among the hour maps of an account; the first one is the default.

    A task of a kind for which a rule closes times, or limits days, has hours derived from them.
    """

    hour_maps: Sequence[HourMap]
    zone: ZoneInfo
    rules: TaskRules = field(default_factory=TaskRules)

    def of(self, task: Housed) -> HourMap:
        """Return the hour map of a task, as it is for tasks of its kind."""
        return self.rules.special(self.base(task), self.rules.subjects(task))

    def used(self, tasks: Iterable[Housed]) -> dict[str, HourMap]:
        """Return all hours by name, with those that are derived for these tasks."""
        found = {hour_map.name: hour_map for hour_map in self.hour_maps}
        return found | {one.name: one for one in map(self.of, tasks)}

    def base(self, task: Housed) -> HourMap:
        """Return the hour map that a task names, by itself or by a tag, or that suits it.

        A task that wants a time of day which the default never opens, such as the evening, or
        days that it leaves out, such as the weekend, gets the first hours that do.
        """
        named = {hour_map.name: hour_map for hour_map in self.hour_maps}
        for name in (task.hour_map, *task.tags):
            if name in named:
                return named[name]
        suiting = (hour_map for hour_map in self.hour_maps if self._suits(hour_map, task))
        return next(suiting, self.hour_maps[0])

    def _suits(self, hour_map: HourMap, task: Housed) -> bool:
        if task.preferred and not any(_opens(hour_map, window) for window in task.preferred):
            return False
        if (likings := self.rules.likings(task)) and not opens(hour_map, likings):
            return False
        special = self.rules.special(hour_map, self.rules.subjects(task))
        if special is not hour_map and not any(special.weekly):
            return False
        time = _own_time(task)
        weekly = to_weekly_hours(hour_map.weekly, hour_map.exceptions)
        return time is None or bool(open_intervals(weekly, self.zone, time))


def day_window(
    window: Mapping[str, str], zone: ZoneInfo, horizon: Interval
) -> tuple[Interval, ...]:
    """Return every day's stretch of a preferred time of day within `horizon`."""
    end = DAY_END if window["end"] == "00:00" else window["end"]
    return open_intervals(to_weekly_hours([[[window["start"], end]]] * 7, {}), zone, horizon)


def _own_time(task: Housed) -> Interval | None:
    """Return the days that a task is meant for, if they are fewer than a week."""
    start, end = task.release, task.deadline or task.due
    if start is None or end is None or not start < end < start + WEEK:
        return None
    return Interval(start, end)


def _opens(hour_map: HourMap, window: Mapping[str, str]) -> bool:
    start, end = window["start"], window["end"]
    until = DAY_END if end == "00:00" else end
    return any(
        span[0] < until and start < (DAY_END if span[1] < span[0] else span[1])
        for day in hour_map.weekly
        for span in day
    )
