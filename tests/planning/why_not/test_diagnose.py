from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.overloads import faults
from dayloom.planning.budget import Budget
from dayloom.planning.edits import AllowPieces, LeaveOut, MoveDeadline, OpenHours, SetBuffers
from dayloom.planning.problem import Precedence, Problem
from dayloom.planning.solve import plan
from dayloom.planning.why_not.demand import Demand, troubled
from dayloom.planning.why_not.diagnose import diagnose_plan, diagnose_task
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding
from dayloom.planning.why_not.member import (
    EventMember,
    Rule,
    RuleMember,
    TaskMember,
    WaitMember,
)
from tests.planning.builders import HOUR, MINUTE, at, busy, plan_of, span, task, week
from tests.planning.generators import problems
from tests.planning.overloaded_weeks import overloaded_week

DEADLINE, HOURS = RuleMember(Rule.DEADLINE), RuleMember(Rule.HOURS)
ONE_PIECE, RELEASE = RuleMember(Rule.ONE_PIECE), RuleMember(Rule.RELEASE)


def diagnosed(problem: Problem) -> Diagnosis:
    """Return the diagnosis of the only task in trouble."""
    (found,) = diagnose_plan(problem, plan(problem, Budget.quick()))
    return found


def edits_of(diagnosis: Diagnosis) -> list[object]:
    return [edit for repair in diagnosis.repairs for edit in repair.edits]


def test_two_tasks_for_one_day() -> None:
    problem = week(
        task(1, 360, deadline=at("mon 17:00"), weight=3), task(2, 180, deadline=at("mon 17:00"))
    )

    found = diagnosed(problem)

    assert found.finding is Finding.IMPOSSIBLE
    assert found.task_id == 2
    assert set(found.members) == {DEADLINE, HOURS, TaskMember(1)}
    assert found.minimal
    assert found.missing == HOUR


def test_the_repairs_are_as_small_as_they_can_be() -> None:
    problem = week(
        task(1, 360, deadline=at("mon 20:00"), weight=3), task(2, 180, deadline=at("mon 20:00"))
    )

    edits = edits_of(diagnosed(problem))

    assert OpenHours(hours="work", interval=span("mon 17:00", "18:00")) in edits
    assert MoveDeadline(task_id=2, at=at("tue 12:00")) in edits
    assert LeaveOut(task_id=1) in edits


def test_a_meeting_takes_the_only_morning() -> None:
    problem = week(task(1, 120, deadline=at("mon 12:00")), busy=(busy(7, "mon 09:30", "11:30"),))

    found = diagnosed(problem)

    assert set(found.members) == {DEADLINE, HOURS, EventMember(7)}
    assert found.minimal
    assert found.missing == timedelta(minutes=90)


def test_pieces_would_do() -> None:
    problem = week(task(1, 120, deadline=at("mon 13:00")), busy=(busy(7, "mon 10:30", "11:30"),))

    found = diagnosed(problem)

    assert ONE_PIECE in found.members
    assert AllowPieces(task_id=1, min_chunk=30 * MINUTE, max_chunk=120 * MINUTE) in edits_of(found)


def test_a_pause_is_all_that_is_in_the_way() -> None:
    problem = week(
        task(1, 240, deadline=at("mon 17:00"), weight=3),
        task(2, 240, deadline=at("mon 17:00")),
        buffer=10 * MINUTE,
    )

    found = diagnosed(problem)

    assert RuleMember(Rule.BUFFER) in found.members
    assert SetBuffers(buffer=timedelta(0)) in edits_of(found)


def test_it_waits_for_what_comes_too_late() -> None:
    problem = week(
        task(1, 60, release=at("mon 16:00"), deadline=at("mon 17:00")),
        task(2, 60, deadline=at("mon 17:00"), after=(Precedence(task_id=1),)),
    )

    found = diagnosed(problem)

    assert {TaskMember(1), WaitMember(1), DEADLINE} <= set(found.members)
    assert found.minimal


def test_a_late_task_is_measured_by_its_due_date_and_others_keep_theirs() -> None:
    problem = week(
        task(1, 420, due=at("mon 17:00"), weight=16), task(2, 180, due=at("mon 17:00"), weight=1)
    )

    found = diagnosed(problem)

    assert (found.task_id, found.late) == (2, True)
    assert TaskMember(1) in found.members
    assert found.missing == 2 * HOUR


def test_a_task_that_can_go_later_forbids_nothing() -> None:
    problem = week(task(1, 480), task(2, 60, deadline=at("mon 17:00")))
    poor = plan_of((1, span("mon 09:00", "17:00")), objective=plan(problem, Budget()).objective)

    found = diagnose_task(Demand(problem, poor, 2))

    assert found.finding is Finding.POSSIBLE
    assert found.members == ()
    (repair,) = found.repairs
    assert repair.edits == ()
    assert set(repair.plan.by_task()) == {1, 2}


def test_what_is_pinned_late_is_where_the_person_put_it() -> None:
    problem = week(task(1, 60, due=at("mon 12:00"), pinned=(span("tue 09:00", "10:00"),)))

    assert troubled(problem, plan(problem, Budget.quick())) == ()


@settings(max_examples=12, deadline=None)
@given(problems)
def test_every_conflict_is_needed_as_a_whole_and_every_repair_helps(problem: Problem) -> None:
    made = plan(problem, Budget.quick())
    for found in diagnose_plan(problem, made, most=2):
        assert faults(Demand(problem, made, found.task_id), found) == []


@settings(max_examples=3, deadline=None)
@given(st.integers(min_value=1000, max_value=9999))
def test_in_overloaded_weeks_too(seed: int) -> None:
    problem = overloaded_week(seed)
    made = plan(problem, Budget.quick())
    for found in diagnose_plan(problem, made, most=1):
        assert faults(Demand(problem, made, found.task_id), found) == []


def test_the_same_problem_gives_the_same_diagnosis() -> None:
    problem = overloaded_week(1)
    made = plan(problem, Budget.quick())

    assert diagnose_plan(problem, made, most=1) == diagnose_plan(problem, made, most=1)
