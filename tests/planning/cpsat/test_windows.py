"""Windows of a larger plan: never worse, still valid, always the same."""

from dayloom.planning.answer import build_plan
from dayloom.planning.cost import total_cost
from dayloom.planning.cpsat import Effort, improve_windows
from dayloom.planning.earliest import place_earliest
from dayloom.planning.instance import Placements, compile_problem
from dayloom.planning.problem import GRID, Problem, Task
from dayloom.planning.verify import verify
from tests.planning.cpsat.tiny import START, span
from tests.planning.feasible_weeks import feasible_week

EFFORT = Effort(0.2)


def test_windows_lower_the_cost_and_keep_the_rules() -> None:
    problem = feasible_week(3, 0.85).problem
    instance = compile_problem(problem)
    before = place_earliest(instance)

    after = improve_windows(instance, before, EFFORT, rounds=5)

    assert total_cost(instance, after) < total_cost(instance, before)
    assert verify(problem, build_plan(problem, instance, after)) == []
    assert after == improve_windows(instance, before, EFFORT, rounds=5)


def test_a_heavy_task_from_far_away_joins_the_first_window() -> None:
    tasks = [Task(id=number, duration=GRID, weight=1) for number in range(1, 12)]
    heavy = Task(id=99, duration=GRID, weight=16)
    problem = Problem(
        now=START,
        horizon=span(0, 24),
        tasks=(*tasks, heavy),
        hours={"work": (span(0, 24),)},
    )
    instance = compile_problem(problem)
    held: Placements = (*(((step, step + 1),) for step in range(11)), ((23, 24),))

    improved = improve_windows(instance, held, EFFORT, rounds=1)

    assert improved[-1] == ((0, 1),)


def test_no_rounds_and_no_tasks_change_nothing() -> None:
    empty = Problem(now=START, horizon=span(0, 24), tasks=(), hours={})

    assert improve_windows(compile_problem(empty), (), EFFORT, rounds=3) == ()
