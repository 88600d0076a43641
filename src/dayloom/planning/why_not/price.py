"""What a repair costs: how much worse the plan is for it, and what is asked of the person.

The plans are compared by the terms of the problem as it is, over the tasks that have a place in
both: who is put off by moving a due date is late by the old one. The subject counts as it comes
to lie; a task that is left out counts with its whole price. To that comes what the edit itself
asks, in the same weighted steps of delay.
"""

from collections.abc import Sequence

from dayloom.planning.answer import read_plan
from dayloom.planning.cost import placement_cost, unplaced_cost
from dayloom.planning.edits import (
    AllowPieces,
    Edit,
    LeaveOut,
    LiftCaps,
    MoveDeadline,
    OpenHours,
    SetBuffers,
    SkipEvent,
)
from dayloom.planning.instance import compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import GRID
from dayloom.planning.why_not.demand import Demand
from dayloom.planning.work import TARDY

OVERTIME = 24  # a step of work outside the hours: as much as two hours of delay
SKIPPED_EVENT = 2_000
NO_PAUSES = 300
FULL_DAY = 300  # a daily limit lifted
CUT = 24
FIRM = 2  # a deadline is moved as dearly as a due date is missed, twice


def price_of(demand: Demand, edits: Sequence[Edit], plan: Plan) -> int:
    """Return what `plan`, of the problem after `edits`, costs more than the plan there is."""
    instance = compile_problem(demand.problem)
    before, after = read_plan(instance, demand.plan), read_plan(instance, plan)
    left_out = {edit.task_id for edit in edits if isinstance(edit, LeaveOut)}
    total = sum(edit_price(demand, edit) for edit in edits)
    for work, old, new in zip(instance.works, before, after, strict=True):
        if new and (old or work.id == demand.subject_id):
            total += placement_cost(instance, work, new)
            total -= placement_cost(instance, work, old) if old else 0
        elif work.id in left_out:
            total += unplaced_cost(work)
    return total


def edit_price(demand: Demand, edit: Edit) -> int:
    """Return what the edit itself asks of the person."""
    match edit:
        case MoveDeadline(task_id=task_id, at=at):
            task = next(task for task in demand.problem.tasks if task.id == task_id)
            if at is None or task.deadline is None:
                return 0
            return FIRM * TARDY * task.weight * max(0, (at - task.deadline) // GRID)
        case OpenHours(interval=interval):
            return OVERTIME * (interval.duration // GRID)
        case SkipEvent():
            return SKIPPED_EVENT
        case SetBuffers():
            return NO_PAUSES
        case LiftCaps():
            return FULL_DAY
        case AllowPieces():
            return CUT
    return 0
