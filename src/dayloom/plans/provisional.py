"""The instant answer at capture: the best time that is free for a new task."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from dayloom.calendars.repository import BusyEvent, CalendarRepository
from dayloom.planning import problem as planning
from dayloom.planning.availability import local_days, open_intervals
from dayloom.planning.beside import place_beside
from dayloom.planning.instance import Fact
from dayloom.planning.interval import Interval
from dayloom.plans.facts import GRACE
from dayloom.plans.hours import HourChoice, day_window
from dayloom.plans.limits import daily_caps, limits_anything
from dayloom.plans.problem import to_work, window_name
from dayloom.plans.proposed import with_proposals
from dayloom.plans.ruling import TaskRules
from dayloom.plans.slots import SlotRepository
from dayloom.preferences.hours import to_weekly_hours
from dayloom.preferences.models import HourMap, Preferences
from dayloom.preferences.ruling import Ruling
from dayloom.tasks.models import Task
from dayloom.tasks.pins import read_pins

REACHES = (timedelta(days=2), timedelta(days=14), timedelta(weeks=12))
FARTHEST = timedelta(weeks=12)


class ProvisionalPlacer:
    """Finds room beside everything that lies already; nothing else moves."""

    def __init__(
        self,
        slots: SlotRepository,
        calendars: CalendarRepository,
        *,
        preferences: Preferences,
        hour_maps: Sequence[HourMap],
        ruling: Ruling,
        now: datetime,
    ) -> None:
        self._slots = slots
        self._calendars = calendars
        self._preferences = preferences
        zone = ZoneInfo(preferences.time_zone)
        self._hours = HourChoice(ruling.hour_maps(hour_maps), zone, TaskRules(ruling))
        self._buffer = ruling.pause(preferences.buffer, around_events=False)
        self._event_buffer = ruling.pause(preferences.event_buffer, around_events=True)
        self._now = now
        self._fixed, self._events = cache(self._taken), cache(self._busy)
        self._added: list[Fact] = []

    def place(self, task: Task) -> tuple[Interval, ...]:
        """Give the task its provisional slots, which may be none, and note them on the row."""
        intervals = self.find(task)
        hours = self._hours.of(task).name
        self._added += [(hours, interval) for interval in intervals]
        self._slots.add(
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
        hours = self._hours.of(task).name
        self._added += [(hours, interval) for interval in intervals]
        return intervals

    def find(self, task: Task) -> tuple[Interval, ...]:
        """Return where the task would lie, storing nothing."""
        pins = read_pins(task.pins)
        return pins if pins and pins[0].start + GRACE > self._now else self._cheapest(task)

    def _cheapest(self, task: Task) -> tuple[Interval, ...]:
        release = max(self._now, task.release or self._now, self._ready(task))
        work = to_work(task, task.duration, hours=self._hours, now=self._now)
        work = replace(work, release=release)
        for window in self._windows(work, release):
            beside = self._beside(window)
            problem = with_proposals(self._problem(task, work, window), [task])
            if intervals := place_beside(problem, beside):
                return intervals
        return ()

    def _windows(self, work: planning.Task, release: datetime) -> Iterator[Interval]:
        """Yield where to look, farther and farther: what is one piece is not sought twice."""
        farthest = min(self._now + FARTHEST, work.deadline or self._now + FARTHEST)
        start, pieces = release, bool(work.min_chunk)
        for reach in REACHES[pieces or bool(work.preferred) :]:
            end = min(release + reach, farthest)
            if end < start + work.duration:
                return
            yield Interval(start, end)
            start = start if pieces else end - work.duration + planning.GRID

    def _problem(self, task: Task, work: planning.Task, window: Interval) -> planning.Problem:
        """Return the problem of one task in a stretch of time that it alone is to fill."""
        preferences, zone = self._preferences, ZoneInfo(self._preferences.time_zone)
        hours = self._hours.of(task)
        days = local_days(zone, window) if limits_anything(self._hours, preferences) else ()
        weekly = to_weekly_hours(hours.weekly, hours.exceptions)
        liked = self._hours.rules.likings(task)
        return planning.Problem(
            now=self._now,
            horizon=window,
            tasks=(work,),
            hours={hours.name: open_intervals(weekly, zone, window)},
            windows={window_name(one): day_window(one, zone, window) for one in task.preferred}
            | {one.name: open_intervals(one.weekly, zone, window) for one in liked},
            days=days,
            busy=tuple(
                planning.Busy(interval=Interval(event.start, event.end), event_id=event.id)
                for event in self._events(window)
            ),
            buffer=self._buffer,
            event_buffer=self._event_buffer,
            caps=tuple(daily_caps(self._hours, preferences, days)) if days else (),
        )

    def _ready(self, task: Task) -> datetime:
        """Return when everything that the task waits for is over."""
        gaps = {dependency.after_id: dependency.gap for dependency in task.after}
        ends = self._slots.ends_of(gaps) if gaps else {}
        return max([self._now, *(end + gaps[task_id] for task_id, end in ends.items())])

    def _beside(self, window: Interval) -> list[Fact]:
        return [*self._fixed(window), *self._added]

    def _taken(self, window: Interval) -> list[Fact]:
        """Return what is stored, and, where hours have caps, of which it is; read once."""
        buffer = self._buffer
        around = (window.start - buffer, window.end + buffer)
        if not limits_anything(self._hours, self._preferences):
            return [("", Interval(*row)) for row in self._slots.taken_between(*around)]
        return [
            (self._hours.of(row).name, Interval(row.start, row.end))
            for row in self._slots.housed_between(*around)
        ]

    def _busy(self, window: Interval) -> list[BusyEvent]:
        around = self._event_buffer
        return self._calendars.busy_between(window.start - around, window.end + around)
