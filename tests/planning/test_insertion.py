from dataclasses import replace
from typing import Any

import pytest

from dayloom.planning.answer import build_plan, read_plan
from dayloom.planning.earliest import place_earliest, plan_earliest
from dayloom.planning.insertion import neighbourhood, repair
from dayloom.planning.instance import compile_problem
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem
from dayloom.planning.verify import verify
from tests.planning.builders import at, busy, span, task, week
from tests.planning.generators import seeded_problem


def replanned(problem: Problem, plan: Plan, **changes: Any) -> Problem:
    """Return the problem after a change, with everything in the plan seen."""
    seen = tuple(Previous(task_id=k, intervals=pieces) for k, pieces in plan.by_task().items())
    return replace(problem, previous=seen, **changes)


def test_an_event_moves_only_what_lies_under_it() -> None:
    tasks = [task(k, minutes=120) for k in range(1, 9)]
    plan = plan_earliest(week(*tasks))
    problem = replanned(week(*tasks), plan, busy=(busy(1, "tue 09:00", "10:00"),))
    instance = compile_problem(problem)
    before = read_plan(instance, plan)
    found = repair(instance, before, [], moves=1000)
    mended = build_plan(problem, instance, found)
    under = [s.task_id for s in plan.slots if s.interval.overlaps(span("tue 09:00", "10:00"))]
    moved = [w.id for w, old, new in zip(instance.works, before, found, strict=True) if old != new]
    assert moved == under
    assert verify(problem, mended) == []


def test_tasks_far_from_the_change_are_not_touched() -> None:
    tasks = [task(k, minutes=30) for k in range(200)]
    problem = week(*tasks, hours={"work": (span("mon 09:00", "fri 23:00"),)})
    instance = compile_problem(problem)
    placements = place_earliest(instance)
    near = neighbourhood(instance, placements, [100])
    assert 100 in near
    assert len(near) < 60


@pytest.mark.parametrize("seed", range(100, 130))
def test_a_mended_random_plan_keeps_every_rule(seed: int) -> None:
    problem = seeded_problem(seed)
    plan = plan_earliest(problem)
    later = replanned(problem, plan, now=max(problem.now, at("mon 08:00")))
    instance = compile_problem(later)
    found = repair(instance, read_plan(instance, plan), [0] if instance.works else [], moves=512)
    assert verify(later, build_plan(later, instance, found)) == []
