"""Whose each field of a task is: the person's, read from their words, or a model's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dayloom.bootstrap import Services
from dayloom.plans.proposed import proposal_of
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.values import PROPOSED
from dayloom.web.words import Words, duration, number

DRAFTED = {"pinned_start": "start", "preferred": "times_of_day"}  # as readings name them


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One field: its value, and who said so; `kind` is you, words, guess or model.

    `call` leads to the call of the model that set it.
    """

    label: str
    value: str
    kind: str
    by: str
    call: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Where a model would put the task, and why; `kept` if the plan has it there."""

    when: str
    why: str
    kept: bool
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a task was understood; `waits` until a model has read it."""

    origins: Sequence[Origin]
    proposed: Proposed | None
    ranked: str
    waits: bool
    readable: bool


def view_understood(s: Services, task: Task, words: Words) -> Understood:
    single = task.status is TaskStatus.OPEN and task.series_id is None
    readable = single and s.has_model
    return Understood(
        origins=[*_origins(task, words)],
        proposed=_proposed(task, words),
        ranked=task.priority_reason,
        waits=readable and task.needs_reading,
        readable=readable and not task.needs_reading,
    )


def _proposed(task: Task, words: Words) -> Proposed | None:
    """Return the proposal while it can still be kept."""
    start, end = task.proposed_start_time, task.proposed_end_time
    if start is None or end is None or start < words.now or proposal_of(task) is None:
        return None
    return Proposed(
        when=words.place(start, end),
        why=task.proposed_reason,
        kept=(task.scheduled_start_time, task.scheduled_end_time) == (start, end),
        call=_call(task, PROPOSED),
    )


def _origins(task: Task, words: Words) -> Iterator[Origin]:
    for name, label, show in _FIELDS:
        kind, by = _said_by(task, name)
        value = show(task, words)
        if kind and value:
            call = _call(task, name) if kind == "model" else ""
            yield Origin(label=label, value=value, kind=kind, by=by, call=call)


def _said_by(task: Task, name: str) -> tuple[str, str]:
    """Return who said it, empty for nobody: a default."""
    if name in task.edited:
        return "you", "you"
    readings = task.readings.get(name) or task.readings.get(DRAFTED.get(name, ""))
    spans = readings if isinstance(readings, list) else []
    if name in task.inferred:
        quoted = next((one["text"] for one in spans if "model" in one), "")
        return "model", f"your model, from “{quoted}”" if quoted else "your model’s estimate"
    if name == "priority" and task.priority_reason:
        return "guess", "ranked by its dates"
    if not spans:
        return "", ""
    if all(one.get("guess") for one in spans):
        return "guess", "a guess from your words"
    return "words", "your words"


def _call(task: Task, name: str) -> str:
    return f"/inferences/{task.inferred[name]}" if name in task.inferred else ""


def _moment(name: str) -> Callable[[Task, Words], str]:
    def show(task: Task, words: Words) -> str:
        moment: datetime | None = getattr(task, name)
        return words.short(moment) if moment else ""

    return show


def _pin(task: Task, words: Words) -> str:
    return words.begin(datetime.fromisoformat(task.pins[0][0])) if task.pins else ""


_FIELDS: tuple[tuple[str, str, Callable[[Task, Words], str]], ...] = (
    ("duration", "Takes", lambda task, _: duration(task.duration)),
    ("pinned_start", "Pinned to", _pin),
    ("release", "Not before", lambda t, words: words.clock.start(t.release) if t.release else ""),
    ("due", "Due", _moment("due")),
    ("deadline", "Deadline", _moment("deadline")),
    ("preferred", "Preferred", lambda task, _: ", ".join(one["name"] for one in task.preferred)),
    ("priority", "Priority", lambda task, _: number(task.priority)),
    ("after", "After", lambda task, _: ", ".join(f"#{one.after_id}" for one in task.after)),
)
