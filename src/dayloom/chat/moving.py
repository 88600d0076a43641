"""Moving a task to where some words say: to a time it is pinned, to a day it is limited."""

from datetime import datetime

from sqlalchemy.orm import Session

from dayloom.calendars.repository import CalendarRepository
from dayloom.infra.errors import Conflict, Invalid
from dayloom.language import ReadingContext, TaskDraft, read
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.drafting import as_window
from dayloom.tasks.fields import TaskFields, TimeWindow
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.remaining import remaining
from dayloom.tasks.service import TaskService

IT = "it"
FORMS = (f"{IT} {{when}}", f"{IT} on {{when}}", f"{IT} at {{when}}")


class Mover:
    """Moves tasks of one account inside the caller's transaction."""

    def __init__(self, session: Session, tasks: TaskService, context: ReadingContext) -> None:
        self._session = session
        self._tasks = tasks
        self._context = context

    def move(self, task: Task, when: str, clock: WallClock) -> str:
        """Return in a sentence where it goes.

        Raises `Invalid` for words that name no time, `Conflict` where it cannot go.
        """
        if task.status is not TaskStatus.OPEN:
            raise Conflict(f"“{task.title}” is running or finished: only what rests is moved.")
        draft = read_when(when, self._context)
        if draft.start is not None:
            start = draft.start.value
            self._refuse(task, start)
            self._tasks.edit(task.id, TaskFields(pinned_start=start))
            said = f"{clock.day(start)} {clock.time(start)}"
            return f"Moved “{task.title}” to {said}."
        fields = _day_fields(task, draft)
        self._tasks.edit(task.id, fields)
        begin = draft.release or draft.due
        said = clock.day(begin.value) if draft.release and begin else when
        return f"“{task.title}” is planned for {said} now."

    def _refuse(self, task: Task, start: datetime) -> None:
        now = self._context.now
        if start <= now:
            raise Invalid("That time is over; choose a later one.")
        events = CalendarRepository(self._session, task.account_id)
        if events.busy_between(start, start + remaining(task, now)):
            raise Conflict(
                "An event of your calendars lies there. In the plan you can put the task there "
                "all the same."
            )


def read_when(when: str, context: ReadingContext) -> TaskDraft:
    """Return what some words say of a day or a time. Raises `Invalid` where they say nothing."""
    for form in FORMS:
        draft = read(form.format(when=when), context)
        if draft.title == IT and (draft.start or draft.release or draft.due):
            return draft
    raise Invalid(f"When is “{when}”? Say a day or a time, such as tomorrow 14:00.")


def _day_fields(task: Task, draft: TaskDraft) -> TaskFields:
    """Return what keeps a task within the day that was named, and in its time of day."""
    fields = TaskFields(pinned_start=None)
    if draft.release is not None:
        fields["release"] = draft.release.value
    if draft.due is not None and (task.due is not None or draft.release is not None):
        fields["due"] = draft.due.value
    windows: list[TimeWindow] = [as_window(one.value) for one in draft.times_of_day]
    if windows:
        fields["preferred"] = windows
    return fields
