"""What there is to place: a task each, or, of one that is being worked on, now and later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan
from dayloom.plans.inputs import PlanInputs
from dayloom.plans.models import SlotRow
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.pins import to_grid
from dayloom.tasks.remaining import OVERRUN, remaining

LATER = 1 << 40  # above every number of a task


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Work of `left` under an `id` of its own. `running` is the piece that is being worked on."""

    id: int
    task: Task
    left: timedelta
    slots: Sequence[SlotRow]
    running: tuple[Interval, ...] = ()


def portions_of(inputs: PlanInputs) -> tuple[Portion, ...]:
    """Return the portions of all unfinished tasks, those of one task in order of time."""
    return tuple(_portions(inputs))


def task_of(portion_id: int) -> int:
    """Return the number of the task that a portion belongs to."""
    return portion_id % LATER


def whole(plan: Plan) -> Plan:
    """Return the plan with the portions of each task put together."""
    return replace(
        plan,
        slots=tuple(sorted(replace(s, task_id=task_of(s.task_id)) for s in plan.slots)),
        unplaced=tuple(replace(u, task_id=task_of(u.task_id)) for u in plan.unplaced),
    )


def _portions(inputs: PlanInputs) -> Iterator[Portion]:
    pieces = inputs.pieces()
    for task in inputs.tasks:
        left, slots = remaining(task, inputs.now), pieces.get(task.id, [])
        if task.status is not TaskStatus.STARTED:
            yield Portion(id=task.id, task=task, left=left, slots=slots)
            continue
        now = _running(inputs, task, left, slots)
        yield Portion(id=task.id, task=task, left=now.duration, slots=(), running=(now,))
        if later := left - now.duration:
            ahead = [slot for slot in slots if slot.start >= now.end]
            yield Portion(id=task.id + LATER, task=task, left=later, slots=ahead)


def _running(
    inputs: PlanInputs, task: Task, left: timedelta, slots: Sequence[SlotRow]
) -> Interval:
    """Return what is done in one go from now on: all of it, or a piece up to the next event."""
    start = to_grid(inputs.now)
    if task.min_chunk is None and task.max_chunk is None:
        return Interval(start, start + left)
    planned = [slot.end for slot in slots if slot.start <= inputs.now < slot.end]
    ends = planned or [_begun(task, inputs.now) + (task.max_chunk or left)]
    ends += [event.start for event in inputs.busy if event.start > inputs.now][:1]
    length = max(OVERRUN, to_grid(min(ends)) - start)
    return Interval(start, start + min(length, left))


def _begun(task: Task, now: datetime) -> datetime:
    return next((w.start for w in task.worked if w.end is None), now)
