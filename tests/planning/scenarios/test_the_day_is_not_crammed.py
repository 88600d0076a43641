"""Limits and breathers are rules, not wishes: a full list does not eat them."""

from datetime import timedelta

from dayloom.planning.plan import Obstacle
from dayloom.planning.problem import Cap
from tests.planning.builders import HOUR, MINUTE, WEEK, office, task, week
from tests.planning.scenarios.conftest import Planner


def test_four_hours_a_day_and_no_more(planned: Planner) -> None:
    tasks = [task(k, 60) for k in range(1, 31)]
    plan = planned(week(*tasks, caps=(Cap(limits=(4 * HOUR,) * 7),)))
    loads = [sum(day.covers(slot.interval) for slot in plan.slots) for day in WEEK]
    assert loads == [4, 4, 4, 4, 4, 0, 0]
    assert {missed.obstacle for missed in plan.unplaced} == {Obstacle.DAILY_CAP}


def test_a_limit_of_deep_work_leaves_room_for_the_rest(planned: Planner) -> None:
    maps = {"deep": office(), "work": office()}
    tasks = [task(k, 120, hours="deep" if k <= 5 else "work") for k in range(1, 11)]
    plan = planned(week(*tasks, hours=maps, caps=(Cap(limits=(2 * HOUR,) * 7, hours="deep"),)))
    deep = [slot for slot in plan.slots if slot.task_id <= 5]
    assert len({slot.start.date() for slot in deep}) == 5
    assert plan.unplaced == ()


def test_every_two_blocks_have_a_breather(planned: Planner) -> None:
    plan = planned(week(*(task(k, 45) for k in range(1, 31)), buffer=15 * MINUTE))
    pairs = zip(plan.slots, plan.slots[1:], strict=False)
    assert min(b.start - a.end for a, b in pairs) == 15 * MINUTE
    assert plan.unplaced == ()


def test_a_split_task_is_cut_at_the_daily_limit(planned: Planner) -> None:
    split = task(1, 360, min_chunk=HOUR, max_chunk=4 * HOUR)
    pieces = planned(week(split, caps=(Cap(limits=(2 * HOUR,) * 7),))).by_task()[1]
    assert [piece.duration for piece in pieces] == [timedelta(hours=2)] * 3
