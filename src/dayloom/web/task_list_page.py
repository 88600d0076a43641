"""What the list of tasks shows: open, done or missed ones, narrowed by words and a tag."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from urllib.parse import urlencode

from dayloom.bootstrap import Services
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.blocks import Mark, is_late, mark
from dayloom.web.recurrence_words import say_repetition
from dayloom.web.words import Words, duration

BACK = timedelta(days=60)
MOST = 300


class Show(StrEnum):
    """Which tasks are listed."""

    OPEN = "open"
    DONE = "done"
    MISSED = "missed"


EMPTY = {
    Show.OPEN: "Nothing to do. Add a task with the plus button, or press Q.",
    Show.DONE: "Nothing was finished in the last 60 days.",
    Show.MISSED: "Nothing was missed: no occurrence of a recurring task was left open.",
}


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
    tags: Sequence[str]
    repeats: str
    later: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A tab or a tag: where it leads, and whether it is chosen."""

    label: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    url: str
    text: str
    show: str
    tag: str
    tabs: Sequence[Link]
    tags: Sequence[Link]
    rows: Sequence[Row]
    hidden: int
    empty: str


def view_list(s: Services, *, show: Show, text: str, tag: str) -> ListView:
    words = Words.of(s.preferences.require(), s.now)
    every = _tasks(s, show)
    found = [task for task in every if _matches(task, text, tag)]
    slots = s.placements.slots_of([task.id for task in found]) if show is Show.OPEN else {}
    listed = _sorted(found, slots, show)
    later = _later(listed) if show is Show.OPEN else {}
    rows = [
        _row(task, slots.get(task.id, ()), words, later=later.get(task.id, 0))
        for task in listed
        if show is not Show.OPEN or task.id in later
    ]
    return ListView(
        url=_url(show, text, tag),
        text=text,
        show=show.value,
        tag=tag,
        tabs=[
            Link(label=one.value.capitalize(), url=_url(one, text, ""), chosen=one is show)
            for one in Show
        ],
        tags=[
            Link(
                label=f"#{one}", url=_url(show, text, "" if one == tag else one), chosen=one == tag
            )
            for one in _all_tags(every)
        ],
        rows=rows[:MOST],
        hidden=max(0, len(rows) - MOST),
        empty="No task fits this search." if every else EMPTY[show],
    )


def _tasks(s: Services, show: Show) -> Sequence[Task]:
    if show is Show.OPEN:
        return s.tasks.unfinished()
    if show is Show.MISSED:
        return s.tasks.page(statuses=(TaskStatus.MISSED,), limit=MOST)
    return s.tasks.finished_since(s.now - BACK)


def _matches(task: Task, text: str, tag: str) -> bool:
    if tag and tag not in task.tags:
        return False
    wanted = text.casefold().split()
    said = f"{task.title}\n{task.notes}\n{' '.join(task.tags)}".casefold()
    return all(word in said for word in wanted)


def _sorted(
    tasks: Sequence[Task], slots: Mapping[int, Sequence[SlotRow]], show: Show
) -> Sequence[Task]:
    """Return open tasks by their next place, those without one last; others newest first."""
    if show is not Show.OPEN:
        return list(reversed(tasks))

    def place(task: Task) -> tuple[bool, float, int]:
        own = slots.get(task.id)
        return (not own, own[0].start.timestamp() if own else -task.priority, task.id)

    return sorted(tasks, key=place)


def _later(tasks: Sequence[Task]) -> Mapping[int, int]:
    """Return the tasks, and of each series only the first, with how many of it follow."""
    firsts: dict[object, int] = {}
    found: dict[int, int] = {}
    for task in tasks:
        key = ("series", task.series_id) if task.series_id else task.id
        first = firsts.setdefault(key, task.id)
        found[first] = found[first] + 1 if first in found else 0
    return found


def _row(task: Task, slots: Sequence[SlotRow], words: Words, *, later: int) -> Row:
    finished = task.status in (TaskStatus.COMPLETED, TaskStatus.MISSED)
    return Row(
        task_id=task.id,
        title=task.title,
        priority=mark(task),
        finished=finished,
        running=task.status is TaskStatus.STARTED,
        when=_when(task, slots, words),
        late=bool(slots) and is_late(task, slots[-1].end),
        warning="" if finished or slots else "not placed",
        takes=duration(task.duration),
        until="" if finished else words.until(task),
        tags=task.tags,
        repeats=say_repetition(task),
        later=later,
    )


def _when(task: Task, slots: Sequence[SlotRow], words: Words) -> str:
    if task.status is TaskStatus.STARTED:
        return "running"
    if task.status is TaskStatus.COMPLETED and task.actual_end_time:
        return words.clock.moment(task.actual_end_time)
    if task.status is TaskStatus.MISSED:
        return words.clock.day(task.release) if task.release else "missed"
    if not slots:
        return ""
    more = f" + {len(slots) - 1}" if len(slots) > 1 else ""
    return words.begin(slots[0].start) + more


def _all_tags(tasks: Iterable[Task]) -> Sequence[str]:
    return sorted({tag for task in tasks for tag in task.tags})


def _url(show: Show, text: str, tag: str) -> str:
    given = {"show": "" if show is Show.OPEN else show.value, "text": text, "tag": tag}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"/tasks?{query}" if query else "/tasks"
