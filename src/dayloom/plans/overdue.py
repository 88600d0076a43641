"""What is overdue: its time has passed, or its date without a time, and nobody has begun it."""

from datetime import datetime

from dayloom.plans.facts import GRACE
from dayloom.plans.inputs import PlanInputs
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.pins import read_pins


def overdue_in(inputs: PlanInputs) -> frozenset[int]:
    """Return the numbers of the overdue tasks."""
    pieces = inputs.pieces()
    begins = {task_id: slots[0].start for task_id, slots in pieces.items()}
    return frozenset(
        task.id for task in inputs.tasks if is_overdue(task, begins.get(task.id), inputs.now)
    )


def is_overdue(task: Task, begins: datetime | None, now: datetime) -> bool:
    """Tell whether a task rests though it should have begun.

    One that lies in time to come is not overdue, though it may be late.
    """
    pins = read_pins(task.pins)
    if task.status is not TaskStatus.OPEN or (pins and pins[0].start + GRACE > now):
        return False
    if begins is not None:
        return begins + GRACE <= now
    return any(date is not None and date <= now for date in (task.due, task.deadline))
