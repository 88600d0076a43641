"""Which deadlines can be kept, decided and proven."""

from dataclasses import replace

import pytest

from dayloom.planning.cpsat import Effort, keep_deadlines
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.instance import compile_problem
from dayloom.planning.problem import GRID, Precedence, Problem, Task
from tests.planning.cpsat.tiny import START, at, span
from tests.planning.feasible_weeks import feasible_week

EFFORT = Effort(10.0)


def due_by(number: int, end: int, steps: int = 4) -> Task:
    return Task(id=number, duration=steps * GRID, deadline=at(end))


def problem(*tasks: Task) -> Problem:
    return Problem(now=START, horizon=span(0, 24), tasks=tasks, hours={"work": (span(0, 24),)})


@pytest.mark.parametrize("seed", range(8))
def test_a_full_week_keeps_all_that_its_witness_keeps(seed: int) -> None:
    instance = compile_problem(feasible_week(seed, 1.0).problem)

    outcome = keep_deadlines(instance, tuple(() for _ in instance.works), EFFORT)

    assert outcome is not None
    assert outcome.proven
    assert all(outcome.placements)


def test_of_too_many_the_dearest_are_kept_and_that_is_proven() -> None:
    tasks = [replace(due_by(number, 8), weight=number) for number in (1, 2, 3)]
    instance = compile_problem(problem(*tasks))

    outcome = keep_deadlines(instance, ((), (), ()), EFFORT)

    assert outcome is not None
    assert outcome.proven
    assert outcome.bound == instance.works[0].drop_price
    assert [bool(pieces) for pieces in outcome.placements] == [False, True, True]


def test_the_best_choice_of_a_week_with_twice_the_work_is_proven() -> None:
    week = feasible_week(2, 1.0).problem
    doubled = tuple(replace(task, id=task.id + 100, after=()) for task in week.tasks)
    instance = compile_problem(replace(week, tasks=(*week.tasks, *doubled)))

    outcome = keep_deadlines(instance, tuple(() for _ in instance.works), EFFORT)

    assert outcome is not None
    assert outcome.proven
    missed = [w.drop_price for w in instance.works if not outcome.placements[w.index]]
    assert sum(missed) == outcome.bound > 0


def test_what_a_deadline_waits_for_is_placed_and_the_rest_is_left_out() -> None:
    first, other = Task(id=1, duration=4 * GRID), Task(id=2, duration=4 * GRID)
    last = replace(due_by(3, 8), after=(Precedence(task_id=1),))
    instance = compile_problem(problem(first, other, last))

    outcome = keep_deadlines(instance, ((), ((0, 4),), ()), EFFORT)

    assert outcome is not None
    assert outcome.placements == (((0, 4),), (), ((4, 8),))


def test_with_many_deadlines_only_the_rivals_of_the_missed_one_are_decided() -> None:
    far = [due_by(number, 24, steps=2) for number in (1, 2)]
    near = [due_by(3, 4), due_by(4, 8)]
    instance = compile_problem(problem(*far, *near))
    held = (((20, 22),), ((22, 24),), (), ((0, 4),))

    outcome = keep_deadlines(instance, held, EFFORT, most=2)

    assert outcome is not None
    assert outcome.placements == (((20, 22),), ((22, 24),), ((0, 4),), ((4, 8),))


def test_the_full_weeks_are_hard_for_the_earliest_placement() -> None:
    weeks = [feasible_week(seed, 1.0).problem for seed in range(12)]

    assert sum(bool(plan_earliest(week).unplaced) for week in weeks) > len(weeks) // 3
