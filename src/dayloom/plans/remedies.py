"""What a person would have to change for a repair: nothing else than tasks, pauses and hours."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from dayloom.planning.edits import (
    AllowPieces,
    Edit,
    LeaveOut,
    MoveDeadline,
    MoveDue,
    OpenHours,
    SetBuffers,
)
from dayloom.planning.interval import Interval
from dayloom.planning.why_not.diagnosis import Diagnosis, Repair
from dayloom.plans.alterations import DELETED, MINUTE, PINS, Alteration, Of, held
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.portions import task_of
from dayloom.tasks.models import Task
from dayloom.tasks.pins import store_pins

KINDS: frozenset[type[Edit]] = frozenset(
    (MoveDeadline, MoveDue, AllowPieces, LeaveOut, OpenHours, SetBuffers)
)  # no event is skipped, no daily limit lifted: there is no place to say so for one day
MIDNIGHT, DAY_END = "00:00", "24:00"


def alterations_of(
    inputs: PlanInputs, diagnosis: Diagnosis, repair: Repair
) -> tuple[Alteration, ...]:
    """Return what the person would have to change; nothing if they cannot say so.

    A plan that only lets others make way holds by a pin: else the next one would let them back.
    """
    tasks = {task.id: task for task in inputs.tasks}
    if not repair.edits:
        return tuple(_pin(tasks, diagnosis.task_id, repair))
    found = [_alteration(inputs, tasks, edit) for edit in repair.edits]
    return tuple(one for one in found if one) if all(found) else ()


def date_field(task: Task, now: datetime) -> str:
    """Return which date of a task is its due date to the planner: a deadline that was missed,
    else the due date."""
    return "deadline" if task.deadline is not None and task.deadline <= now else "due"


def _pin(tasks: dict[int, Task], task_id: int, repair: Repair) -> Sequence[Alteration]:
    if task_id not in tasks:
        return ()  # what is left for later of a task that runs
    return (_of_task(tasks[task_id], PINS, store_pins(repair.plan.by_task()[task_id])),)


def _alteration(inputs: PlanInputs, tasks: dict[int, Task], edit: Edit) -> Alteration | None:
    match edit:
        case MoveDeadline(task_id=id_, at=at) if at:
            return _of_task(tasks[task_of(id_)], "deadline", at.isoformat())
        case MoveDue(task_id=id_, at=at) if at:
            task = tasks[task_of(id_)]
            return _of_task(task, date_field(task, inputs.now), at.isoformat())
        case AllowPieces(task_id=id_, min_chunk=least):
            return _of_task(tasks[task_of(id_)], "min_chunk", least // MINUTE)
        case LeaveOut(task_id=id_) if id_ in tasks:
            return _of_task(tasks[id_], DELETED, inputs.now.isoformat())
        case OpenHours(hours=name, interval=interval):
            return _of_hours(inputs, name, interval)
        case SetBuffers(buffer=buffer, event_buffer=around):
            name, length = ("buffer", buffer) if buffer is not None else ("event_buffer", around)
            before = held(inputs.preferences, name)
            after = (length // MINUTE) if length is not None else before
            return Alteration(of=Of.PREFERENCES, name=name, before=before, after=after)
    return None


def _of_task(task: Task, name: str, after: object) -> Alteration:
    return Alteration(of=Of.TASK, id=task.id, name=name, before=held(task, name), after=after)


def _of_hours(inputs: PlanInputs, name: str, more: Interval) -> Alteration | None:
    """Return the longer hours of that day, if they are the person's own: what the rules make
    for tasks of a kind is not opened."""
    hours = next((row for row in inputs.own_hour_maps if row.name == name), None)
    if hours is None:
        return None
    local = more.start.astimezone(inputs.zone)
    day, usual = f"{local:%Y-%m-%d}", hours.weekly[local.weekday()]
    before = hours.exceptions.get(day)
    after = _longer(usual if before is None else before, more, inputs.zone)
    return Alteration(of=Of.HOURS, id=hours.id, name=day, before=before, after=after)


def _longer(spans: Sequence[Sequence[str]], more: Interval, zone: ZoneInfo) -> list[list[str]]:
    """Return the spans of a day with one more, joined to those that it touches."""
    start, end = (f"{at.astimezone(zone):%H:%M}" for at in (more.start, more.end))
    end = DAY_END if end == MIDNIGHT else end
    rest = [list(span) for span in spans if span[1] != start and span[0] != end]
    start = next((span[0] for span in spans if span[1] == start), start)
    end = next((span[1] for span in spans if span[0] == end), end)
    return sorted([*rest, [start, end]])
