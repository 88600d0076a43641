"""One more task beside others: in the first room there is, and by every rule."""

from dataclasses import replace

import pytest

from dayloom.planning.beside import place_beside
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.problem import Cap
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, MINUTE, at, span, task, week
from tests.planning.generators import seeded_problem


def beside(*spans: Interval) -> list[tuple[str, Interval]]:
    return [("work", one) for one in spans]


def test_a_new_task_takes_the_first_hour_that_others_leave() -> None:
    others = beside(span("mon 09:00", "10:00"), span("mon 11:00", "12:00"))
    assert place_beside(week(task(3)), others) == (span("mon 10:00", "11:00"),)


def test_it_keeps_its_distance_and_the_cap_of_the_day() -> None:
    other = beside(span("mon 09:00", "10:00"))
    assert place_beside(week(task(2), buffer=15 * MINUTE), other) == (span("mon 10:15", "11:15"),)
    cap = Cap(limits=(HOUR,) * 7)
    assert place_beside(week(task(2), caps=(cap,)), other) == (span("tue 09:00", "10:00"),)


def test_only_slots_of_the_same_hours_count_for_their_cap() -> None:
    cap = Cap(limits=(HOUR,) * 7, hours="work")
    other = [("personal", span("mon 09:00", "10:00"))]
    assert place_beside(week(task(2), caps=(cap,)), other) == (span("mon 10:00", "11:00"),)


def test_it_has_no_place_where_none_is_left() -> None:
    soon = task(1, deadline=at("mon 10:00"))
    assert place_beside(week(soon), beside(span("mon 09:00", "10:00"))) == ()


@pytest.mark.parametrize("seed", range(40))
def test_an_inserted_task_breaks_no_rule_of_a_random_plan(seed: int) -> None:
    problem = seeded_problem(seed)
    plan, hours = plan_earliest(problem), {t.id: t.hours for t in problem.tasks}
    waiting = {link.task_id for t in problem.tasks for link in t.after}
    free = [t for t in problem.tasks if not (t.pinned or t.after or t.id in waiting)]
    for one in free[:3]:
        rest = tuple(slot for slot in plan.slots if slot.task_id != one.id)
        alone = replace(problem, tasks=(one,), previous=())
        found = place_beside(alone, [(hours[slot.task_id], slot.interval) for slot in rest])
        if found:
            slots = sorted([*rest, *(Slot(interval, one.id) for interval in found)])
            left = tuple(item for item in plan.unplaced if item.task_id != one.id)
            whole = Plan(slots=tuple(slots), unplaced=left)
            assert [v for v in verify(problem, whole) if v.rule not in ("reason",)] == []
