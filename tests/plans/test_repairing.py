"""A repair is one press: what it says is done, its plan holds, and one undo takes it all back."""

from datetime import datetime, timedelta

import pytest

from dayloom.accounts.changes import REPLAN, REQUEST
from dayloom.infra.errors import Conflict, NotFound
from dayloom.infra.work import Overtaken
from dayloom.plans.models import Cause, Proposal
from dayloom.preferences.models import PlanMode
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.overload import FIVE, NINE, TUESDAY, found, numbered, overload

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
EVERY = ("Add 1 h", "Move its deadline", "Move the deadline of “Budget”", "Remove “Budget”")
Places = dict[int, list[tuple[datetime, datetime]]]


def repair(planner: Planner, task: Task, start: str) -> Proposal:
    """Apply the repair of a task whose sentence begins so."""
    number = numbered(found(planner, task), start)
    return planner.run(planner.container.repairs.apply(task.id, number))


def places(planner: Planner) -> Places:
    found: Places = {}
    for slot in planner.look().slots:
        found.setdefault(slot.task_id, []).append((slot.start, slot.end))
    return found


def end_of(planner: Planner, task: Task) -> datetime:
    return max(end for _, end in places(planner)[task.id])


def now(planner: Planner, task: Task) -> Task:
    return planner.read(lambda s: s.tasks.require(task.id))


def out(planner: Planner) -> list[int]:
    return [row.task_id for row in planner.look().unplaced]


class TestWhatItDoes:
    def test_longer_hours_on_one_day(self, planner: Planner) -> None:
        _, slides = overload(planner)
        repair(planner, slides, "Add 1 h")
        work = planner.read(lambda s: s.preferences.hour_maps()[0])
        assert work.exceptions == {"2026-11-23": [["08:00", "17:00"]]}
        assert end_of(planner, slides) == FIVE
        assert out(planner) == []

    def test_its_own_deadline(self, planner: Planner) -> None:
        _, slides = overload(planner)
        repair(planner, slides, "Move its deadline")
        assert now(planner, slides).deadline == TUESDAY + 3 * HOUR
        assert end_of(planner, slides) == TUESDAY + 3 * HOUR

    def test_the_deadline_of_another(self, planner: Planner) -> None:
        budget, slides = overload(planner)
        repair(planner, slides, "Move the deadline of “Budget”")
        assert now(planner, budget).deadline == TUESDAY + HOUR
        assert end_of(planner, budget) == TUESDAY + HOUR
        assert end_of(planner, slides) == NINE + 3 * HOUR

    def test_another_is_removed(self, planner: Planner) -> None:
        budget, slides = overload(planner)
        repair(planner, slides, "Remove “Budget”")
        with pytest.raises(NotFound):
            now(planner, budget)
        assert places(planner) == {slides.id: [(NINE, NINE + 3 * HOUR)]}

    def test_a_pause_is_dropped(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"buffer": 10 * MINUTE}))
        planner.add("Budget 4h deadline today 17:00 p8")
        slides = planner.add("Slides 4h deadline today 17:00")
        planner.replan()
        repair(planner, slides, "Drop the pause")
        assert planner.read(lambda s: s.preferences.require().buffer) == timedelta(0)
        assert out(planner) == []

    def test_it_is_split(self, planner: Planner) -> None:
        planner.meet(NINE + HOUR, FIVE - HOUR)
        slides = planner.add("Slides 2h deadline today 17:00")
        planner.replan()
        repair(planner, slides, "Split it into pieces of 30 min or more")
        assert now(planner, slides).min_chunk == 30 * MINUTE
        assert len(places(planner)[slides.id]) == 2

    def test_others_make_way_and_it_is_pinned_there(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
        budget = planner.add("Budget 2h")
        planner.request()
        slides = planner.add("Slides 1h due today 10:00")
        planner.write(lambda s: s.changes.diagnose())
        repair(planner, slides, "Pin it to Mon 09:00")
        assert now(planner, slides).pins
        assert places(planner) == {
            slides.id: [(NINE, NINE + HOUR)],
            budget.id: [(NINE + HOUR, NINE + 3 * HOUR)],
        }

    @pytest.mark.parametrize("start", EVERY)
    def test_no_other_plan_is_made_for_what_it_knows(self, planner: Planner, start: str) -> None:
        _, slides = overload(planner)
        repair(planner, slides, start)
        assert planner.work(REPLAN) is False

    def test_the_record_says_so(self, planner: Planner) -> None:
        _, slides = overload(planner)
        made = repair(planner, slides, "Add 1 h")
        assert made.cause is Cause.REPAIR
        assert {change["task_id"] for change in made.changes} == {1, 2}

    @pytest.mark.parametrize("start", EVERY)
    @pytest.mark.parametrize("mode", list(PlanMode))
    def test_the_next_plan_leaves_it_where_it_is(
        self, planner: Planner, mode: PlanMode, start: str
    ) -> None:
        _, slides = overload(planner)
        repair(planner, slides, start)
        planner.write(lambda s: s.preferences.change({"plan_mode": mode}))
        before = places(planner)[slides.id]
        planner.replan()
        assert places(planner)[slides.id] == before
        assert found_again(planner, slides) == []


def found_again(planner: Planner, task: Task) -> list[int]:
    return [row.task_id for row in planner.diagnose() if row.task_id == task.id]


class TestUndo:
    @pytest.mark.parametrize("start", EVERY)
    def test_everything_is_back(self, planner: Planner, start: str) -> None:
        budget, slides = overload(planner)
        before = places(planner)
        held = [now(planner, task).deadline for task in (budget, slides)]
        repair(planner, slides, start)
        planner.run(planner.container.plans.undo())
        assert places(planner) == before
        assert [now(planner, task).deadline for task in (budget, slides)] == held
        assert planner.read(lambda s: s.preferences.hour_maps()[0].exceptions) == {}
        assert out(planner) == [slides.id]

    def test_pauses_and_pieces_too(self, planner: Planner) -> None:
        planner.meet(NINE + HOUR, FIVE - HOUR)
        slides = planner.add("Slides 2h deadline today 17:00")
        planner.replan()
        repair(planner, slides, "Split it")
        planner.run(planner.container.plans.undo())
        assert now(planner, slides).min_chunk is None
        assert out(planner) == [slides.id]

    def test_what_was_changed_since_is_left_alone(self, planner: Planner) -> None:
        _, slides = overload(planner)
        repair(planner, slides, "Move its deadline")
        planner.write(lambda s: s.tasks.edit(slides.id, {"deadline": TUESDAY + 8 * HOUR}))
        planner.run(planner.container.plans.undo())
        assert now(planner, slides).deadline == TUESDAY + 8 * HOUR

    def test_other_days_that_were_changed_since_stay(self, planner: Planner) -> None:
        _, slides = overload(planner)
        repair(planner, slides, "Add 1 h")
        work = planner.read(lambda s: s.preferences.hour_maps()[0])
        holiday: dict[str, list[list[str]]] = {**work.exceptions, "2026-12-24": []}
        planner.write(
            lambda s: s.preferences.change_hour_map(
                work.id, weekly=work.weekly, exceptions=holiday
            )
        )
        planner.run(planner.container.plans.undo())
        exceptions = planner.read(lambda s: s.preferences.hour_maps()[0].exceptions)
        assert exceptions == {"2026-12-24": []}

    def test_it_can_be_repaired_again(self, planner: Planner) -> None:
        _, slides = overload(planner)
        repair(planner, slides, "Add 1 h")
        planner.run(planner.container.plans.undo())
        planner.replan()
        repair(planner, slides, "Move its deadline")
        assert out(planner) == []


class TestStale:
    def test_a_changed_task_refuses_it_and_is_looked_into_anew(self, planner: Planner) -> None:
        budget, slides = overload(planner)
        number = numbered(found(planner, slides), "Move its deadline")
        planner.write(lambda s: s.tasks.edit(slides.id, {"deadline": FIVE - HOUR}))
        with pytest.raises(Conflict, match="Something has changed since"):
            planner.run(planner.container.repairs.apply(slides.id, number))
        assert now(planner, slides).deadline == FIVE - HOUR
        again = found(planner, slides)
        assert again.members[0]["text"] == "its deadline Mon 16:00"
        planner.run(planner.container.repairs.apply(slides.id, numbered(again, "Move its")))
        assert out(planner) == []
        assert now(planner, budget).deadline == FIVE

    def test_another_plan_refuses_it(self, planner: Planner) -> None:
        _, slides = overload(planner)
        planner.diagnose()
        planner.replan()
        with pytest.raises(Conflict, match="looked into anew"):
            planner.run(planner.container.repairs.apply(slides.id, 1))

    def test_it_is_made_once(self, planner: Planner) -> None:
        _, slides = overload(planner)
        repair(planner, slides, "Add 1 h")
        with pytest.raises(Conflict):
            planner.run(planner.container.repairs.apply(slides.id, 1))
        work = planner.read(lambda s: s.preferences.hour_maps()[0])
        assert work.exceptions == {"2026-11-23": [["08:00", "17:00"]]}

    def test_time_that_has_passed_refuses_it(self, planner: Planner) -> None:
        _, slides = overload(planner)
        number = numbered(found(planner, slides), "Add 1 h")
        planner.clock.moment = NINE
        with pytest.raises(Conflict):
            planner.run(planner.container.repairs.apply(slides.id, number))
        assert planner.read(lambda s: s.preferences.hour_maps()[0].exceptions) == {}

    def test_work_that_goes_on_meanwhile_is_no_matter(self, planner: Planner) -> None:
        call = planner.add("Call 30 min p9")
        _, slides = overload(planner)
        planner.clock.moment = NINE
        planner.write(lambda s: s.tracking.start(call.id))
        planner.replan()
        number = numbered(found(planner, slides), "Move its deadline")
        planner.clock.moment = NINE + 10 * MINUTE
        planner.run(planner.container.repairs.apply(slides.id, number))
        assert out(planner) == []

    def test_a_plan_under_way_is_not_stored_over_it(self, planner: Planner) -> None:
        _, slides = overload(planner)
        number = numbered(found(planner, slides), "Move its deadline")

        def press() -> None:
            planner.run(planner.container.repairs.apply(slides.id, number))

        planner.run(planner.container.requests.ask())
        with pytest.raises(Overtaken):
            planner.work(REQUEST, meanwhile=press)
        assert out(planner) == []

    def test_numbers_that_are_none(self, planner: Planner) -> None:
        budget, slides = overload(planner)
        planner.diagnose()
        with pytest.raises(NotFound, match="There is no repair 9 of task #2"):
            planner.run(planner.container.repairs.apply(slides.id, 9))
        with pytest.raises(NotFound, match="There is no task #99"):
            planner.run(planner.container.repairs.apply(99, 1))
        with pytest.raises(Conflict):
            planner.run(planner.container.repairs.apply(budget.id, 1))
