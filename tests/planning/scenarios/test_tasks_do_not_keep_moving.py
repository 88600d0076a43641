"""The loudest complaint: every change shuffles the whole week. A small change moves little."""

from dataclasses import replace

from dayloom.planning.difference import difference
from dayloom.planning.plan import Plan
from dayloom.planning.problem import Previous, Problem
from tests.planning.builders import at, busy, task, week
from tests.planning.scenarios.conftest import Planner

LENGTHS = (30, 45, 60, 90, 120, 60, 30, 150, 60, 45, 90, 60)


def settled(planned: Planner) -> tuple[Problem, Plan]:
    problem = week(*(task(k, minutes) for k, minutes in enumerate(LENGTHS, start=1)))
    plan = planned(problem)
    seen = tuple(Previous(task_id=id_, intervals=p) for id_, p in plan.by_task().items())
    return replace(problem, previous=seen), plan


def test_planning_again_changes_nothing(planned: Planner) -> None:
    problem, plan = settled(planned)
    assert difference(plan, planned(problem)).changes == ()


def test_a_light_new_task_moves_nothing(planned: Planner) -> None:
    problem, plan = settled(planned)
    found = difference(plan, planned(replace(problem, tasks=(*problem.tasks, task(99, weight=1)))))
    assert [change.task_id for change in found.changes] == [99]


def test_a_meeting_moves_only_what_lies_under_it(planned: Planner) -> None:
    problem, plan = settled(planned)
    meeting = busy(7, "tue 09:00", "09:30")
    under = {slot.task_id for slot in plan.slots if slot.interval.overlaps(meeting.interval)}
    found = difference(plan, planned(replace(problem, busy=(meeting,))))
    assert under <= {change.task_id for change in found.moved}
    assert len(found.moved) <= len(under) + 2


def test_an_hour_later_the_rest_of_the_day_is_as_it_was(planned: Planner) -> None:
    problem, plan = settled(planned)
    later = {slot.task_id for slot in plan.slots if slot.start >= at("mon 11:00")}
    begun = {slot.task_id for slot in plan.slots} - later
    rest = replace(
        problem,
        now=at("mon 11:00"),
        tasks=tuple(task for task in problem.tasks if task.id in later),
        previous=tuple(p for p in problem.previous if p.task_id in later),
    )
    found = difference(plan, planned(rest))
    assert found.changes == ()
    assert set(found.gone) == begun
