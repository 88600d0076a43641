"""From placements to a plan and back."""

from dayloom.planning.cost import objective
from dayloom.planning.instance import Instance, Placements
from dayloom.planning.interval import Interval
from dayloom.planning.obstacle import diagnose
from dayloom.planning.plan import Plan, Slot, Status
from dayloom.planning.problem import Problem
from dayloom.planning.work import Pieces, Work


def build_plan(
    problem: Problem,
    instance: Instance,
    placements: Placements,
    *,
    status: Status = Status.PROVISIONAL,
    bound: int | None = None,
) -> Plan:
    """Return `placements` as a plan of `problem`; what found no place is diagnosed."""
    pairs = list(zip(instance.works, placements, strict=True))
    slots = [Slot(interval, task.id) for task in problem.tasks for interval in task.pinned]
    slots += [
        Slot(instance.grid.interval(piece), work.id)
        for work, pieces in pairs
        if not work.fixed
        for piece in pieces
    ]
    return Plan(
        slots=tuple(sorted(slots)),
        unplaced=diagnose(instance, placements),
        objective=objective(instance, placements),
        bound=bound,
        status=status,
    )


def read_plan(instance: Instance, plan: Plan) -> Placements:
    """Return the placements of `plan`; tasks that it does not know are unplaced."""
    found = plan.by_task()
    return tuple(_pieces(instance, work, found.get(work.id, ())) for work in instance.works)


def _pieces(instance: Instance, work: Work, intervals: tuple[Interval, ...]) -> Pieces:
    return work.fixed or tuple(instance.grid.around(interval) for interval in intervals)
