"""Measures the engine on one problem: everything in one run, so that only ratios count."""

import gc
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bench.planning.generate import Life, make_problem
from dayloom.planning.answer import build_plan, read_plan
from dayloom.planning.cost import total_cost
from dayloom.planning.cpsat.bound import lower_bound
from dayloom.planning.earliest import place_earliest, plan_earliest
from dayloom.planning.insertion import insert, repair
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem
from dayloom.planning.search.improve import Search
from dayloom.planning.search.kernel import BLOCK
from dayloom.planning.verify import verify

TRIAL = 40  # blocks of moves made to see how fast the kernel is here
MEND = 2_000  # moves for one changed task

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What was measured. Costs are given as ratios to the best one found."""

    tasks: int
    events: int
    first_ms: float
    first_ratio: float
    ratios: tuple[float, ...]
    unplaced: int
    gap: float
    insert_ms: float
    repair_ms: float
    repair_moved: int
    moves_per_second: int
    memory_mb: int


def measure(life: Life, seconds: Sequence[float], longest: float) -> Row:
    """Measure a problem: searches of these lengths, and a longest one to compare them with."""
    problem = make_problem(life)
    plan, first_ms = timed(lambda: plan_earliest(problem))
    check(problem, plan)
    instance = compile_problem(problem)
    start = place_earliest(instance)
    speed = _speed(instance, start)
    found = [_searched(instance, start, speed * each) for each in (*seconds, longest)]
    costs = [total_cost(instance, placements) for placements in found]
    best = min(costs)
    kept = found[len(seconds) - 1]
    check(problem, build_plan(problem, instance, kept))
    inserted, repaired, moved = _change(problem, build_plan(problem, instance, kept))
    return Row(
        tasks=life.tasks,
        events=life.events,
        first_ms=first_ms,
        first_ratio=plan.objective.total / best,
        ratios=tuple(cost / best for cost in costs[:-1]),
        unplaced=sum(not pieces for pieces in kept),
        gap=1 - lower_bound(instance) / best,
        insert_ms=inserted,
        repair_ms=repaired,
        repair_moved=moved,
        moves_per_second=int(speed),
        memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return the result and the milliseconds of this process alone."""
    gc.collect()
    start = time.process_time()
    result = work()
    return result, (time.process_time() - start) * 1000


def check(problem: Problem, plan: Plan) -> None:
    violations = verify(problem, plan)
    if violations:
        raise AssertionError(violations[:3])


def warm_up() -> float:
    """Compile or load the kernel; return the seconds that took."""
    instance = compile_problem(make_problem(Life(tasks=2, events=0, weeks=1)))
    search = Search(instance, place_earliest(instance))
    _, milliseconds = timed(lambda: search.advance(0, 1, 1))
    return milliseconds / 1000


def _speed(instance: Instance, start: Placements) -> float:
    search = Search(instance, start)
    _, milliseconds = timed(lambda: search.advance(0, TRIAL, TRIAL))
    return TRIAL * BLOCK / milliseconds * 1000


def _searched(instance: Instance, start: Placements, moves: float) -> Placements:
    search = Search(instance, start)
    blocks = max(1, round(moves / BLOCK))
    search.advance(0, blocks, blocks)
    return search.placements


def _change(problem: Problem, plan: Plan) -> tuple[float, float, int]:
    """Take one task out and put it back: alone, then with its neighbours, all others seen."""
    free = [task for task in problem.tasks if not task.pinned]
    task = free[len(free) // 2]
    rest = replace(plan, slots=tuple(slot for slot in plan.slots if slot.task_id != task.id))
    hours = {one.id: one.hours for one in problem.tasks}
    beside = [(hours[slot.task_id], slot.interval) for slot in rest.slots]
    alone = replace(problem, tasks=(replace(task, after=()),), previous=())
    _, insert_ms = timed(lambda: insert(alone, beside))
    seen = tuple(Previous(task_id=k, intervals=v) for k, v in rest.by_task().items())
    later = replace(problem, previous=seen)
    instance = compile_problem(later)
    before = read_plan(instance, rest)
    changed = instance.index[task.id]
    after, repair_ms = timed(lambda: repair(instance, before, [changed], moves=MEND))
    check(later, build_plan(later, instance, after))
    moved = sum(old != new for old, new in zip(before, after, strict=True)) - 1
    return insert_ms, repair_ms, max(0, moved)
