"""What the details of a task show: a form of texts, where it lies, and what can be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import zip_longest

from dayloom.bootstrap import Services
from dayloom.tasks.models import Task, TaskStatus
from dayloom.web.recurrence_words import say_repetition
from dayloom.web.task_texts import Texts, as_texts
from dayloom.web.understood import Understood, view_understood
from dayloom.web.why_not_page import Trouble, view_trouble
from dayloom.web.words import Words, duration

STATES = {
    TaskStatus.OPEN: "Open",
    TaskStatus.STARTED: "Running",
    TaskStatus.COMPLETED: "Done",
    TaskStatus.MISSED: "Missed",
}
MOST_CHOICES = 200
MOMENTS = (
    ("release", "Not before"),
    ("due", "Due"),
    ("deadline", "Deadline, a hard one"),
    ("pinned_start", "Pinned to"),
)
LENGTHS = (
    ("duration", "Takes", ""),
    ("min_chunk", "Smallest piece", "in one piece"),
    ("max_chunk", "Largest piece", "as long as it fits"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a piece lies, and why."""

    when: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A preferred time of day."""

    name: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A task that comes first, and the pause after it."""

    task_id: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """`texts` fill the inputs; `errors` stand beside them."""

    id: int
    title: str
    state: str
    running: bool
    finished: bool
    pinned: bool
    repeats: str
    ends: bool
    worked: str
    source: str
    places: Sequence[Place]
    trouble: Trouble | None
    understood: Understood
    texts: Mapping[str, str]
    windows: Sequence[Window]
    befores: Sequence[Before]
    hours: Sequence[Option]
    others: Sequence[Option]
    moments: Sequence[tuple[str, str]] = MOMENTS
    lengths: Sequence[tuple[str, str, str]] = LENGTHS
    errors: Mapping[str, str] = field(default_factory=dict)
    blank_window: Window = Window()
    blank_before: Before = Before()


def view_task(
    s: Services, task_id: int, *, typed: Texts | None = None, errors: Mapping[str, str]
) -> TaskView:
    """Return the details, with what was `typed` where a mistake sent the form back."""
    task, words = s.tasks.require(task_id), Words.of(s.preferences.require(), s.now)
    texts = {**as_texts(task, words), **(typed or {})}
    finished = task.status in (TaskStatus.COMPLETED, TaskStatus.MISSED)
    slots = [] if finished else s.placements.slots_of([task_id]).get(task_id, [])
    return TaskView(
        id=task.id,
        title=task.title,
        state=STATES[task.status],
        running=task.status is TaskStatus.STARTED,
        finished=finished,
        pinned=bool(task.pins),
        repeats=say_repetition(task),
        ends=task.series is not None and task.series.ended_on is not None,
        worked=_worked(task, words),
        source=task.source if task.source != task.title else "",
        places=[
            Place(when=words.place(slot.start, slot.end), why=" ".join(slot.reasons))
            for slot in slots
        ],
        trouble=None if finished else view_trouble(s, task, slots),
        understood=view_understood(s, task, words),
        texts={name: values[-1] if values else "" for name, values in texts.items()},
        windows=_windows(texts),
        befores=_befores(texts),
        hours=_hours(s),
        others=_others(s, task),
        errors=errors,
    )


def _worked(task: Task, words: Words) -> str:
    spans = [(one.end or words.now) - one.start for one in task.worked]
    total = sum(spans, timedelta(0))
    return duration(total) if total >= timedelta(minutes=1) else ""


def _windows(texts: Texts) -> list[Window]:
    names = ("preferred_name", "preferred_start", "preferred_end")
    rows = zip_longest(*(texts.get(name, ()) for name in names), fillvalue="")
    return [Window(name=name, start=start, end=end) for name, start, end in rows]


def _befores(texts: Texts) -> list[Before]:
    rows = zip_longest(texts.get("after_id", ()), texts.get("after_gap", ()), fillvalue="")
    return [Before(task_id=task_id, gap=gap) for task_id, gap in rows]


def _hours(s: Services) -> list[Option]:
    maps = s.preferences.hour_maps()
    return [
        Option(value="", label="the usual ones"),
        *(Option(value=one.name, label=one.name) for one in maps),
    ]


def _others(s: Services, task: Task) -> list[Option]:
    """Return the tasks that this one can wait for: the open ones, and those it waits for."""
    waited = {one.after_id for one in task.after}
    open_ids = [other.id for other in s.tasks.unfinished() if other.id != task.id]
    ids = {*open_ids[-MOST_CHOICES:], *waited}
    titles = s.tasks.titles(ids)
    return [
        Option(value=str(task_id), label=f"#{task_id} {title}")
        for task_id, title in sorted(titles.items())
    ]
