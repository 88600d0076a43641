"""Edits of a problem: what each changes, and what it leaves alone."""

from dataclasses import replace

import pytest

from dayloom.planning.earliest import plan_earliest
from dayloom.planning.edits import (
    AddBusy,
    AddTask,
    AllowPieces,
    CloseHours,
    Edit,
    LeaveOut,
    LiftCaps,
    MoveDeadline,
    MoveDue,
    OpenHours,
    SetBuffers,
    SkipEvent,
    edited,
)
from dayloom.planning.problem import Cap, InvalidProblem, Precedence, Problem
from dayloom.planning.verify import verify
from tests.planning.builders import HOUR, MINUTE, at, busy, span, task, week


def _problem() -> Problem:
    return week(
        task(1, 120, deadline=at("mon 11:00")),
        task(2, 60, after=(Precedence(task_id=1),), due=at("tue 12:00")),
        busy=(busy(7, "mon 09:00", "10:00"),),
        caps=(Cap(limits=(HOUR,) * 7),),
    )


EDITS: tuple[Edit, ...] = (
    MoveDeadline(task_id=1, at=at("tue 17:00")),
    MoveDue(task_id=2, at=None),
    AllowPieces(task_id=1, min_chunk=30 * MINUTE, max_chunk=HOUR),
    LeaveOut(task_id=1),
    AddTask(task=task(3)),
    AddBusy(interval=span("tue 09:00", "12:00")),
    SkipEvent(event_id=7),
    OpenHours(hours="work", interval=span("sat 09:00", "12:00")),
    CloseHours(interval=span("mon 09:00", "17:00")),
    SetBuffers(buffer=10 * MINUTE),
    LiftCaps(interval=span("mon 09:00", "17:00")),
)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: type(edit).__name__)
def test_each_edit_changes_the_problem_into_one_that_can_be_planned(edit: Edit) -> None:
    before = _problem()
    after = edited(before, edit)
    assert after != before
    assert verify(after, plan_earliest(after)) == []


def test_what_makes_room_makes_the_task_possible() -> None:
    start = replace(_problem(), caps=())
    assert [item.task_id for item in plan_earliest(start).unplaced] == [1, 2]
    for edit in (
        MoveDeadline(task_id=1, at=at("mon 12:00")),
        SkipEvent(event_id=7),
        OpenHours(hours="work", interval=span("mon 08:00", "11:00")),
    ):
        mended = edited(start, edit)
        placed = 1 in plan_earliest(mended).by_task()
        assert placed is not isinstance(edit, OpenHours)  # the event still cuts the morning
    split = AllowPieces(task_id=1, min_chunk=30 * MINUTE, max_chunk=HOUR)
    opened = edited(start, EDITS[7], OpenHours(hours="work", interval=span("mon 08:00", "09:00")))
    assert 1 in plan_earliest(edited(opened, split)).by_task()


def test_nothing_waits_for_a_task_that_is_left_out() -> None:
    left = edited(_problem(), LeaveOut(task_id=1))
    assert [one.id for one in left.tasks] == [2]
    assert left.tasks[0].after == ()


def test_closing_cuts_a_hole_into_the_hours() -> None:
    closed = edited(_problem(), CloseHours(interval=span("mon 10:00", "12:00"), hours="work"))
    assert closed.hours["work"][:2] == (span("mon 09:00", "10:00"), span("mon 12:00", "17:00"))


def test_the_limit_is_lifted_on_the_days_of_the_interval_alone() -> None:
    lifted = edited(_problem(), LiftCaps(interval=span("tue 09:00", "10:00")))
    assert [limit == HOUR for limit in lifted.caps[0].limits] == [True, False] + [True] * 5


@pytest.mark.parametrize(
    "edit",
    [
        MoveDeadline(task_id=9, at=None),
        LeaveOut(task_id=9),
        SkipEvent(event_id=9),
        OpenHours(hours="night", interval=span("mon 09:00", "10:00")),
        CloseHours(hours="night", interval=span("mon 09:00", "10:00")),
        AddTask(task=task(1)),
    ],
    ids=lambda edit: type(edit).__name__,
)
def test_an_edit_of_what_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(InvalidProblem):
        edited(_problem(), edit)
