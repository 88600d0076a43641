"""The flow bound is below every plan, and close where the relaxation loses nothing."""

import pytest

from dayloom.planning.cost import total_cost
from dayloom.planning.cpsat import lower_bound
from dayloom.planning.cpsat.segments import cut_time
from dayloom.planning.earliest import place_earliest
from dayloom.planning.instance import compile_problem
from dayloom.planning.problem import GRID, Preference, Problem, Task
from dayloom.planning.search.improve import improve
from tests.planning.cpsat.brute import Enumeration
from tests.planning.cpsat.tiny import START, span, tiny_problem
from tests.planning.feasible_weeks import FILLS, feasible_week


def problem(*tasks: Task) -> Problem:
    return Problem(
        now=START,
        horizon=span(0, 24),
        tasks=tasks,
        hours={"work": (span(0, 10), span(12, 24))},
        windows={"later": (span(12, 24),)},
    )


@pytest.mark.parametrize("seed", range(500, 560))
def test_the_bound_is_never_above_the_optimum(seed: int) -> None:
    tiny = tiny_problem(seed, tasks=2)

    assert lower_bound(compile_problem(tiny)) <= Enumeration(tiny).optimum()


@pytest.mark.parametrize("seed", range(40))
def test_the_bound_is_below_a_searched_plan_of_five_tasks(seed: int) -> None:
    instance = compile_problem(tiny_problem(seed, tasks=5))
    searched = improve(instance, place_earliest(instance), moves=500)

    assert lower_bound(instance) <= total_cost(instance, searched)


@pytest.mark.parametrize("fill", FILLS)
def test_the_bound_is_below_the_witness_of_a_week(fill: float) -> None:
    week = feasible_week(7, fill)
    instance = compile_problem(week.problem)
    pieces = week.witness.by_task()
    witness = tuple(
        tuple(instance.grid.around(interval) for interval in pieces[work.id])
        for work in instance.works
    )

    bound = lower_bound(instance)

    assert 0 < bound <= total_cost(instance, witness)


def test_one_task_alone_is_bounded_exactly() -> None:
    """Completion, tardiness, the pieces it must have and the share outside its window."""
    late = Task(id=1, duration=6 * GRID, weight=3, due=START)
    cut = Task(id=1, duration=12 * GRID, min_chunk=6 * GRID, max_chunk=6 * GRID, weight=3)
    wish = Task(id=1, duration=6 * GRID, preferred=(Preference(window="later", worth=6 * GRID),))

    assert lower_bound(compile_problem(problem(late))) == 3 * 6 + 3 * 4 * 6
    assert lower_bound(compile_problem(problem(cut))) >= 3 * 12 + 3 * 12
    assert lower_bound(compile_problem(problem(wish))) == 2 * (6 + 6)


def test_a_task_that_fits_nowhere_costs_its_price() -> None:
    instance = compile_problem(problem(Task(id=1, duration=13 * GRID)))

    assert lower_bound(instance) == instance.works[0].drop_price


def test_pinned_tasks_alone_are_a_constant() -> None:
    pinned = problem(Task(id=1, duration=4 * GRID, pinned=(span(4, 8),)))

    assert lower_bound(compile_problem(pinned)) == 2 * 8
    assert lower_bound(compile_problem(problem())) == 0


def test_time_is_cut_where_hours_change_and_loses_nothing() -> None:
    instance = compile_problem(problem(Task(id=1, duration=4 * GRID)))

    fine, coarse = cut_time(instance, 1), cut_time(instance, 288)

    assert (fine.ends - fine.starts).sum() == (coarse.ends - coarse.starts).sum() == 22
    assert list(zip(coarse.starts, coarse.ends, strict=True)) == [(0, 10), (12, 24)]
