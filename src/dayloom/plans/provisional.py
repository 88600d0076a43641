"""The instant answer at capture: the earliest time that is free for a new task."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dayloom.calendars.repository import CalendarRepository
from dayloom.planning.availability import open_intervals
from dayloom.planning.grid import Grid, Range, lowest, starts_of_runs, to_mask, to_ranges
from dayloom.planning.interval import Interval
from dayloom.planning.problem import GRID
from dayloom.plans.facts import GRACE
from dayloom.plans.hours import choose_hours, day_window
from dayloom.plans.repository import PlanRepository
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap, Preferences
from dayloom.tasks.models import Task
from dayloom.tasks.pins import read_pins

REACHES = (timedelta(days=14), timedelta(weeks=12))
FARTHEST = timedelta(weeks=12)


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
        self._fixed = cache(self._taken_for)
        self._added: list[Interval] = []

    def place(self, task: Task) -> tuple[Interval, ...]:
        """Give the task its provisional slots, which may be none, and note them on the row."""
        intervals = self.find(task)
        self._added += intervals
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

    def imagine(self, task: Task) -> tuple[Interval, ...]:
        """Return where the task would lie after all that was imagined before, storing nothing."""
        intervals = self.find(task)
        self._added += intervals
        return intervals

    def find(self, task: Task) -> tuple[Interval, ...]:
        """Return where the task would lie, storing nothing."""
        pins = read_pins(task.pins)
        return pins if pins and pins[0].start + GRACE > self._now else self._earliest(task)

    def _earliest(self, task: Task) -> tuple[Interval, ...]:
        start = max(self._now, task.release or self._now, self._ready(task))
        grid = Grid.before(start)
        begin, free = start, 0
        deadline = task.deadline if task.deadline and task.deadline > self._now else None
        for reach in REACHES:
            end = min(start + reach, self._now + FARTHEST, deadline or start + reach)
            if end <= begin:
                break
            free |= self._free(task, Interval(begin, end), grid)
            for room in self._rooms(task, free, Interval(start, end), grid):
                if pieces := _fill(room, task, buffer=self._preferences.buffer // GRID):
                    return tuple(grid.interval(piece) for piece in pieces)
            begin = end
        return ()

    def _rooms(self, task: Task, free: int, reach: Interval, grid: Grid) -> Iterator[int]:
        """Yield what is free in the times of day that the task prefers, then all of it."""
        if task.preferred:
            zone = ZoneInfo(self._preferences.time_zone)
            windows = (day_window(window, zone, reach) for window in task.preferred)
            yield free & to_mask(grid.inside(interval) for days in windows for interval in days)
        yield free

    def _ready(self, task: Task) -> datetime:
        """Return when everything that the task waits for is over."""
        gaps = {dependency.after_id: dependency.gap for dependency in task.after}
        ends = self._plans.ends_of(gaps) if gaps else {}
        return max([self._now, *(end + gaps[task_id] for task_id, end in ends.items())])

    def _free(self, task: Task, window: Interval, grid: Grid) -> int:
        hours = choose_hours(task, self._hour_maps)
        weekly = to_weekly_hours(hours.weekly, hours.exceptions)
        open_ = open_intervals(weekly, ZoneInfo(self._preferences.time_zone), window)
        return to_mask(map(grid.inside, open_)) & ~to_mask(self._taken(window, grid))

    def _taken(self, window: Interval, grid: Grid) -> Iterator[Range]:
        """Yield what slots and events cover, with the distances that are kept from them."""
        buffer = self._preferences.buffer
        wide = (Interval(slot.start - buffer, slot.end + buffer) for slot in self._added)
        for taken in (*self._fixed(window), *wide):
            yield grid.around(taken)

    def _taken_for(self, window: Interval) -> list[Interval]:
        """Return the same of what is stored: read once for many tasks."""
        buffer, around = self._preferences.buffer, self._preferences.event_buffer
        slots = self._plans.taken_between(window.start - buffer, window.end + buffer)
        events = self._calendars.busy_between(window.start - around, window.end + around)
        return [
            *(Interval(start - buffer, end + buffer) for start, end in slots),
            *(Interval(event.start - around, event.end + around) for event in events),
        ]


def _fill(mask: int, task: Task, *, buffer: int) -> list[Range]:
    """Return the earliest pieces in free steps, whole if the task cannot be split; or none."""
    duration = task.duration // GRID
    largest = (task.max_chunk or task.duration) // GRID
    if duration <= largest and (starts := starts_of_runs(mask, duration)):
        return [(lowest(starts), lowest(starts) + duration)]
    if task.min_chunk is None and task.max_chunk is None:
        return []
    smallest = (task.min_chunk or GRID) // GRID
    left, found = duration, list[Range]()
    for start, end in to_ranges(mask):
        while left and (length := _piece(end - start, left, smallest, largest)):
            found.append((start, start + length))
            left -= length
            start += length + buffer
    return [] if left else found


def _piece(room: int, left: int, smallest: int, largest: int) -> int:
    """Return the longest allowed piece that does not leave a rest below the smallest one."""
    longest = min(room, largest, left)
    if 0 < left - longest < smallest:
        longest = left - smallest
    return longest if longest >= smallest else 0
