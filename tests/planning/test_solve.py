"""The whole planner: verified, deterministic, honest about what it knows, never failing."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from dayloom.planning.budget import Budget
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Obstacle, Plan, Slot, Status
from dayloom.planning.problem import GRID, Precedence, Previous, Problem, Task
from dayloom.planning.solve import UnsoundPlan, first_accepted, plan
from dayloom.planning.verify import verify
from tests.planning.cpsat.brute import Enumeration
from tests.planning.cpsat.tiny import START, at, span, tiny_problem
from tests.planning.feasible_weeks import feasible_week

BUDGETS = (Budget.instant(), Budget.quick(), Budget.standard())
ROOT = Path(__file__).parents[2]
SOLVE_IN_A_FRESH_PROCESS = """
from dayloom.planning.budget import Budget
from dayloom.planning.solve import plan
from tests.planning.feasible_weeks import feasible_week
print(plan(feasible_week(5, 1.0).problem, Budget.quick()))
"""


def simple(*tasks: Task, end: int = 24) -> Problem:
    return Problem(now=START, horizon=span(0, end), tasks=tasks, hours={"work": (span(0, end),)})


def remembered(problem: Problem, found: Plan, *, seen: bool = True) -> Problem:
    """Return the problem with `found` as its previous plan."""
    previous = tuple(
        Previous(task_id=task_id, intervals=intervals, seen=seen)
        for task_id, intervals in found.by_task().items()
    )
    return replace(problem, previous=previous)


def moved(before: Plan, after: Plan) -> set[int]:
    was, now = before.by_task(), after.by_task()
    return {task_id for task_id in was if was[task_id] != now.get(task_id)}


@pytest.mark.parametrize("seed", range(20))
def test_what_is_called_optimal_is_the_cheapest_of_all_plans(seed: int) -> None:
    problem = tiny_problem(seed, tasks=2)

    found = plan(problem, Budget.standard())

    assert found.status is Status.OPTIMAL
    assert found.objective.total == found.bound == Enumeration(problem).optimum()
    assert found.gap == 0.0


@pytest.mark.parametrize("seed", range(300, 330))
def test_a_mixed_problem_gets_a_verified_plan(seed: int) -> None:
    problem = tiny_problem(seed, tasks=8)

    for budget in BUDGETS:
        assert verify(problem, plan(problem, budget)) == []


def test_a_larger_budget_never_costs_more() -> None:
    problem = feasible_week(11, 0.85).problem

    totals = [plan(problem, budget).objective.total for budget in BUDGETS]

    assert totals == sorted(totals, reverse=True)


def test_the_instant_plan_is_provisional_and_claims_no_bound() -> None:
    found = plan(feasible_week(1, 0.5).problem, Budget.instant())

    assert (found.status, found.bound, found.gap) == (Status.PROVISIONAL, None, None)


def test_a_searched_plan_carries_its_bound() -> None:
    found = plan(feasible_week(1, 1.0).problem, Budget.quick())

    assert found.status is Status.BOUNDED
    assert found.bound is not None
    assert 0 < found.bound < found.objective.total


def test_the_same_problem_gives_the_same_plan() -> None:
    problem = feasible_week(5, 1.0).problem

    assert plan(problem, Budget.quick()) == plan(problem, Budget.quick())


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_a_fresh_process_gives_the_same_plan(hash_seed: str) -> None:
    printed = subprocess.run(
        [sys.executable, "-c", SOLVE_IN_A_FRESH_PROCESS],
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert printed.strip() == repr(plan(feasible_week(5, 1.0).problem, Budget.quick()))


def test_overload_names_what_has_no_place_and_plans_the_rest() -> None:
    tasks = [Task(id=number, duration=6 * GRID, weight=number) for number in range(1, 9)]
    problem = simple(*tasks)

    found = plan(problem, Budget.standard())

    assert {item.task_id for item in found.unplaced} == {1, 2, 3, 4}
    assert {item.obstacle for item in found.unplaced} == {Obstacle.NO_ROOM}
    assert verify(problem, found) == []


def test_more_deadlines_than_time_never_fails() -> None:
    week = feasible_week(2, 1.0).problem
    doubled = tuple(replace(task, id=task.id + 100, after=()) for task in week.tasks)
    problem = replace(week, tasks=(*week.tasks, *doubled))

    found = plan(problem, Budget.quick())

    assert found.unplaced
    assert verify(problem, found) == []


def test_a_problem_without_tasks_has_an_optimal_empty_plan() -> None:
    found = plan(simple(), Budget.standard())

    assert (found.slots, found.status, found.bound) == ((), Status.OPTIMAL, 0)


def test_a_deadline_missed_by_the_search_is_kept_by_proof() -> None:
    """Two wide tasks must go around one narrow one: greedy orders may block it."""
    narrow = replace(Task(id=1, duration=4 * GRID, deadline=at(12)), release=at(8))
    wide = [Task(id=number, duration=8 * GRID, deadline=at(20)) for number in (2, 3)]
    problem = simple(narrow, *wide)

    assert plan(problem, Budget.quick()).unplaced == ()


def test_after_one_new_task_less_moves_than_in_a_plan_from_scratch() -> None:
    problem = feasible_week(8, 0.7).problem
    before = plan(problem, Budget.quick())
    new = Task(id=500, duration=timedelta(hours=1), weight=2)
    grown = replace(problem, tasks=(*problem.tasks, new))
    changed = remembered(grown, before)

    after = plan(changed, Budget.quick())

    assert after.unplaced == ()
    assert 500 in after.by_task()
    assert len(moved(before, after)) < len(moved(before, plan(grown, Budget.quick())))
    assert verify(changed, after) == []


def test_an_urgent_task_moves_what_lies_in_its_way_and_what_waits_for_that() -> None:
    first = Task(id=1, duration=12 * GRID)
    second = Task(id=2, duration=4 * GRID, after=(Precedence(task_id=1),))
    before = plan(simple(first, second), Budget.quick())
    urgent = Task(id=3, duration=6 * GRID, deadline=at(6), weight=9)
    changed = remembered(simple(first, second, urgent), before)

    after = plan(changed, Budget.quick())

    assert after.by_task()[3] == (span(0, 6),)
    assert moved(before, after) == {1, 2}
    assert after.objective.movement == 2 * (144 + 143)


def test_an_unchanged_problem_keeps_its_plan() -> None:
    problem = feasible_week(9, 0.85).problem
    before = plan(problem, Budget.standard())

    after = plan(remembered(problem, before), Budget.standard())

    assert moved(before, after) == set()


def test_a_frozen_slot_yields_to_a_deadline_alone() -> None:
    tasks = tuple(Task(id=number, duration=6 * GRID) for number in (1, 2))
    before = plan(simple(*tasks), Budget.quick())
    heavy = Task(id=3, duration=6 * GRID, weight=16)
    frozen = replace(
        remembered(simple(*tasks, heavy), before), frozen_until=START + timedelta(hours=3)
    )

    assert moved(before, plan(frozen, Budget.standard())) == set()

    must = replace(frozen, tasks=(*tasks, replace(heavy, deadline=at(6))))
    assert len(moved(before, plan(must, Budget.standard()))) == 1


def test_a_plan_that_the_checker_rejects_is_passed_over() -> None:
    problem = simple(Task(id=1, duration=4 * GRID))
    good = plan_earliest(problem)
    outside = Plan(slots=(Slot(span(22, 26), 1),))

    assert first_accepted(problem, [outside, good]) == good
    with pytest.raises(UnsoundPlan):
        first_accepted(problem, [outside])
