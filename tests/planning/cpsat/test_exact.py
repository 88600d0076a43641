"""What is called optimal is optimal: compared with trying every placement."""

from dataclasses import replace

import pytest

from dayloom.planning.cost import total_cost
from dayloom.planning.cpsat import Effort, lower_bound, solve_exactly
from dayloom.planning.instance import Instance, Placements, compile_problem
from dayloom.planning.problem import GRID, Problem, Task
from tests.planning.cpsat.brute import Enumeration
from tests.planning.cpsat.tiny import START, span, tiny_problem

PAIRS = [(seed, 2) for seed in range(100, 160)]
TRIPLES = [(seed, 3) for seed in (0, 2, 5, 6, 9, 11, 14, 17, 21, 31, 38, 49)]


def pins(instance: Instance) -> Placements:
    return tuple(work.fixed for work in instance.works)


@pytest.mark.parametrize(("seed", "tasks"), PAIRS + TRIPLES)
def test_the_proven_optimum_is_the_cheapest_of_all_plans(seed: int, tasks: int) -> None:
    problem = tiny_problem(seed, tasks)
    instance = compile_problem(problem)
    optimum = Enumeration(problem).optimum()

    outcome = solve_exactly(instance, pins(instance), Effort(20.0))

    assert outcome.proven
    assert total_cost(instance, outcome.placements) == optimum
    assert outcome.bound == optimum
    assert lower_bound(instance) <= optimum


def test_an_equally_good_plan_stays_as_it_is() -> None:
    tasks = tuple(Task(id=number, duration=4 * GRID) for number in (1, 2))
    problem = Problem(now=START, horizon=span(0, 24), tasks=tasks, hours={"work": (span(0, 24),)})
    instance = compile_problem(problem)

    for held in ((((0, 4),), ((4, 8),)), (((4, 8),), ((0, 4),))):
        assert solve_exactly(instance, held, Effort(5.0)).placements == held


def test_nothing_is_proven_about_a_task_that_can_be_cut_too_finely() -> None:
    fine = Task(id=1, duration=20 * GRID, min_chunk=GRID, max_chunk=20 * GRID)
    problem = Problem(
        now=START, horizon=span(0, 24), tasks=(fine,), hours={"work": (span(0, 24),)}
    )
    instance = compile_problem(problem)

    outcome = solve_exactly(instance, ((),), Effort(5.0))

    assert outcome.placements == (((0, 20),),)
    assert not outcome.proven
    assert outcome.bound == 0


def test_only_the_free_tasks_are_decided() -> None:
    heavy = Task(id=2, duration=4 * GRID, weight=9)
    problem = Problem(
        now=START,
        horizon=span(0, 24),
        tasks=(Task(id=1, duration=4 * GRID), heavy, replace(heavy, id=3)),
        hours={"work": (span(0, 24),)},
    )
    instance = compile_problem(problem)
    held = (((0, 4),), ((8, 12),), ((14, 18),))

    outcome = solve_exactly(instance, held, Effort(5.0), free=[1, 2])

    assert outcome.placements == (((0, 4),), ((4, 8),), ((8, 12),))
    assert outcome.bound == total_cost(instance, outcome.placements)
