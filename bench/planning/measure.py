"""Measures the engine on one problem: everything in one run, so that only ratios count."""

import resource
from collections.abc import Sequence
from dataclasses import dataclass

from bench.planning.baseline import earliest_deadline_first
from bench.planning.generate import Life, make_problem
from bench.planning.replan import Change, change
from bench.planning.searches import Found, search
from bench.planning.timing import timed
from dayloom.planning.answer import build_plan
from dayloom.planning.budget import Budget
from dayloom.planning.cost import total_cost
from dayloom.planning.cpsat.bound import lower_bound
from dayloom.planning.earliest import place_earliest, plan_earliest
from dayloom.planning.instance import compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Problem
from dayloom.planning.search.compiled import warm_up
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify

CLOSE = 1.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured, in seconds. Costs are given as ratios to the best one found."""

    life: Life
    edf: float
    first: float
    first_ratio: float
    found: tuple[tuple[float, float], ...]  # length of a search, ratio
    close: float | None  # the first length within 1 % of the best one found
    whole: float  # the planner as the app calls it
    whole_ratio: float
    unplaced: int
    gap: float
    moves_per_second: int
    change: Change
    memory: int  # in MB, at the peak


def measure(life: Life, seconds: Sequence[float]) -> Row:
    """Measure a problem: searches of these lengths, the last one to compare the others with."""
    warm_up()
    problem = make_problem(life)
    instance = compile_problem(problem)
    first, first_time = timed(lambda: checked(problem, plan_earliest(problem)))
    runs = search(instance, place_earliest(instance), seconds)
    checked(problem, build_plan(problem, instance, runs[-1].placements))
    whole, whole_time = timed(lambda: checked(problem, plan(problem, Budget.standard())))
    best = min(whole.objective.total, *(run.cost for run in runs))
    return Row(
        life=life,
        edf=total_cost(instance, earliest_deadline_first(instance)) / best,
        first=first_time,
        first_ratio=first.objective.total / best,
        found=tuple((run.seconds, run.cost / best) for run in runs),
        close=_close(runs, best),
        whole=whole_time,
        whole_ratio=whole.objective.total / best,
        unplaced=len(whole.unplaced),
        gap=1 - lower_bound(instance) / best,
        moves_per_second=round(runs[-1].moves / runs[-1].spent),
        change=change(problem, whole),
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def checked(problem: Problem, made: Plan) -> Plan:
    """Return the plan if the checker accepts it."""
    violations = verify(problem, made)
    if violations:
        raise AssertionError(violations[:3])
    return made


def _close(runs: Sequence[Found], best: int) -> float | None:
    return next((run.spent for run in runs if run.cost <= CLOSE * best), None)
