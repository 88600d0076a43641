from dataclasses import replace
from typing import Any

import pytest

from dayloom.planning.answer import build_plan, read_plan
from dayloom.planning.earliest import place_earliest, plan_earliest
from dayloom.planning.insertion import insert, neighbourhood, repair
from dayloom.planning.instance import compile_problem
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import Cap, Previous, Problem
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, MINUTE, at, busy, span, task, week
from tests.planning.generators import seeded_problem


def beside(*spans: Interval) -> list[tuple[str, Interval]]:
    return [("work", one) for one in spans]


def test_a_new_task_takes_the_first_hour_that_others_leave() -> None:
    others = beside(span("mon 09:00", "10:00"), span("mon 11:00", "12:00"))
    assert insert(week(task(3)), others) == (span("mon 10:00", "11:00"),)


def test_it_keeps_its_distance_and_the_cap_of_the_day() -> None:
    other = beside(span("mon 09:00", "10:00"))
    assert insert(week(task(2), buffer=15 * MINUTE), other) == (span("mon 10:15", "11:15"),)
    cap = Cap(limits=(HOUR,) * 7)
    assert insert(week(task(2), caps=(cap,)), other) == (span("tue 09:00", "10:00"),)


def test_only_slots_of_the_same_hours_count_for_their_cap() -> None:
    cap = Cap(limits=(HOUR,) * 7, hours="work")
    other = [("personal", span("mon 09:00", "10:00"))]
    assert insert(week(task(2), caps=(cap,)), other) == (span("mon 10:00", "11:00"),)


def test_it_has_no_place_where_none_is_left() -> None:
    soon = task(1, deadline=at("mon 10:00"))
    assert insert(week(soon), beside(span("mon 09:00", "10:00"))) == ()


@pytest.mark.parametrize("seed", range(40))
def test_an_inserted_task_breaks_no_rule_of_a_random_plan(seed: int) -> None:
    problem = seeded_problem(seed)
    plan, hours = plan_earliest(problem), {t.id: t.hours for t in problem.tasks}
    waiting = {link.task_id for t in problem.tasks for link in t.after}
    free = [t for t in problem.tasks if not (t.pinned or t.after or t.id in waiting)]
    for one in free[:3]:
        rest = tuple(slot for slot in plan.slots if slot.task_id != one.id)
        alone = replace(problem, tasks=(one,), previous=())
        found = insert(alone, [(hours[slot.task_id], slot.interval) for slot in rest])
        if found:
            slots = sorted([*rest, *(Slot(interval, one.id) for interval in found)])
            left = tuple(item for item in plan.unplaced if item.task_id != one.id)
            whole = Plan(slots=tuple(slots), unplaced=left)
            assert [v for v in verify(problem, whole) if v.rule not in ("reason",)] == []


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
