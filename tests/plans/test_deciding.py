"""Saying yes or taking back later than at once, when things have changed meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from dayloom.infra.errors import Conflict, Invalid
from dayloom.plans.changeset import Change
from dayloom.plans.models import ProposalState
from dayloom.preferences.models import PlanMode
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.test_modes import seen_day, urgent

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 12:00 in Berlin


def asked(planner: Planner) -> tuple[list[Task], Task, dict[int, Change]]:
    """Return a seen day, the urgent task that would change it, and the changes by task."""
    tasks = seen_day(planner)
    new = urgent(planner)
    planner.replan()
    changes = map(Change.from_json, planner.pending().changes)
    return tasks, new, {change.task_id: change for change in changes}


class TestAccept:
    def test_a_task_added_meanwhile_finds_its_place_beside(self, planner: Planner) -> None:
        _, new, changes = asked(planner)
        later = planner.add("Another thing 1h")
        shown = planner.run(planner.container.plans.accept(planner.pending().id))
        assert later.id in {Change.from_json(one).task_id for one in shown.changes}
        planner.run(planner.container.plans.accept(shown.id))
        assert planner.start_of(new) == changes[new.id].after[0].start
        assert len(planner.slots(later)) == 1

    def test_a_task_finished_meanwhile_is_left_out(self, planner: Planner) -> None:
        _, new, changes = asked(planner)
        moved = next(task_id for task_id in changes if task_id != new.id)
        planner.write(lambda s: s.tracking.complete(moved))
        planner.run(planner.container.plans.accept(planner.pending().id))
        assert planner.start_of(new) == changes[new.id].after[0].start

    def test_a_pin_takes_the_question_away(self, planner: Planner) -> None:
        tasks, _, _ = asked(planner)
        tomorrow = NOON + timedelta(days=1)
        planner.run(planner.container.pins.pin(tasks[0].id, tomorrow))
        assert planner.look().pending is None
        planner.replan()
        assert planner.start_of(tasks[0]) == tomorrow

    def test_hours_that_closed_meanwhile_are_told(self, planner: Planner) -> None:
        _, new, changes = asked(planner)
        work = planner.read(lambda s: s.preferences.hour_maps()[0])
        planner.write(
            lambda s: s.preferences.change_hour_map(
                work.id, weekly=work.weekly, exceptions={"2026-11-23": [["14:00", "17:00"]]}
            )
        )
        with pytest.raises(Conflict, match="outside of the hours"):
            planner.run(
                planner.container.plans.accept(planner.pending().id, changes=[changes[new.id].id])
            )
        assert planner.pending().state is ProposalState.PENDING

    def test_a_time_gone_by_is_told(self, planner: Planner) -> None:
        _, new, changes = asked(planner)
        planner.clock.moment = changes[new.id].after[0].end
        with pytest.raises(Conflict, match="time is over"):
            planner.run(
                planner.container.plans.accept(planner.pending().id, changes=[changes[new.id].id])
            )

    def test_nothing_at_all_is_no_answer(self, planner: Planner) -> None:
        asked(planner)
        with pytest.raises(Invalid, match="Name the changes"):
            planner.run(planner.container.plans.accept(planner.pending().id, changes=[]))

    def test_a_part_that_would_overtake_what_it_waits_for_is_told(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
        first = planner.add("Gather the figures 2h not before tomorrow")
        second = planner.add(f"Write them up 1h after #{first.id}")
        planner.request()
        planner.write(lambda s: s.tasks.edit(first.id, {"release": None}))
        planner.request()
        changes = {c.task_id: c for c in map(Change.from_json, planner.pending().changes)}
        assert changes.keys() == {first.id, second.id}
        alone = [changes[second.id].id]
        with pytest.raises(Conflict, match="what it waits for"):
            planner.run(planner.container.plans.accept(planner.pending().id, changes=alone))


class TestUndo:
    def test_of_an_accepted_plan_after_further_changes(self, planner: Planner) -> None:
        tasks, _, _ = asked(planner)
        before = [planner.start_of(task) for task in tasks]
        planner.run(planner.container.plans.accept(planner.pending().id))
        planner.replan()
        planner.add("One more thing 30m")
        planner.replan()
        planner.run(planner.container.plans.undo())
        assert [planner.start_of(task) for task in tasks] == before

    def test_of_pin_after_pin_goes_back_step_by_step(self, planner: Planner) -> None:
        task = planner.add("Write 1h")
        planner.replan()
        first = planner.start_of(task)
        for start in (NOON, NOON + 2 * HOUR):
            planner.run(planner.container.pins.pin(task.id, start))
        planner.run(planner.container.plans.undo())
        assert [(s.start, s.pinned) for s in planner.slots(task)] == [(NOON, True)]
        planner.run(planner.container.plans.undo())
        assert [(s.start, s.pinned) for s in planner.slots(task)] == [(first, False)]

    def test_of_a_pin_that_gave_a_first_place(self, planner: Planner) -> None:
        huge = planner.add("Huge 9h in one go")
        assert planner.slots(huge) == []
        planner.run(planner.container.pins.pin(huge.id, NOON))
        assert len(planner.slots(huge)) == 1
        planner.run(planner.container.plans.undo())
        planner.replan()
        assert planner.slots(huge) == []

    def test_does_not_lay_work_over_an_event_that_came_since(self, planner: Planner) -> None:
        task = planner.add("Write 1h")
        planner.replan()
        before = planner.slots(task)[0]
        planner.run(planner.container.pins.pin(task.id, NOON))
        planner.meet(before.start, before.end)
        with pytest.raises(Conflict, match="event is in the way"):
            planner.run(planner.container.plans.undo())
        assert planner.start_of(task) == NOON

    def test_of_what_is_over_is_told(self, planner: Planner) -> None:
        asked(planner)
        planner.run(planner.container.plans.accept(planner.pending().id))
        planner.clock.advance(timedelta(days=2))
        with pytest.raises(Conflict, match="nothing left to move"):
            planner.run(planner.container.plans.undo())
