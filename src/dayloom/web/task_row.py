"""One task as a row of the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dayloom.bootstrap import Services
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.blocks import Mark, is_late, mark
from dayloom.web.board import is_outdated
from dayloom.web.recurrence_words import say_repetition
from dayloom.web.task_texts import as_texts
from dayloom.web.words import Words, duration

CELLS = (
    ("title", "Title", "text"),
    ("duration", "Takes", "text"),
    ("due", "Due", "datetime-local"),
    ("deadline", "Deadline", "datetime-local"),
    ("priority", "Priority", "text"),
    ("project", "Project", "text"),
    ("tags", "Tags", "text"),
)
FINISHED = (TaskStatus.COMPLETED, TaskStatus.MISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task of the list; of a recurring one the next occurrence, and how many come `later`."""

    task_id: int
    title: str
    priority: Mark
    finished: bool
    running: bool
    when: str
    late: bool
    warning: str
    takes: str
    until: str
    project: str
    tags: Sequence[str]
    repeats: str
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A row to be edited: name, label, value and kind of each input."""

    id: int
    cells: Sequence[tuple[str, str, str, str]]


def view_cells(s: Services, task_id: int) -> Cells:
    task, words = s.tasks.require(task_id), Words.of(s.preferences.require(), s.now)
    texts = as_texts(task, words)
    cells = [(name, label, texts[name][0], kind) for name, label, kind in CELLS]
    return Cells(id=task.id, cells=cells)


def view_row(s: Services, task: Task, words: Words) -> Row:
    """Return the row of a single task."""
    slots = {} if task.status in FINISHED else slots_of(s, [task])
    return row_of(task, slots.get(task.id, ()), words)


def slots_of(s: Services, tasks: Sequence[Task]) -> Mapping[int, Sequence[SlotRow]]:
    """Return where the tasks lie; without those that were put off since the last plan."""
    by_id = {task.id: task for task in tasks}
    found = s.placements.slots_of(list(by_id))
    return {
        task_id: slots
        for task_id, slots in found.items()
        if not any(is_outdated(by_id[task_id], slot) for slot in slots)
    }


def row_of(
    task: Task, slots: Sequence[SlotRow], words: Words, *, later: int = 0, dated: bool = True
) -> Row:
    """Return the row; not `dated` where the heading above says the day."""
    finished = task.status in FINISHED
    return Row(
        task_id=task.id,
        title=task.title,
        priority=mark(task),
        finished=finished,
        running=task.status is TaskStatus.STARTED,
        when=_when(task, slots, words, dated=dated),
        late=bool(slots) and is_late(task, slots[-1].end),
        warning="" if finished else _warning(task, slots),
        takes=duration(task.duration),
        until="" if finished else words.until(task),
        project=task.project,
        tags=task.tags,
        repeats=say_repetition(task),
        later=later,
    )


def _warning(task: Task, slots: Sequence[SlotRow]) -> str:
    if slots:
        return ""
    return "finding a place" if task.needs_scheduling else "not placed"


def _when(task: Task, slots: Sequence[SlotRow], words: Words, *, dated: bool) -> str:
    if task.status is TaskStatus.STARTED:
        return "running"
    if task.status is TaskStatus.COMPLETED and task.actual_end_time:
        said = words.clock.moment if dated else words.clock.time
        return said(task.actual_end_time)
    if task.status is TaskStatus.MISSED:
        return words.clock.day(task.release) if task.release else "missed"
    if not slots:
        return ""
    more = f" + {len(slots) - 1}" if len(slots) > 1 else ""
    said = words.begin if dated else words.clock.time
    return said(slots[0].start) + more
