"""The instant answer at capture: the earliest time that is free for a new task."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dayloom.calendars.repository import CalendarRepository
from dayloom.planning.availability import open_intervals
from dayloom.planning.interval import Interval, merge, subtract
from dayloom.planning.problem import GRID
from dayloom.plans.hours import choose_hours, day_window
from dayloom.plans.repository import PlanRepository
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap, Preferences
from dayloom.tasks.models import Task
from dayloom.tasks.pins import read_pins, to_grid

REACHES = (timedelta(days=7), timedelta(weeks=4), timedelta(weeks=12))


class ProvisionalPlacer:
    """Finds room beside everything that lies already; nothing else moves."""

    def __init__(
        self,
        plans: PlanRepository,
        calendars: CalendarRepository,
        *,
        preferences: Preferences,
        hour_maps: Sequence[HourMap],
        now: datetime,
    ) -> None:
        self._plans = plans
        self._calendars = calendars
        self._preferences = preferences
        self._hour_maps = hour_maps
        self._now = now

    def place(self, task: Task) -> tuple[Interval, ...]:
        """Give the task its provisional slots, which may be none, and note them on the row."""
        intervals = self.find(task)
        self._plans.add_slots(
            {
                "task_id": task.id,
                "start": interval.start,
                "end": interval.end,
                "pinned": bool(task.pins),
                "provisional": True,
                "reasons": [],
            }
            for interval in intervals
        )
        task.scheduled_start_time = intervals[0].start if intervals else None
        task.scheduled_end_time = intervals[-1].end if intervals else None
        return intervals

    def find(self, task: Task) -> tuple[Interval, ...]:
        """Return where the task would lie, storing nothing."""
        return read_pins(task.pins) or self._earliest(task)

    def _earliest(self, task: Task) -> tuple[Interval, ...]:
        start = _step_after(max(self._now, task.release or self._now, self._ready(task)))
        for reach in REACHES:
            end = min(start + reach, task.deadline or start + reach)
            if end <= start:
                return ()
            free = self._free(task, Interval(start, end))
            for room in (self._liked(task, free), free):
                if found := _fill(room, task, self._preferences.buffer):
                    return found
        return ()

    def _liked(self, task: Task, free: Sequence[Interval]) -> list[Interval]:
        """Return what of `free` lies in the times of day that the task prefers."""
        if not task.preferred or not free:
            return []
        reach = Interval(free[0].start, free[-1].end)
        liked = [
            interval
            for window in task.preferred
            for interval in day_window(window, ZoneInfo(self._preferences.time_zone), reach)
        ]
        return [common for f in free for w in merge(liked) if (common := f.intersection(w))]

    def _ready(self, task: Task) -> datetime:
        """Return when everything that the task waits for is over."""
        ready = self._now
        for dependency in task.after:
            for slot in self._plans.slots():
                if slot.task_id == dependency.after_id:
                    ready = max(ready, slot.end + dependency.gap)
        return ready

    def _free(self, task: Task, window: Interval) -> list[Interval]:
        hours = choose_hours(task, self._hour_maps)
        weekly = to_weekly_hours(hours.weekly, hours.exceptions)
        open_ = open_intervals(weekly, ZoneInfo(self._preferences.time_zone), window)
        return subtract(open_, self._taken(window))

    def _taken(self, window: Interval) -> list[Interval]:
        buffer, around = self._preferences.buffer, self._preferences.event_buffer
        slots = self._plans.slots_between(window.start - buffer, window.end + buffer)
        events = self._calendars.busy_between(window.start - around, window.end + around)
        return merge(
            [Interval(s.start - buffer, s.end + buffer) for s in slots]
            + [Interval(e.start - around, e.end + around) for e in events]
        )


def _fill(free: Sequence[Interval], task: Task, buffer: timedelta) -> tuple[Interval, ...]:
    """Return the earliest pieces, whole if the task cannot be split; none if they do not fit."""
    whole = task.max_chunk is None or task.duration <= task.max_chunk
    smallest = task.duration if whole else task.min_chunk or GRID
    largest = task.duration if whole else task.max_chunk or task.duration
    left, found = task.duration, list[Interval]()
    for gap in free:
        start = _step_after(gap.start)
        while left and gap.end - start >= min(smallest, left):
            length = _piece(gap.end - start, left, smallest, largest)
            if not length:
                break
            found.append(Interval(start, start + length))
            left -= length
            start = _step_after(start + length + buffer)
        if not left:
            return tuple(found)
    return ()


def _piece(room: timedelta, left: timedelta, smallest: timedelta, largest: timedelta) -> timedelta:
    """Return the longest allowed piece that does not leave a rest below the smallest one."""
    longest = min(room // GRID * GRID, largest, left)
    if timedelta(0) < left - longest < smallest:
        longest = left - smallest
    return longest if longest >= smallest else timedelta(0)


def _step_after(moment: datetime) -> datetime:
    step = to_grid(moment)
    return step if step == moment else step + GRID
