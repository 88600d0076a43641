"""What is overdue is planned soon and called late; what cannot make it is named, never dropped."""

from datetime import timedelta

from dayloom.planning.explain import explain
from dayloom.planning.plan import Obstacle
from dayloom.planning.reason import Code
from tests.planning.builders import DAY, HOUR, at, span, task, week
from tests.planning.scenarios.conftest import Planner


def test_a_task_that_was_due_last_week_comes_first(planned: Planner) -> None:
    overdue = task(1, due=at("mon 00:00") - 5 * DAY)
    problem = week(task(2), overdue, task(3))
    plan = planned(problem)
    assert plan.by_task()[1] == (span("mon 09:00", "10:00"),)
    assert explain(problem, plan)[1][1].code is Code.LATE


def test_a_deadline_that_is_over_is_named_with_what_is_missing(planned: Planner) -> None:
    plan = planned(week(task(1, deadline=at("mon 08:30")), task(2)))
    (missed,) = plan.unplaced
    assert (missed.task_id, missed.obstacle) == (1, Obstacle.DEADLINE)
    assert missed.missing == HOUR / 2
    assert 2 in plan.by_task()


def test_lateness_costs_more_the_longer_it_lasts(planned: Planner) -> None:
    """Two overdue tasks of one weight: the short one goes first, both stay in the plan."""
    late = at("mon 00:00") - DAY
    plan = planned(week(task(1, 240, due=late), task(2, 30, due=late)))
    assert [slot.task_id for slot in plan.slots] == [2, 1]
    assert plan.objective.tardiness > 0
    assert sum((slot.interval.duration for slot in plan.slots), timedelta(0)) == 4.5 * HOUR
