"""What a change of the plan comes to, counted from the places before and after it."""

from datetime import timedelta

from dayloom.plans.changeset import Change
from dayloom.plans.models import Proposal
from dayloom.plans.totals import Totals
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.test_modes import seen_day, urgent

MINUTE = timedelta(minutes=1)


def totals(proposal: Proposal) -> Totals:
    return Totals.from_json(proposal.totals)


def moved(proposal: Proposal, new: Task) -> list[Change]:
    changes = map(Change.from_json, proposal.changes)
    return [change for change in changes if change.task_id != new.id]


def test_a_question_says_how_much_would_move_and_who_is_rescued(planner: Planner) -> None:
    seen_day(planner)
    new = urgent(planner)
    planner.replan()
    pending = planner.pending()
    found, changes = totals(pending), moved(pending, new)
    assert found.moved_tasks == len(changes) > 0
    assert 0 < found.moved_minutes <= len(changes) * 120
    assert (found.at_risk_before, found.at_risk_after) == (1, 0)
    assert f"{len(changes)} task" in found.sentence
    assert "At risk: 1 before, 0 after." in found.sentence


def test_lateness_is_counted_in_minutes_of_work_that_ends_too_late(planner: Planner) -> None:
    planner.add("Write 2h due today 10:00")
    planner.request()
    latest = planner.look().latest
    assert latest is not None
    found = totals(latest)
    end = planner.look().slots[0].end
    due = planner.look().slots[0].start + 60 * MINUTE
    assert found.late_minutes_after == (end - due) // MINUTE == 60
    assert found.at_risk_after == 1
    assert "Late in all:" in found.sentence


def test_a_quiet_plan_has_nothing_to_say(planner: Planner) -> None:
    planner.add("Write 2h")
    planner.replan()
    latest = planner.look().latest
    assert latest is not None
    assert totals(latest) == Totals()
    assert totals(latest).sentence == ""
