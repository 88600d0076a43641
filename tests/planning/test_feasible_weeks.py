"""Weeks that are feasible by construction keep every deadline, 60 of 60 at every fill."""

import pytest

from dayloom.planning.budget import Budget
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.solve import plan
from dayloom.planning.verify import verify
from tests.planning.feasible_weeks import FILLS, feasible_week

WEEKS = 60
BUDGET = Budget(moves=1, most_moves=1, feasibility=10.0)


@pytest.mark.parametrize("fill", FILLS)
def test_every_week_keeps_every_deadline(fill: float) -> None:
    for seed in range(WEEKS):
        problem = feasible_week(seed, fill).problem
        found = plan(problem, BUDGET)

        assert (seed, found.unplaced) == (seed, ())
        assert verify(problem, found) == []


def test_full_weeks_are_beyond_the_earliest_placement_alone() -> None:
    problems = [feasible_week(seed, 1.0).problem for seed in range(WEEKS)]

    assert sum(not plan_earliest(problem).unplaced for problem in problems) < WEEKS // 2


@pytest.mark.parametrize("fill", FILLS)
def test_the_witness_is_a_plan(fill: float) -> None:
    """The certificate is no part of the witness: it has slots alone."""
    for seed in range(WEEKS):
        week = feasible_week(seed, fill)
        placed = {slot.task_id for slot in week.witness.slots}
        hours = sum(slot.interval.duration.seconds / 3600 for slot in week.witness.slots)

        assert verify(week.problem, week.witness) == []
        assert placed == {task.id for task in week.problem.tasks}
        assert fill * 40 - 2 < hours <= fill * 40


def test_half_of_the_tasks_have_windows_and_a_third_wait() -> None:
    tasks = [task for seed in range(WEEKS) for task in feasible_week(seed, 1.0).problem.tasks]

    assert 0.45 < sum(task.hours != "work" for task in tasks) / len(tasks) < 0.55
    assert 0.25 < sum(bool(task.after) for task in tasks) / len(tasks) < 0.35
    assert all(task.deadline is not None for task in tasks)
