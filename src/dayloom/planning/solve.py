"""The whole planner: from a problem to a verified plan with its bound, within a budget.

Phases, each one only as far as the budget goes and the plan needs it: the earliest placement, or
the previous plan after a small change; local search; CP-SAT for deadlines that were missed; the
exact optimum of a small problem, or windows of a larger one; the bound. A plan that the checker
rejects is never returned: the last one that it accepts is.
"""

from collections.abc import Iterable, Iterator

from dayloom.planning.answer import build_plan
from dayloom.planning.board import Board
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
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan, Status
from dayloom.planning.problem import Problem
from dayloom.planning.search.improve import improve
from dayloom.planning.verify import verify
from dayloom.planning.work import Work

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
        return first_accepted(problem, [build_plan(problem, instance, place_earliest(instance))])
    found = list(_phases(instance, budget))
    bound = max([lower_bound(instance), *(outcome.bound for outcome in found)])
    stages = [outcome.placements for outcome in reversed(found)]
    return first_accepted(problem, (_certified(problem, instance, each, bound) for each in stages))


def first_accepted(problem: Problem, plans: Iterable[Plan]) -> Plan:
    """Return the first of `plans`, best first, that the checker accepts."""
    complaints = []
    for each in plans:
        violations = verify(problem, each)
        if not violations:
            return each
        complaints.append(violations[0].fact)
    raise UnsoundPlan(f"no plan passed the checker: {complaints[-1]}")


def _certified(problem: Problem, instance: Instance, placements: Placements, bound: int) -> Plan:
    proven = total_cost(instance, placements) == bound
    status = Status.OPTIMAL if proven else Status.BOUNDED
    return build_plan(problem, instance, placements, status=status, bound=bound)


def _phases(instance: Instance, budget: Budget) -> Iterator[Outcome]:
    """Yield the placements after each phase; none costs more than the one before."""
    placements, moves = _start(instance, budget)
    yield _unproven(placements)
    placements = improve(instance, placements, moves=moves)
    yield _unproven(placements)
    if _missed(instance, placements):
        placements = _with_deadlines_kept(instance, placements, budget, moves)
        yield _unproven(placements)
    movable = sum(not work.fixed for work in instance.works)
    if movable <= budget.exact_tasks:
        yield solve_exactly(instance, placements, Effort(budget.exact))
    elif budget.windows:
        effort = Effort(budget.window)
        yield _unproven(improve_windows(instance, placements, effort, budget.windows))


def _unproven(placements: Placements) -> Outcome:
    return Outcome(placements=placements, bound=0, proven=False)


def _start(instance: Instance, budget: Budget) -> tuple[Placements, int]:
    """Return where the search starts, and its moves: few after a small change."""
    movable = [work for work in instance.works if not work.fixed]
    moves = budget.search_moves(len(movable))
    known = sum(bool(work.previous) for work in movable)
    if not known or len(movable) - known > max(FEW, len(movable) // RARE):
        return place_earliest(instance), moves
    return _completed(instance, _kept(instance)), min(moves, budget.repair_moves)


def _kept(instance: Instance) -> Placements:
    """Return the previous placements as far as they are still allowed together."""
    board = Board(instance)
    for index in instance.order:
        work = instance.works[index]
        if not work.fixed and board.allows(work, work.previous):
            board.put(work, work.previous)
    return board.placements


def _completed(instance: Instance, placements: Placements) -> Placements:
    """Return the placements with every other task put where it is cheapest, by urgency."""
    board = Board(instance)
    for work, pieces in zip(instance.works, placements, strict=True):
        if pieces and not work.fixed:
            board.put(work, pieces)
    left = sorted((w for w in instance.works if not board.pieces[w.index]), key=_urgency)
    placed = True
    while placed:
        placed = False
        for work in left:
            pieces = () if board.pieces[work.index] else board.best(work)
            if pieces:
                board.put(work, pieces)
                placed = True
    return board.placements


def _urgency(work: Work) -> tuple[int, int, int]:
    return min(work.deadline, work.due), -work.weight, work.index


def _missed(instance: Instance, placements: Placements) -> bool:
    pairs = zip(instance.works, placements, strict=True)
    return any(work.has_deadline and not pieces for work, pieces in pairs)


def _with_deadlines_kept(
    instance: Instance, placements: Placements, budget: Budget, moves: int
) -> Placements:
    """Return placements that keep more deadlines if there are any, else the given ones."""
    found = keep_deadlines(instance, placements, Effort(budget.feasibility))
    if found is None:
        return placements
    completed = _completed(instance, found.placements)
    searched = improve(instance, completed, moves=moves)
    return min(placements, searched, key=lambda each: total_cost(instance, each))
