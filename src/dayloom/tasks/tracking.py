"""Working on tasks: start, stop, complete, reopen."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from dayloom.accounts.changes import Changes, Topic
from dayloom.i18n.words import gettext as _
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.tasks.models import Task, TaskStatus, WorkedInterval
from dayloom.tasks.repository import TaskRepository


class TrackingService:
    """Worked time adds up over several starts and stops; one task runs at a time."""

    def __init__(self, rows: TaskRepository, changes: Changes, *, now: datetime) -> None:
        self._rows = rows
        self._changes = changes
        self._now = now

    def running(self) -> Task | None:
        """Return the task that the person works on now."""
        interval = self._rows.running()
        return self._rows.get(interval.task_id) if interval else None

    def start(self, task_id: int) -> Task:
        """Start the task and stop the one that ran; starting the running one changes nothing.

        Raises `NotFound`, or `Conflict` for a finished task or a start at the same moment
        elsewhere.
        """
        task = self._require(task_id)
        if task.status in (TaskStatus.COMPLETED, TaskStatus.MISSED):
            raise Conflict(_("“%(title)s” is finished; reopen it first.", title=task.title))
        if task.status is TaskStatus.STARTED:
            return task
        self._stop_running()
        try:
            self._rows.add(
                WorkedInterval(
                    account_id=self._rows.account_id, task_id=task.id, start=self._now, end=None
                )
            )
        except IntegrityError as error:
            raise Conflict(_("Another task was started at this very moment.")) from error
        task.status = TaskStatus.STARTED
        task.actual_start_time = task.actual_start_time or self._now
        return self._changed(task)

    def stop(self, task_id: int, *, at: datetime | None = None) -> Task:
        """Stop the task, now or as of `at`; what was worked until then counts.

        Stopping a task that rests changes nothing. Raises `NotFound`, or `Invalid` where its clock
        did not run at that moment.
        """
        task = self._require(task_id)
        if task.status is not TaskStatus.STARTED:
            return task
        self._stop_running(at=at)
        return self._changed(task)

    def complete(self, task_id: int, *, at: datetime | None = None) -> Task:
        """Finish the task, now or as of `at`; completing it twice changes nothing.

        Raises `NotFound`, or `Invalid` where its clock did not run at that moment.
        """
        task = self._require(task_id)
        if task.status is TaskStatus.COMPLETED:
            return task
        if task.status is TaskStatus.STARTED:
            self._stop_running(at=at)
        elif at is not None:
            raise _not_then()
        task.status = TaskStatus.COMPLETED
        task.actual_end_time = at or self._now
        task.needs_scheduling = False
        if task.series_id is not None:
            self._changes.recur()
        return self._changed(task)

    def reopen(self, task_id: int) -> Task:
        """Make a finished task open again; the time worked on it stays."""
        task = self._require(task_id)
        if task.status not in (TaskStatus.COMPLETED, TaskStatus.MISSED):
            return task
        task.status = TaskStatus.OPEN
        task.actual_end_time = None
        task.needs_scheduling = True
        if task.series_id is not None and task.due is not None and task.due <= self._now:
            task.due = None  # its turn is over, yet it is wanted: it does not lapse again
        return self._changed(task)

    def _stop_running(self, *, at: datetime | None = None) -> None:
        interval = self._rows.running()
        if interval is None:
            return
        if at is not None and not interval.start <= at <= self._now:
            raise _not_then()
        interval.end = max(at or self._now, interval.start)
        task = self._rows.get(interval.task_id, deleted=True)
        if task is not None and task.status is TaskStatus.STARTED:
            task.status = TaskStatus.OPEN
            task.needs_scheduling = True
        self._rows.flush()

    def _changed(self, task: Task) -> Task:
        task.updated_at = self._now
        self._rows.flush()
        self._rows.refresh(task)
        self._changes.replan(Topic.TASKS)
        return task

    def _require(self, task_id: int) -> Task:
        task = self._rows.get(task_id)
        if task is None:
            raise NotFound(_("There is no task #%(task_id)s.", task_id=task_id))
        return task


def _not_then() -> Invalid:
    return Invalid(
        _("Its clock did not run at that moment; leave the time out for now."), field="at"
    )
