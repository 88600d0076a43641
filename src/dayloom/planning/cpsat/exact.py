"""The exact optimum of a small problem, or of a few tasks among held ones."""

from collections.abc import Iterable

from dayloom.planning.cost import placement_cost, total_cost, unplaced_cost
from dayloom.planning.cpsat.objective import minimize_cost
from dayloom.planning.cpsat.run import Effort, Outcome, solve
from dayloom.planning.cpsat.scope import Scope
from dayloom.planning.instance import Instance, Placements


def solve_exactly(
    instance: Instance, held: Placements, effort: Effort, free: Iterable[int] | None = None
) -> Outcome:
    """Return the cheapest placements found with the tasks `free` (else all) decided anew.

    Where nothing cheaper is found the answer is `held`: a plan never changes for nothing. The
    bound is of the whole plan's cost, as long as the other tasks stay where they are.
    """
    scope = Scope.over(instance, held, instance.order if free is None else free)
    found = solve(scope, minimize_cost, effort)
    if found is None:
        return Outcome(placements=held, bound=0, proven=False)
    cheaper = total_cost(instance, found.placements) < total_cost(instance, held)
    return Outcome(
        placements=found.placements if cheaper else held,
        bound=found.bound + _held_cost(scope),
        proven=found.proven,
    )


def _held_cost(scope: Scope) -> int:
    free = set(scope.free)
    return sum(
        placement_cost(scope.instance, work, pieces) if pieces else unplaced_cost(work)
        for work, pieces in zip(scope.instance.works, scope.held, strict=True)
        if work.index not in free
    )
