"""Which hours a task may lie in: those it names, those of its tag, else the usual ones."""

from collections.abc import Mapping, Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from dayloom.planning.availability import open_intervals
from dayloom.planning.interval import Interval
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap

DAY_END = "24:00"


class Housed(Protocol):
    """What of a task, or of a row of a query, decides on its hours."""

    @property
    def hour_map(self) -> str | None: ...
    @property
    def tags(self) -> list[str]: ...
    @property
    def preferred(self) -> list[dict[str, str]]: ...


def choose_hours(task: Housed, hour_maps: Sequence[HourMap]) -> HourMap:
    """Return the hour map of a task; the first of `hour_maps` is the default.

    A task that wants a time of day which the default never opens, such as the evening, gets the
    first hours that do.
    """
    named = {hour_map.name: hour_map for hour_map in hour_maps}
    for name in (task.hour_map, *task.tags):
        if name in named:
            return named[name]
    for hour_map in hour_maps:
        if not task.preferred or any(_opens(hour_map, window) for window in task.preferred):
            return hour_map
    return hour_maps[0]


def day_window(
    window: Mapping[str, str], zone: ZoneInfo, horizon: Interval
) -> tuple[Interval, ...]:
    """Return every day's stretch of a preferred time of day within `horizon`."""
    end = DAY_END if window["end"] == "00:00" else window["end"]
    return open_intervals(to_weekly_hours([[[window["start"], end]]] * 7, {}), zone, horizon)


def _opens(hour_map: HourMap, window: Mapping[str, str]) -> bool:
    start, end = window["start"], window["end"]
    until = DAY_END if end == "00:00" else end
    return any(
        span[0] < until and start < (DAY_END if span[1] < span[0] else span[1])
        for day in hour_map.weekly
        for span in day
    )
