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
from dayloom.planning.earliest import place_earliest, place_within_fence
from dayloom.planning.fence import Ids, hold, missed, standing, stranded, unmoved
from dayloom.planning.insertion import keep_allowed, repair
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan, Status
from dayloom.planning.problem import Problem
from dayloom.planning.search.improve import improve
from dayloom.planning.verify import verify

__all__ = ["Budget", "UnsoundPlan", "first_accepted", "plan"]

FEW = 5  # this many changed tasks, or one in `RARE`, are a small change
RARE = 20
NEAREST, WIDER = 40, 200  # tasks among which a missed deadline is kept


class UnsoundPlan(RuntimeError):
    """No phase made a plan that the checker accepts: a defect of the planner."""


def plan(problem: Problem, budget: Budget) -> Plan:
    """Return the best verified plan found within `budget`.

    Raises `UnsoundPlan` if the checker rejects even the first placement.
    """
    instance = compile_problem(problem)
    if not budget.moves:
        return first_accepted(problem, _provisional(problem, instance))
    inside, found = _within_fence(problem, instance, budget)
    bound = max([lower_bound(inside), *(outcome.bound for outcome in found)])
    stages = (outcome.placements for outcome in reversed(found))
    certified = (_certified(problem, instance, each, bound) for each in stages)
    return first_accepted(problem, chain(certified, _provisional(problem, instance)))


def _within_fence(
    problem: Problem, instance: Instance, budget: Budget
) -> tuple[Instance, list[Outcome]]:
    """Return the outcomes around what is near and stays, and the instance that holds it.

    What stays is decided before all else, by hard rules alone; no price moves it after that.
    """
    held = _staying(problem, instance, Effort(budget.feasibility))
    while True:
        inside = compile_problem(hold(problem, held)) if held else instance
        found = list(_phases(inside, budget))
        lost = stranded(instance, found[-1].placements, held)
        if not lost:
            return inside, found
        held -= lost


def _staying(problem: Problem, instance: Instance, effort: Effort) -> Ids:
    """Return the near tasks that can stay without a deadline being missed for them."""
    near = standing(problem, instance)
    if not near:
        return near
    instant = place_within_fence(problem, instance)
    stays = unmoved(instance, instant, near)
    if stays == near and not missed(instance, instant):
        return near
    found = keep_deadlines(instance, instant, effort)
    if found is None or missed(instance, found.placements) > missed(instance, instant):
        return stays
    return unmoved(instance, found.placements, near)


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
    yield build_plan(problem, instance, place_within_fence(problem, instance))


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
    if missed(instance, placements):
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
    calm = improve(instance, mended, moves=moves, gentle=True)
    anew = place_earliest(instance)
    if total_cost(instance, calm) <= total_cost(instance, anew):
        yield calm
    else:
        yield improve(instance, anew, moves=moves, gentle=True)


def _with_deadlines_kept(
    instance: Instance, placements: Placements, effort: Effort, moves: int
) -> Placements:
    """Return cheaper placements around the deadlines that can be kept, else the given ones.

    Where a plan was seen, the tasks around the missed ones are decided first, and all of them
    only if that is not enough; the others stay where they are as far as they can.
    """
    seen = any(work.move_price for work in instance.works)
    best = placements
    for most in (NEAREST, WIDER) if seen else (WIDER,):
        found = keep_deadlines(instance, best, effort, most)
        if found and missed(instance, found.placements) < missed(instance, best):
            choices = (found.placements, best) if seen else (found.placements,)
            completed = keep_allowed(instance, *choices)
            searched = improve(instance, completed, moves=moves, gentle=seen)
            best = _cheaper(instance, best, searched)
        if not missed(instance, best):
            break
    return best


def _cheaper(instance: Instance, one: Placements, other: Placements) -> Placements:
    return min(one, other, key=lambda each: total_cost(instance, each))
