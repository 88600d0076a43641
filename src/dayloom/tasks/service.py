"""Adding, changing, finding and removing tasks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta

from dayloom.accounts.changes import Changes, Topic
from dayloom.i18n.words import gettext as _
from dayloom.i18n.words import marked
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.journal.rows import Image
from dayloom.planning.interval import Interval
from dayloom.tasks import fields as rules
from dayloom.tasks.dependencies import check_dependencies
from dayloom.tasks.fields import TaskFields
from dayloom.tasks.models import Task, TaskDependency, TaskStatus
from dayloom.tasks.pins import pins_from, read_pins, to_grid
from dayloom.tasks.remaining import remaining
from dayloom.tasks.repository import TaskRepository

_PLAIN = (
    "title", "notes", "context", "source", "readings", "edited", "duration", "release", "due",
    "deadline", "priority", "project", "tags", "hour_map", "preferred", "min_chunk", "max_chunk",
)  # fmt: skip
_WORDS = ("title", "notes", "context", "source", "readings", "edited", "project")
_READ = ("title", "notes", "context", "source")  # what a model reads of a task
_RANK = ("priority", "edited", "readings")  # says nothing about where it may lie
PROPOSED = "proposed"
ONCE_SAID = marked("How a task repeats is said when it is added: end this one and add another.")
NOBODY_READS = marked("No model is connected; Settings has a place for one.")
_REPEATS = ("rrule", "times_per_week")
_UNFINISHED = (TaskStatus.OPEN, TaskStatus.STARTED)


class TaskService:
    """Keeps tasks. `has_model` tells, when it matters, whether a model reads their words."""

    def __init__(
        self,
        rows: TaskRepository,
        changes: Changes,
        *,
        now: datetime,
        has_model: Callable[[], bool],
    ) -> None:
        self._rows = rows
        self._changes = changes
        self._now = now
        self._has_model = has_model

    def add(self, fields: TaskFields, *, default_duration: timedelta) -> Task:
        """Add one task, not yet placed. Raises `Invalid`, storing nothing, for a wrong field."""
        checked = rules.check({"title": "", **fields})
        task = Task(
            account_id=self._rows.account_id,
            duration=default_duration,
            created_at=self._now,
            updated_at=self._now,
            pins=[],
            after=[],
            worked=[],
            series=None,
        )
        self._rows.add(self._filled(task, checked))
        self._set_dependencies(task, checked)
        self._let_read(task)
        self._changes.replan(Topic.TASKS)
        return task

    def require(self, task_id: int) -> Task:
        """Return the task. Raises `NotFound` for an unknown, foreign or deleted one."""
        found = self._rows.get(task_id)
        if found is None:
            raise NotFound(_("There is no task #%(task_id)s.", task_id=task_id))
        return found

    def page(
        self,
        *,
        statuses: Sequence[TaskStatus] = (),
        text: str = "",
        after_id: int = 0,
        limit: int = 100,
    ) -> Sequence[Task]:
        """Return up to `limit` tasks after `after_id`, in order of id."""
        return self._rows.page(statuses=statuses, text=text, after_id=after_id, limit=limit)

    def search(self, words: Sequence[str], *, limit: int) -> Sequence[Task]:
        """Return the tasks that hold all of these words: unfinished ones first, then the newest,
        those first whose titles begin with them."""
        found = self._rows.search(words, limit=limit * 4)
        begin = " ".join(words).casefold()
        return sorted(
            found,
            key=lambda task: (
                task.status not in _UNFINISHED,
                not task.title.casefold().startswith(begin),
            ),
        )[:limit]

    def titles(self, task_ids: Collection[int]) -> Mapping[int, str]:
        """Return the titles of these tasks, deleted ones too."""
        return self._rows.titles(task_ids)

    def unfinished(self) -> Sequence[Task]:
        return self._rows.unfinished()

    def finished_since(self, moment: datetime) -> Sequence[Task]:
        return self._rows.finished_since(moment)

    def count_unfinished(self) -> int:
        return self._rows.count_unfinished()

    def edit(self, task_id: int, fields: TaskFields) -> Task:
        """Change some fields; what matters to its place lets the task be planned again.

        Raises `NotFound` or `Invalid`.
        """
        task = self.require(task_id)
        checked = rules.check(fields)
        for name in _REPEATS:
            if name in checked:
                raise Invalid(_(ONCE_SAID), field=name)
        before = of_place(task)
        self._filled(task, checked)
        self._set_dependencies(task, checked)
        note_edits(task, checked)
        task.updated_at = self._now
        if task.status in _UNFINISHED and of_place(task) != before:
            task.needs_scheduling = True
        if any(name in checked for name in _READ):
            self._let_read(task)
        self._rows.flush()
        self._changes.replan(Topic.TASKS)
        return task

    def read_again(self, task_id: int) -> Task:
        """Let the model read the words once more. Raises `NotFound`, or `Conflict` where there
        is nothing to be read, or nobody to read it."""
        task = self.require(task_id)
        if task.status is not TaskStatus.OPEN or task.series_id is not None:
            raise Conflict(_("A model reads single tasks that wait to be done."))
        if not self._let_read(task):
            raise Conflict(_(NOBODY_READS))
        self._rows.flush()
        self._changes.announce(Topic.TASKS)
        return task

    def read_all(self) -> int:
        """Let the model read the words of all open tasks, as after connecting one; return how
        many it reads. Raises `Conflict` where nobody reads."""
        if not self._has_model():
            raise Conflict(_(NOBODY_READS))
        count = sum(self._let_read(task) for task in self._rows.unfinished())
        self._rows.flush()
        self._changes.announce(Topic.TASKS)
        return count

    def rank_all(self) -> bool:
        """Have all open tasks ranked; tell whether a model does it, or their dates decide."""
        by_model = self._has_model()
        for task in self._rows.unfinished():
            task.needs_ranking = by_model
        self._rows.flush()
        self._changes.prioritize()
        return by_model

    def take_over(self, task: Task, fields: TaskFields) -> None:
        """Set what a model understood, which is no edit of the person's.

        Raises `Invalid`; the caller then gives up all that was changed.
        """
        before = of_place(task)
        checked = rules.check(fields)
        self._filled(task, checked)
        self._set_dependencies(task, checked)
        if of_place(task) != before:
            task.needs_scheduling = task.status in _UNFINISHED
            task.updated_at = self._now
        self._rows.flush()

    def delete(self, task_id: int) -> Task:
        """Take the task away; `restore` brings it back as it was."""
        task = self.require(task_id)
        if (running := self._rows.running()) and running.task_id == task.id:
            running.end = max(self._now, running.start)
            task.status = TaskStatus.OPEN
        task.deleted_at = self._now
        self._rows.flush()
        if task.series_id is not None:
            self._changes.recur()
        self._changes.replan(Topic.TASKS)
        return task

    def restore(self, task_id: int) -> Task:
        """Bring a deleted task back. Raises `NotFound` for one that never was."""
        task = self._rows.get(task_id, deleted=True)
        if task is None:
            raise NotFound(_("There is no task #%(task_id)s.", task_id=task_id))
        if task.deleted_at is None:
            return task
        task.deleted_at = None
        task.needs_scheduling = task.status in _UNFINISHED
        self._rows.flush()
        self._changes.replan(Topic.TASKS)
        return task

    def settle(self, task: Task, was: Image) -> None:
        """Let what an undo has put back count. Raises `Invalid` where it contradicts the rest."""
        rules.check_together(task)
        check_dependencies(
            self._rows, task, [{"task_id": one.after_id, "gap": one.gap} for one in task.after]
        )
        task.needs_scheduling = task.status in _UNFINISHED
        task.updated_at = self._now
        if task.series_id is not None:
            self._changes.recur()
        self._changes.replan(Topic.TASKS)

    def take_away(self, task: Task) -> None:
        """Undo that the task was added."""
        if task.deleted_at is None:
            self.delete(task.id)

    def _let_read(self, task: Task) -> bool:
        """Have the words read if somebody reads; occurrences of a series are not read."""
        if task.status is not TaskStatus.OPEN or task.series_id is not None:
            return False
        if self._has_model():
            task.needs_reading = True
            self._changes.read_tasks()
        return task.needs_reading

    def _filled(self, task: Task, fields: TaskFields) -> Task:
        given: dict[str, object] = {**fields}
        if name := fields.get("project"):
            given["project"] = self._rows.spelled(name)
        duration = task.duration
        for name in _PLAIN:
            if name in given:
                setattr(task, name, given[name])
        self._pin(task, fields, resized=task.duration != duration)
        rules.check_together(task)
        return task

    def _pin(self, task: Task, fields: TaskFields, *, resized: bool) -> None:
        """Put the task where it is wanted; the pieces of one that stays there stay as they are."""
        present = read_pins(task.pins)
        start = present[0].start if present else None
        wanted = fields.get("pinned_start", start)
        if wanted is not None and start in (wanted, to_grid(wanted)) and not resized:
            return
        task.pins = pins_from(wanted, remaining(task, self._now))

    def _set_dependencies(self, task: Task, fields: TaskFields) -> None:
        if "after" not in fields or not (fields["after"] or task.after):
            return
        check_dependencies(self._rows, task, fields["after"])
        task.after = [
            TaskDependency(
                account_id=self._rows.account_id, after_id=item["task_id"], gap=item["gap"]
            )
            for item in fields["after"]
        ]
        self._rows.flush()


def note_edits(task: Task, fields: TaskFields) -> None:
    """Note what the person has set: no model changes it, and what rests on it is dropped."""
    names = {name for name in fields if name not in ("source", "readings", "edited")}
    task.edited = sorted({*task.edited, *names})
    task.inferred = {name: call for name, call in task.inferred.items() if name not in names}
    if "priority" in names:
        task.priority_reason = ""
    if names - set(_RANK):
        propose(task, None)


def propose(task: Task, place: Interval | None, *, reason: str = "") -> None:
    """Note where a model would put the task, or that no proposal holds any more."""
    task.proposed_start_time = place.start if place else None
    task.proposed_end_time = place.end if place else None
    task.proposed_reason = reason if place else ""
    if place is None:
        task.inferred = {name: call for name, call in task.inferred.items() if name != PROPOSED}


def of_place(task: Task) -> tuple[object, ...]:
    """Return everything of a task that says where it may lie."""
    plain = tuple(getattr(task, name) for name in _PLAIN if name not in _WORDS)
    return plain, task.pins, [(d.after_id, d.gap) for d in task.after]
