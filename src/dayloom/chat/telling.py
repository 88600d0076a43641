"""What is said of tasks in a conversation: where they lie, when they are due, and why."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from dayloom.language.commands import Scope
from dayloom.plans.lookup import PlanLookup
from dayloom.plans.models import SlotRow
from dayloom.plans.told import first_of_series
from dayloom.preferences.repository import PreferencesRepository
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.repository import TaskRepository

MOST_LINES = 12
LONGEST_TITLE = 80
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
HEADS: Mapping[Scope, tuple[str, str]] = {
    Scope.OPEN: ("{tasks} open:", "Nothing is open. Add something, and it gets a time."),
    Scope.NEXT: ("Next:", "Nothing waits to be done."),
    Scope.TODAY: ("{tasks} planned for today:", "Nothing is planned for the rest of today."),
    Scope.TOMORROW: ("{tasks} planned for tomorrow:", "Nothing is planned for tomorrow."),
    Scope.WEEK: ("{tasks} planned for the next 7 days:", "Nothing is planned for this week."),
    Scope.DUE_TODAY: ("{tasks} due today:", "Nothing is due today."),
    Scope.DUE_TOMORROW: ("{tasks} due by tomorrow:", "Nothing is due by tomorrow."),
    Scope.DUE_WEEK: ("{tasks} due in the next 7 days:", "Nothing is due in the next 7 days."),
    Scope.LATE: ("{tasks} late:", "Nothing is late."),
    Scope.RUNNING: ("You work on:", "Nothing is running."),
    Scope.DONE: ("{tasks} done today:", "Nothing was finished today."),
}


class Telling:
    """Speaks of the tasks of one account, at one moment, in the person's own clock."""

    def __init__(self, session: Session, account_id: int, *, now: datetime) -> None:
        preferences = PreferencesRepository(session, account_id).get()
        if preferences is None:
            raise LookupError("the account was never set up")
        self.clock = WallClock.of(preferences, now)
        self._now = now
        self._tasks = TaskRepository(session, account_id)
        self._plan = PlanLookup(session, account_id)

    def name(self, task: Task) -> str:
        """Return title and number: “Fix login bug” (#5)."""
        return f"“{short(task.title)}” (#{task.id})"

    def place(self, task: Task) -> str:
        """Return where a task lies now, empty where it has no place."""
        slots = self._plan.slots_of([task.id]).get(task.id, ())
        return self._place(slots)

    def listing(self, scope: Scope) -> str:
        """Return the tasks of that kind, one a line."""
        if scope is Scope.DONE:
            found = list(self._tasks.finished_since(self._midnight()))
            slots: Mapping[int, Sequence[SlotRow]] = {}
        else:
            every = self._tasks.unfinished()
            slots = self._plan.slots_of([task.id for task in every])
            found = self._chosen(scope, every, slots)
        head, nothing = HEADS[scope]
        if not found:
            return nothing
        shown = found[:MOST_LINES]
        lines = [self._line(task, slots.get(task.id, ())) for task in shown]
        more = len(found) - len(shown)
        rest = [f"… and {more} more, in the list of tasks."] if more else []
        return "\n".join([head.format(tasks=_count(len(found))), *lines, *rest])

    def explanation(self, task: Task) -> str:
        """Return where a task lies and why, or why it has no place."""
        slots = self._plan.slots_of([task.id]).get(task.id, ())
        parts = [f"{self.name(task)} {self._stands(task, slots)}."]
        if slots:
            parts += [_sentence(reason) for reason in dict.fromkeys(slots[0].reasons)]
        elif (unplaced := self._plan.unplaced_of(task.id)) is not None:
            parts.append(_sentence(unplaced.reason))
        if until := self._until(task):
            parts.append(_sentence(until))
        return " ".join(part for part in parts if part)

    def _stands(self, task: Task, slots: Sequence[SlotRow]) -> str:
        if task.status is TaskStatus.COMPLETED:
            return "is done"
        if task.status is TaskStatus.STARTED:
            return "is running now"
        if not slots:
            return "has no place in the plan"
        sure = "lies, for now," if slots[0].provisional else "lies"
        return f"{sure} at {self._place(slots)}{', where you put it' if task.pins else ''}"

    def _chosen(
        self, scope: Scope, tasks: Sequence[Task], slots: Mapping[int, Sequence[SlotRow]]
    ) -> list[Task]:
        midnight = self._midnight()
        due: Mapping[Scope, datetime] = {
            Scope.DUE_TODAY: midnight + A_DAY,
            Scope.DUE_TOMORROW: midnight + 2 * A_DAY,
            Scope.DUE_WEEK: midnight + A_WEEK + A_DAY,
        }
        starts: Mapping[Scope, tuple[datetime, datetime]] = {
            Scope.TODAY: (midnight, midnight + A_DAY),
            Scope.TOMORROW: (midnight + A_DAY, midnight + 2 * A_DAY),
            Scope.WEEK: (midnight, midnight + A_WEEK),
        }
        if scope in due:
            listed = [task for task in tasks if (end := _end(task)) and end <= due[scope]]
            return sorted(listed, key=lambda task: (_end(task), task.id))
        if scope in starts:
            first, last = starts[scope]
            return _by_place(
                (t for t in tasks if any(first <= s.start < last for s in slots.get(t.id, ()))),
                slots,
            )
        if scope is Scope.RUNNING:
            return [task for task in tasks if task.status is TaskStatus.STARTED]
        if scope is Scope.LATE:
            return [task for task in tasks if self._is_late(task, slots.get(task.id, ()))]
        listed = _by_place(first_of_series(_by_place(tasks, slots)), slots)
        return listed[:1] if scope is Scope.NEXT else listed

    def _is_late(self, task: Task, slots: Sequence[SlotRow]) -> bool:
        end = _end(task)
        return end is not None and (end < self._now or bool(slots and slots[-1].end > end))

    def _line(self, task: Task, slots: Sequence[SlotRow]) -> str:
        where = "running" if task.status is TaskStatus.STARTED else self._place(slots)
        if task.status is TaskStatus.COMPLETED and task.actual_end_time:
            where = f"done {self.clock.time(task.actual_end_time)}"
        parts = [f"#{task.id} {short(task.title)}", where or "not placed", self._until(task)]
        return " · ".join(part for part in parts if part)

    def _until(self, task: Task) -> str:
        if task.status is TaskStatus.COMPLETED:
            return ""
        if task.deadline:
            return f"must be done by {self.clock.moment(task.deadline)}"
        return f"due {self.clock.moment(task.due)}" if task.due else ""

    def _place(self, slots: Sequence[SlotRow]) -> str:
        if not slots:
            return ""
        first = slots[0]
        span = f"{self.clock.time(first.start)}–{self.clock.time(first.end)}"
        more = f" + {len(slots) - 1} more" if len(slots) > 1 else ""
        return f"{self.clock.day(first.start)} {span}{more}"

    def _midnight(self) -> datetime:
        local = self._now.astimezone(self.clock.zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0)


def short(title: str) -> str:
    """Return a title that is no longer than a line."""
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def _by_place(tasks: Iterable[Task], slots: Mapping[int, Sequence[SlotRow]]) -> list[Task]:
    """Return what runs first, then the tasks in the order of the plan, those without one last."""

    def key(task: Task) -> tuple[bool, bool, float, int]:
        own = slots.get(task.id)
        place = own[0].start.timestamp() if own else -task.priority
        return task.status is not TaskStatus.STARTED, not own, place, task.id

    return sorted(tasks, key=key)


def _end(task: Task) -> datetime | None:
    return task.deadline or task.due


def _count(number: int) -> str:
    return "1 task" if number == 1 else f"{number} tasks"


def _sentence(text: str) -> str:
    """Return the words as a sentence of their own."""
    text = text.strip()
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""
