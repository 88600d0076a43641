"""Closed hours in the middle of the day stay closed, also for a task that would like to pass."""

from dayloom.planning.plan import Obstacle
from tests.planning.builders import MINUTE, office, span, task, week
from tests.planning.scenarios.conftest import Planner

MAPS = {"work": (*office("09:00", "12:00"), *office("13:00", "17:00"))}


def test_four_hours_wait_for_the_afternoon(planned: Planner) -> None:
    plan = planned(week(task(1, 240), hours=MAPS))
    assert plan.by_task()[1] == (span("mon 13:00", "17:00"),)


def test_five_hours_in_one_piece_are_too_long_and_by_how_much(planned: Planner) -> None:
    (missed,) = planned(week(task(1, 300), hours=MAPS)).unplaced
    assert (missed.obstacle, missed.missing) == (Obstacle.TOO_LONG, 60 * MINUTE)


def test_a_full_week_leaves_every_lunch_free(planned: Planner) -> None:
    plan = planned(week(*(task(k, 60) for k in range(1, 36)), hours=MAPS))
    lunches = office("12:00", "13:00")
    assert len(plan.slots) == 35
    assert not any(slot.interval.overlaps(lunch) for slot in plan.slots for lunch in lunches)
