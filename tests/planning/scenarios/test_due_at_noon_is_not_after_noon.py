"""A deadline is a moment: not its day, not its hour, and not the same hour of another day."""

import pytest

from dayloom.planning.plan import Obstacle
from tests.planning.builders import MINUTE, at, busy, span, task, week
from tests.planning.scenarios.conftest import Planner

NOON = at("tue 12:00")
ALL_MONDAY = busy(7, "mon 00:00", "tue 00:00")


def test_the_last_hour_before_noon_is_used_to_the_minute(planned: Planner) -> None:
    problem = week(task(deadline=NOON), busy=(ALL_MONDAY, busy(8, "tue 09:00", "11:00")))
    assert planned(problem).by_task()[1] == (span("tue 11:00", "12:00"),)


@pytest.mark.parametrize("early", [1, 4, 5])
def test_a_deadline_just_before_noon_is_not_stretched(early: int, planned: Planner) -> None:
    problem = week(
        task(deadline=NOON - early * MINUTE), busy=(ALL_MONDAY, busy(8, "tue 09:00", "11:00"))
    )
    (missed,) = planned(problem).unplaced
    assert missed.obstacle is Obstacle.TOO_LONG


def test_noon_of_the_next_day_does_not_help(planned: Planner) -> None:
    problem = week(task(deadline=NOON), busy=(ALL_MONDAY, busy(8, "tue 00:00", "tue 23:00")))
    assert [missed.task_id for missed in planned(problem).unplaced] == [1]


def test_a_soft_due_date_at_noon_still_gives_the_task_a_place(planned: Planner) -> None:
    problem = week(task(due=NOON), busy=(ALL_MONDAY, busy(8, "tue 00:00", "tue 13:00")))
    plan = planned(problem)
    assert plan.by_task()[1] == (span("tue 13:00", "14:00"),)
    assert plan.objective.tardiness > 0
