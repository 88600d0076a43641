"""Who decides: new things are placed at once, what was seen moves only with consent."""

from datetime import timedelta

import pytest

from dayloom.accounts.changes import REPLAN
from dayloom.infra.errors import Conflict, NotFound
from dayloom.infra.work import Overtaken
from dayloom.planning.difference import Kind
from dayloom.plans.changeset import Change
from dayloom.plans.models import ProposalState
from dayloom.preferences.models import PlanMode
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner

HOUR = timedelta(hours=1)


def seen_day(planner: Planner) -> list[Task]:
    """Return three tasks that were planned and looked at: 09:00 to 15:00."""
    tasks = [planner.add(f"Work {number} 2h") for number in range(3)]
    planner.replan()
    planner.look()
    return tasks


def latest_kinds(planner: Planner) -> dict[object, object]:
    """Return what the plan that holds has changed, by task."""
    latest = planner.look().latest
    assert latest is not None
    return {change["task_id"]: change["kind"] for change in latest.changes}


def urgent(planner: Planner) -> Task:
    return planner.add("Urgent fix 3h must be done by today 13:00 p10")


class TestAsk:
    def test_new_work_is_placed_without_a_question(self, planner: Planner) -> None:
        seen_day(planner)
        task = planner.add("Small thing 30m")
        planner.replan()
        assert planner.look().pending is None
        assert not planner.slots(task)[0].provisional
        assert latest_kinds(planner) == {task.id: Kind.ADDED}

    def test_a_first_place_is_no_place_to_be_moved_from(self, planner: Planner) -> None:
        first = planner.add("Sort the photos 2h p1")
        planner.look()
        second = planner.add("Call the lawyer 2h p10")
        planner.replan()
        assert planner.start_of(second) < planner.start_of(first)
        assert latest_kinds(planner) == {first.id: Kind.ADDED, second.id: Kind.ADDED}

    def test_a_first_place_that_lasts_and_is_seen_counts(self, planner: Planner) -> None:
        first = planner.add("Sort the photos 2h p1")
        planner.clock.advance(timedelta(minutes=1))
        planner.look()
        before = planner.start_of(first)
        new = urgent(planner)
        planner.replan()
        assert planner.start_of(first) == before
        asked = {c["task_id"]: c["kind"] for c in planner.pending().changes}
        assert asked == {first.id: Kind.MOVED, new.id: Kind.ADDED}

    def test_what_is_changed_after_the_look_is_placed_anew(self, planner: Planner) -> None:
        task = planner.add("Sort the photos 2h")
        planner.clock.advance(timedelta(minutes=1))
        planner.look()
        planner.clock.advance(timedelta(minutes=1))
        later = planner.start_of(task) + timedelta(days=1)
        planner.write(lambda s: s.tasks.edit(task.id, {"release": later}))
        planner.replan()
        assert planner.start_of(task) >= later

    def test_seen_work_stays_until_the_person_agrees(self, planner: Planner) -> None:
        tasks = seen_day(planner)
        before = [planner.start_of(task) for task in tasks]
        new = urgent(planner)
        planner.replan()
        assert [planner.start_of(task) for task in tasks] == before
        assert "Kept where you saw it." in planner.slots(tasks[0])[0].reasons
        assert planner.slots(new) == []
        kinds = {c["task_id"]: c["kind"] for c in planner.pending().changes}
        assert kinds[new.id] == Kind.ADDED
        assert Kind.MOVED in kinds.values()

    def test_what_is_seen_while_a_plan_is_made_stays_too(self, planner: Planner) -> None:
        tasks = [planner.add(f"Work {number} 2h") for number in range(3)]
        planner.replan()
        urgent(planner)
        shown = planner.read(lambda s: s.placements.slots_of([task.id for task in tasks]))
        with pytest.raises(Overtaken):
            planner.replan(meanwhile=planner.look)
        planner.replan()
        before = [shown[task.id][0].start for task in tasks]
        assert [planner.start_of(task) for task in tasks] == before
        assert planner.pending().changes

    def test_accepting_moves_it(self, planner: Planner) -> None:
        seen_day(planner)
        new = urgent(planner)
        planner.replan()
        proposal = planner.pending()
        accepted = planner.run(planner.container.plans.accept(proposal.id))
        assert accepted.state is ProposalState.ACCEPTED
        assert len(planner.slots(new)) == 1
        assert planner.look().pending is None

    def test_rejecting_keeps_everything_and_is_not_asked_again(self, planner: Planner) -> None:
        tasks = seen_day(planner)
        before = [planner.start_of(task) for task in tasks]
        urgent(planner)
        planner.replan()
        planner.run(planner.container.plans.reject(planner.pending().id))
        assert [planner.start_of(task) for task in tasks] == before
        planner.replan()
        assert planner.look().pending is None

    def test_a_decision_is_made_once(self, planner: Planner) -> None:
        seen_day(planner)
        urgent(planner)
        planner.replan()
        proposal = planner.pending()
        planner.run(planner.container.plans.reject(proposal.id))
        with pytest.raises(Conflict, match="rejected already"):
            planner.run(planner.container.plans.accept(proposal.id))
        with pytest.raises(NotFound):
            planner.run(planner.container.plans.accept(4711))

    def test_one_change_can_be_taken_alone(self, planner: Planner) -> None:
        seen_day(planner)
        new = urgent(planner)
        planner.replan()
        proposal = planner.pending()
        wanted = next(c for c in map(Change.from_json, proposal.changes) if c.task_id == new.id)
        accept = planner.container.plans.accept
        consequence = planner.run(accept(proposal.id, changes=[wanted.id]))
        assert consequence.state is ProposalState.PENDING  # others have to make room: shown first
        assert planner.slots(new) == []
        assert planner.run(accept(consequence.id)).state is ProposalState.ACCEPTED
        assert [slot.start for slot in planner.slots(new)] == [wanted.after[0].start]

    def test_a_part_that_moves_nothing_else_is_taken_at_once(self, planner: Planner) -> None:
        tasks = seen_day(planner)
        urgent(planner)
        planner.replan()
        changes = map(Change.from_json, planner.pending().changes)
        away = next(c for c in changes if c.task_id in {task.id for task in tasks})
        accept = planner.container.plans.accept(planner.pending().id, changes=[away.id])
        assert planner.run(accept).state is ProposalState.ACCEPTED
        [task] = [task for task in tasks if task.id == away.task_id]
        assert planner.start_of(task) == away.after[0].start

    def test_an_overtaken_proposal_is_replaced(self, planner: Planner) -> None:
        seen_day(planner)
        urgent(planner)
        planner.replan()
        old = planner.pending()
        planner.add("Another thing 1h by today 12:00")
        planner.replan()
        assert planner.run(planner.container.plans.proposal(old.id)).state in (
            ProposalState.SUPERSEDED,
        )


class TestAuto:
    def test_everything_is_applied_and_can_be_undone(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.AUTO}))
        tasks = seen_day(planner)
        before = [planner.start_of(task) for task in tasks]
        new = urgent(planner)
        planner.replan()
        assert len(planner.slots(new)) == 1
        assert [planner.start_of(task) for task in tasks] != before
        planner.run(planner.container.plans.undo())
        assert [planner.start_of(task) for task in tasks] == before

    def test_what_begins_soon_moves_only_if_it_must(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.AUTO}))
        soon = planner.add("Sort the photos 1h p0")  # 09:00, and it is 08:00
        planner.replan()
        planner.look()
        before = planner.slots(soon)[0]
        planner.add("Call the lawyer 1h p10")
        planner.replan()
        assert planner.start_of(soon) == before.start
        planner.meet(before.start, before.end)
        planner.replan()
        assert planner.start_of(soon) >= before.end

    def test_there_is_an_end_to_undoing(self, planner: Planner) -> None:
        with pytest.raises(Conflict, match="no move to undo"):
            planner.run(planner.container.plans.undo())


class TestManual:
    def test_nothing_happens_by_itself(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
        task = planner.add("Write 2h")
        planner.replan()
        assert planner.slots(task)[0].provisional

    def test_asking_brings_a_proposal_or_settles_the_plan(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
        task = planner.add("Write 2h")
        planner.request()  # the plan leaves it where it lies
        assert not planner.slots(task)[0].provisional
        other = urgent(planner)
        planner.request()
        assert planner.slots(other) == []
        assert {c["task_id"]: c["kind"] for c in planner.pending().changes} == {
            task.id: Kind.MOVED,
            other.id: Kind.ADDED,
        }
        planner.run(planner.container.plans.accept(planner.pending().id))
        assert len(planner.slots(other)) == 1


class TestByKind:
    """Each kind of change may have a mode of its own."""

    def test_a_calendar_that_waits_for_the_person_moves_nothing(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"calendars_mode": PlanMode.MANUAL}))
        tasks = seen_day(planner)
        before = planner.start_of(tasks[0])
        planner.meet(before, before + HOUR)
        planner.work(REPLAN)
        assert planner.start_of(tasks[0]) == before
        assert planner.look().pending is None
        planner.request()
        assert tasks[0].id in {change["task_id"] for change in planner.pending().changes}

    def test_new_tasks_may_be_planned_without_a_question(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"tasks_mode": PlanMode.AUTO}))
        tasks = seen_day(planner)
        before = [planner.start_of(task) for task in tasks]
        new = urgent(planner)
        planner.work(REPLAN)
        assert planner.look().pending is None
        assert len(planner.slots(new)) == 1
        assert [planner.start_of(task) for task in tasks] != before

    def test_with_a_change_that_asks_the_whole_plan_asks(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"tasks_mode": PlanMode.AUTO}))
        tasks = seen_day(planner)
        before = planner.start_of(tasks[0])
        planner.meet(before, before + 3 * HOUR)
        urgent(planner)
        planner.work(REPLAN)
        assert planner.look().pending is not None

    def test_what_waits_does_not_keep_new_tasks_from_a_place(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"calendars_mode": PlanMode.MANUAL}))
        tasks = seen_day(planner)
        before = planner.start_of(tasks[0])
        planner.meet(before + 200 * HOUR, before + 201 * HOUR)
        planner.work(REPLAN)
        new = planner.add("Small thing 30m")
        planner.work(REPLAN)
        assert not planner.slots(new)[0].provisional
        assert planner.start_of(tasks[0]) == before
