"""Time was free and the order was wrong: deadlines go before weights, gaps are filled."""

from dayloom.planning.problem import Precedence
from tests.planning.builders import DAYS, at, task, week
from tests.planning.scenarios.conftest import Planner


def test_a_heavy_task_does_not_cost_a_light_one_its_deadline(planned: Planner) -> None:
    heavy = task(1, 480, weight=16)
    light = task(2, weight=1, deadline=at("mon 12:00"))
    assert planned(week(heavy, light)).unplaced == ()


def test_five_days_of_work_for_five_deadlines(planned: Planner) -> None:
    """One day of work for each evening, stated in the worst order and with the worst weights."""
    tasks = [
        task(k, 480, deadline=at(f"{day} 17:00"), weight=2**k)
        for k, day in enumerate(DAYS[:5], start=1)
    ]
    plan = planned(week(*reversed(tasks)))
    assert [slot.task_id for slot in plan.slots] == [1, 2, 3, 4, 5]


def test_a_chain_starts_early_enough_for_the_deadline_at_its_end(planned: Planner) -> None:
    chain = (
        task(1, 120, weight=1),
        task(2, 120, weight=1, after=(Precedence(task_id=1),)),
        task(3, 120, weight=1, after=(Precedence(task_id=2),), deadline=at("mon 15:00")),
    )
    plan = planned(week(task(9, 240, weight=16), *chain))
    assert [slot.task_id for slot in plan.slots] == [1, 2, 3, 9]


def test_a_short_task_fills_the_gap_before_a_late_release(planned: Planner) -> None:
    late = task(1, 420, release=at("mon 10:00"), deadline=at("mon 17:00"))
    plan = planned(week(late, task(2)))
    assert [slot.task_id for slot in plan.slots] == [2, 1]
