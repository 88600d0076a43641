"""The whole planner: from a problem to a verified plan with its bound, within a budget.

Phases, each one only as far as the budget goes and the plan needs it: the earliest placement, or
the previous plan after a small change; local search; CP-SAT for deadlines that were missed; the
exact optimum of a small problem, or windows of a larger one; the bound. A plan that the checker
rejects is never returned: the last one that it accepts is.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from dayloom.planning.answer import build_plan
from dayloom.planning.budget import Budget
from dayloom.planning.cost import total_cost
from dayloom.planning.cpsat import (
    Effort,
    Outcome,
    improve_windows,
    keep_deadlines,
    lower_bound,
    solve_exactly,
)
from dayloom.planning.earliest import place_earliest
from dayloom.planning.insertion import keep_allowed, repair
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan, Status
from dayloom.planning.problem import Problem
from dayloom.planning.search.improve import improve
from dayloom.planning.verify import verify

__all__ = ["Budget", "UnsoundPlan", "first_accepted", "plan"]

FEW = 5  # this many changed tasks, or one in `RARE`, are a small change
RARE = 20


class UnsoundPlan(RuntimeError):
    """No phase made a plan that the checker accepts: a defect of the planner."""


def plan(problem: Problem, budget: Budget) -> Plan:
    """Return the best verified plan found within `budget`.

    Raises `UnsoundPlan` if the checker rejects even the first placement.
    """
    instance = compile_problem(problem)
    if not budget.moves:
        return first_accepted(problem, _provisional(problem, instance))
    found = list(_phases(instance, budget))
    bound = max([lower_bound(instance), *(outcome.bound for outcome in found)])
    stages = (outcome.placements for outcome in reversed(found))
    certified = (_certified(problem, instance, each, bound) for each in stages)
    return first_accepted(problem, chain(certified, _provisional(problem, instance)))


def first_accepted(problem: Problem, plans: Iterable[Plan]) -> Plan:
    """Return the first of `plans`, best first, that the checker accepts."""
    complaints = []
    for each in plans:
        violations = verify(problem, each)
        if not violations:
            return each
        complaints.append(violations[0].fact)
    raise UnsoundPlan(f"no plan passed the checker: {complaints[-1]}")


def _provisional(problem: Problem, instance: Instance) -> Iterator[Plan]:
    """Yield the instant plan, which is made only if it is asked for."""
    yield build_plan(problem, instance, place_earliest(instance))


def _certified(problem: Problem, instance: Instance, placements: Placements, bound: int) -> Plan:
    proven = total_cost(instance, placements) == bound
    status = Status.OPTIMAL if proven else Status.BOUNDED
    return build_plan(problem, instance, placements, status=status, bound=bound)


def _phases(instance: Instance, budget: Budget) -> Iterator[Outcome]:
    """Yield the placements after each phase; none costs more than the one before."""
    movable = [work.index for work in instance.works if not work.fixed]
    changed = [index for index in movable if not instance.works[index].previous]
    small = len(changed) <= max(FEW, len(movable) // RARE) < len(movable)
    moves = budget.repair_moves if small else budget.search_moves(len(movable))
    for placements in _mended(instance, changed, moves) if small else _new(instance, moves):
        yield _unproven(placements)
    if _missed(instance, placements):
        placements = _with_deadlines_kept(instance, placements, Effort(budget.feasibility), moves)
        yield _unproven(placements)
    if len(movable) <= budget.exact_tasks:
        yield solve_exactly(instance, placements, Effort(budget.exact))
    elif budget.windows:
        effort = Effort(budget.window)
        yield _unproven(improve_windows(instance, placements, effort, budget.windows))


def _unproven(placements: Placements) -> Outcome:
    return Outcome(placements=placements, bound=0, proven=False)


def _new(instance: Instance, moves: int) -> Iterator[Placements]:
    """Yield the earliest placement and what a search from it finds."""
    earliest = place_earliest(instance)
    yield earliest
    yield improve(instance, earliest, moves=moves)


def _mended(instance: Instance, changed: list[int], moves: int) -> Iterator[Placements]:
    """Yield the previous plan with the changed tasks put in, then mended around them, then all
    of it searched without haste: what was seen has its price of moving. A new plan goes before
    it where that is cheaper even so."""
    kept = keep_allowed(instance, tuple(work.fixed or work.previous for work in instance.works))
    yield kept
    mended = repair(instance, kept, changed, moves=moves)
    start = _cheaper(instance, mended, place_earliest(instance))
    yield improve(instance, start, moves=moves, gentle=True)


def _missed(instance: Instance, placements: Placements) -> int:
    """Return the price of the deadlines that are missed."""
    pairs = zip(instance.works, placements, strict=True)
    return sum(work.drop_price for work, pieces in pairs if work.has_deadline and not pieces)


def _with_deadlines_kept(
    instance: Instance, placements: Placements, effort: Effort, moves: int
) -> Placements:
    """Return cheaper placements around the deadlines that can be kept, else the given ones."""
    found = keep_deadlines(instance, placements, effort)
    if found is None or _missed(instance, found.placements) >= _missed(instance, placements):
        return placements
    completed = keep_allowed(instance, found.placements)
    searched = improve(instance, completed, moves=moves)
    return _cheaper(instance, placements, searched)


def _cheaper(instance: Instance, one: Placements, other: Placements) -> Placements:
    return min(one, other, key=lambda each: total_cost(instance, each))
