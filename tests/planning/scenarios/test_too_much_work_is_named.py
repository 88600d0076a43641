"""Fifty hours of work in a week of forty: the plan still comes, and says what it lacks."""

from dayloom.planning.plan import Obstacle
from dayloom.planning.problem import Precedence
from tests.planning.builders import HOUR, at, busy, task, week
from tests.planning.scenarios.conftest import Planner


def test_what_has_no_place_is_named_and_the_rest_is_planned(planned: Planner) -> None:
    plan = planned(week(*(task(k, 300) for k in range(1, 11))))
    assert len(plan.slots) == 5
    assert len(plan.unplaced) == 5
    assert all(missed.because_of for missed in plan.unplaced)


def test_the_least_important_is_left_out(planned: Planner) -> None:
    tasks = [task(k, 480, weight=k, deadline=at("fri 17:00")) for k in range(1, 7)]
    assert [missed.task_id for missed in planned(week(*tasks)).unplaced] == [1]


def test_what_waits_for_it_says_so(planned: Planner) -> None:
    plan = planned(
        week(task(1, deadline=at("mon 08:30")), task(2, after=(Precedence(task_id=1),)))
    )
    obstacles = {missed.task_id: missed for missed in plan.unplaced}
    assert obstacles[2].obstacle is Obstacle.WAITS
    assert obstacles[2].because_of == (1,)


def test_the_missing_time_is_the_true_amount(planned: Planner) -> None:
    away = busy(7, "mon 12:00", "sat 00:00")
    (missed,) = planned(week(task(1, 300), busy=(away,))).unplaced
    assert (missed.obstacle, missed.missing) == (Obstacle.TOO_LONG, 2 * HOUR)


def test_no_open_hours_at_all(planned: Planner) -> None:
    plan = planned(week(task(hours="never"), hours={"never": ()}))
    assert [missed.obstacle for missed in plan.unplaced] == [Obstacle.NO_HOURS]


def test_nothing_to_do_is_a_plan_too(planned: Planner) -> None:
    plan = planned(week())
    assert (plan.slots, plan.unplaced, plan.objective.total) == ((), (), 0)
