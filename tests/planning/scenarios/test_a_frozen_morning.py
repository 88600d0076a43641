"""What is about to start does not move for a better idea; only a hard rule can push it."""

from dataclasses import replace

from bench.violations import plan_fully
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem
from tests.planning.builders import at, busy, span, task, week
from tests.planning.scenarios.conftest import Planner

NINE = span("mon 09:00", "10:00")
FROZEN = at("mon 12:00")


def seen(problem: Problem, plan: Plan) -> Problem:
    previous = tuple(Previous(task_id=id_, intervals=p) for id_, p in plan.by_task().items())
    return replace(problem, previous=previous, frozen_until=FROZEN)


def test_an_urgent_task_does_not_push_the_frozen_one(planned: Planner) -> None:
    light = task(1, weight=1)
    problem = seen(week(light), planned(week(light)))
    urgent = task(2, weight=16, due=at("mon 09:30"))
    places = planned(replace(problem, tasks=(light, urgent))).by_task()
    assert places[1] == (NINE,)
    assert places[2] == (span("mon 10:00", "11:00"),)


def test_a_hard_deadline_does_in_the_whole_planner() -> None:
    light = task(1, weight=1)
    problem = seen(week(light), plan_fully(week(light)))
    hard = task(2, deadline=at("mon 10:00"))
    plan = plan_fully(replace(problem, tasks=(light, hard)))
    assert plan.by_task()[2] == (NINE,)
    assert plan.by_task()[1][0].start >= at("mon 10:00")
    assert plan.unplaced == ()


def test_a_meeting_on_top_of_it_does(planned: Planner) -> None:
    problem = seen(week(task(1)), planned(week(task(1))))
    plan = planned(replace(problem, busy=(busy(7, "mon 09:30", "10:30"),)))
    assert plan.by_task()[1] == (span("mon 10:30", "11:30"),)
