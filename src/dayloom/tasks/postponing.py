"""Putting a task off: it is not to begin before a later day."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dayloom.infra.errors import Conflict
from dayloom.planning.availability import instant
from dayloom.preferences.models import Preferences
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.service import TaskService
from dayloom.tasks.tracking import TrackingService

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class Until(StrEnum):
    """A day that is named by its distance; `SOON` takes every earlier one back."""

    SOON = "soon"
    TOMORROW = "tomorrow"
    IN_TWO_DAYS = "in-two-days"
    NEXT_WEEK = "next-week"
    IN_TWO_WEEKS = "in-two-weeks"
    NEXT_MONTH = "next-month"


def day_of(until: Until, today: date, *, week_start: int) -> date | None:
    """Return the first day that is meant, None for any; `week_start` 0 is Monday."""
    next_week = today + WEEK - DAY * ((today.weekday() - week_start) % 7)
    return {
        Until.SOON: None,
        Until.TOMORROW: today + DAY,
        Until.IN_TWO_DAYS: today + 2 * DAY,
        Until.NEXT_WEEK: next_week,
        Until.IN_TWO_WEEKS: next_week + WEEK,
        Until.NEXT_MONTH: (today.replace(day=1) + 32 * DAY).replace(day=1),
    }[until]


class PostponeService:
    def __init__(
        self,
        tasks: TaskService,
        tracking: TrackingService,
        preferences: Preferences,
        *,
        now: datetime,
    ) -> None:
        self._tasks = tasks
        self._tracking = tracking
        self._zone = ZoneInfo(preferences.time_zone)
        self._week_start = preferences.week_start
        self._today = now.astimezone(self._zone).date()

    def postpone(self, task_id: int, until: Until | date) -> Task:
        """Let the task begin on that day at the earliest; a pin is given up, a clock stopped.

        Raises `NotFound`, `Conflict` for a finished task or a day gone by, or `Invalid` where its
        deadline leaves too little time.
        """
        task = self._tasks.require(task_id)
        if task.status in (TaskStatus.COMPLETED, TaskStatus.MISSED):
            raise Conflict(f"“{task.title}” is finished; reopen it first.")
        day = self._day(until)
        self._tracking.stop(task_id)
        release = instant(self._zone, day) if day else None
        return self._tasks.edit(task_id, {"release": release, "pinned_start": None})

    def _day(self, until: Until | date) -> date | None:
        if isinstance(until, Until):
            return day_of(until, self._today, week_start=self._week_start)
        if until <= self._today:
            raise Conflict(f"{until} is no later day; say one from {self._today + DAY} on.")
        return until
