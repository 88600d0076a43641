"""A task that takes longer than thought, and a clock that was forgotten."""

from datetime import datetime, timedelta

from dayloom.i18n.words import gettext as _
from dayloom.infra.errors import Conflict
from dayloom.tasks.fields import GRID
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.remaining import worked_time
from dayloom.tasks.service import TaskService

EXTENSION = timedelta(minutes=15)
PATIENCE = timedelta(minutes=30)  # how far beyond its estimate work goes before it is asked about


def extend(tasks: TaskService, task_id: int, *, now: datetime) -> Task:
    """Give a task 15 minutes more than estimated, and at least 15 from now.

    Raises `NotFound`, `Conflict` for a finished task, or `Invalid` where it would be too long.
    """
    task = tasks.require(task_id)
    if task.status in (TaskStatus.COMPLETED, TaskStatus.MISSED):
        raise Conflict(_("“%(title)s” is finished; reopen it first.", title=task.title))
    used = -(-worked_time(task, now) // GRID) * GRID
    return tasks.edit(task_id, {"duration": max(task.duration, used) + EXTENSION})


def forgotten_since(task: Task, now: datetime) -> datetime | None:
    """Return when a running task had taken what was estimated, if that is suspiciously long ago.

    Long ago is half of the estimate, at least half an hour. A sitting that began after that moment
    is nothing forgotten: the person sat down knowing it.
    """
    beyond = worked_time(task, now) - task.duration
    if task.status is not TaskStatus.STARTED or beyond < max(PATIENCE, task.duration / 2):
        return None
    began = max(interval.start for interval in task.worked)
    return now - beyond if began < now - beyond else None
