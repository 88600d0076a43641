"""How much of a task is left to do."""

from datetime import datetime, timedelta

from dayloom.tasks.fields import GRID
from dayloom.tasks.models import Task, TaskStatus, WorkedInterval

OVERRUN = timedelta(minutes=15)  # what a running task is given again and again


def remaining(task: Task, now: datetime) -> timedelta:
    """Return the work that is left, on the grid and never less than one step."""
    worked = worked_time(task, now)
    if not worked:
        return task.duration
    left = -(-(task.duration - worked) // GRID) * GRID
    return max(left, OVERRUN if task.status is TaskStatus.STARTED else GRID)


def worked_time(task: Task, now: datetime) -> timedelta:
    """Return the time that went into a task so far."""
    return sum((_length(interval, now) for interval in task.worked), timedelta(0))


def _length(interval: WorkedInterval, now: datetime) -> timedelta:
    """Return the length of an interval: nothing, if the clock was put back since it began."""
    return max(timedelta(0), (interval.end or now) - interval.start)
