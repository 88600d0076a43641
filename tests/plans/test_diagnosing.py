"""After each plan: why tasks are late or have no place, in words that are true, and what helps."""

from datetime import timedelta
from typing import Any

from dayloom.planning.verify import verify
from dayloom.planning.why_not.diagnosis import Diagnosis, Finding
from dayloom.plans.diagnoses import Knowledge
from dayloom.plans.diagnosing import demands_of, standing, to_row
from dayloom.plans.inputs import load_inputs
from dayloom.plans.problem import build_problem
from dayloom.preferences.models import PlanMode
from tests.plans.conftest import Planner
from tests.plans.overload import FIVE, NINE, found, overload

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def texts(members: list[dict[str, Any]]) -> list[str]:
    return [member["text"] for member in members]


def knowledge(planner: Planner, task_id: int) -> Knowledge:
    return planner.read(lambda s: s.diagnoses.knowledge(s.diagnoses.of(task_id)))


class TestWhatIsFoundOut:
    def test_two_tasks_for_one_day(self, planner: Planner) -> None:
        budget, slides = overload(planner)
        row = found(planner, slides)
        assert (row.finding, row.minimal, row.late) == ("impossible", True, False)
        assert row.sentence == "It cannot be done in time. It would have to be 1 h shorter."
        assert row.missing_minutes == 60
        assert row.members == [
            {"kind": "deadline", "id": None, "text": "its deadline Mon 17:00"},
            {"kind": "hours", "id": None, "text": "its hours, “work”"},
            {"kind": "task", "id": budget.id, "text": "“Budget”, deadline Mon 17:00"},
        ]

    def test_the_repairs_say_what_they_change_and_what_comes_of_it(self, planner: Planner) -> None:
        _, slides = overload(planner)
        said = [(one["sentence"], one["effect"]) for one in found(planner, slides).repairs]
        assert said == [
            (
                "Add 1 h to the “work” hours: Mon 08:00 to 09:00",
                "It is done Mon 17:00. “Budget” moves to Mon 08:00.",
            ),
            ("Move its deadline to Tue 12:00", "It is done Tue 12:00. Nothing else moves."),
            (
                "Move the deadline of “Budget” to Tue 10:00",
                "It is done Mon 12:00. “Budget” moves to Mon 12:00.",
            ),
            ("Remove “Budget”", "It is done Mon 12:00."),
        ]

    def test_the_cheapest_comes_first(self, planner: Planner) -> None:
        _, slides = overload(planner)
        prices = [one["price"] for one in found(planner, slides).repairs]
        assert prices == sorted(prices)

    def test_meetings_pauses_and_pins_have_their_names_and_times(self, planner: Planner) -> None:
        planner.meet(NINE + HOUR, NINE + 5 * HOUR)
        planner.write(lambda s: s.preferences.change({"buffer": 15 * MINUTE}))
        budget = planner.add("Budget 2h p8")
        planner.run(planner.container.pins.pin(budget.id, FIVE - 2 * HOUR))
        slides = planner.add("Slides 90 min deadline today 17:00")
        planner.replan()
        said = texts(found(planner, slides).members)
        assert "“Review”, Mon 10:00 to 14:00" in said
        assert "“Budget”, pinned to Mon 15:00" in said
        assert "it is done in one piece" in said

    def test_a_pause_that_is_too_much(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"buffer": 10 * MINUTE}))
        planner.add("Budget 4h deadline today 17:00 p8")
        slides = planner.add("Slides 4h deadline today 17:00 in one piece")
        planner.replan()
        row = found(planner, slides)
        assert "the pause of 10 min between tasks" in texts(row.members)
        assert "Drop the pause of 10 min between tasks" in [r["sentence"] for r in row.repairs]

    def test_a_due_date_that_is_over(self, planner: Planner) -> None:
        task = planner.add("Slides 1h due today 10:00")
        planner.clock.moment = FIVE + HOUR
        planner.replan()
        row = found(planner, task)
        assert row.late
        assert texts(row.members) == ["its due date Mon 10:00, which is over"]
        assert row.repairs[0]["sentence"] == "Move its due date to Tue 10:00"

    def test_a_deadline_that_was_missed_is_moved_itself(self, planner: Planner) -> None:
        task = planner.add("Slides 1h deadline today 10:00")
        planner.clock.moment = FIVE + HOUR
        planner.replan()
        row = found(planner, task)
        assert texts(row.members) == ["its deadline Mon 10:00, which is over"]
        (altered,) = row.repairs[0]["alterations"]
        assert altered["name"] == "deadline"

    def test_who_gets_later_is_told(self, planner: Planner) -> None:
        first = planner.add("Slides 1h due today 10:00 p9")
        second = planner.add("Budget 2h due today 10:00")
        planner.clock.moment = FIVE + HOUR
        planner.replan()
        rows = {row.task_id: row for row in planner.diagnose()}
        effects = [one["effect"] for one in rows[second.id].repairs]
        assert any("“Slides” is" in effect and "instead of 24 h" in effect for effect in effects)
        assert rows[first.id].late

    def test_what_only_others_would_have_to_make_way_for(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
        budget = planner.add("Budget 2h")
        planner.request()
        slides = planner.add("Slides 1h due today 10:00")
        planner.write(lambda s: s.changes.diagnose())
        rows = {row.task_id: row for row in planner.diagnose()}
        assert rows[slides.id].finding == Finding.POSSIBLE.value
        assert rows[slides.id].sentence == "It can be done in time if others make way."
        assert budget.id not in rows

    def test_room_that_nobody_has_planned_yet(self, planner: Planner) -> None:
        planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
        budget = planner.add("Budget 6h deadline today 17:00 p8")
        slides = planner.add("Slides 3h deadline today 17:00")
        planner.request()
        planner.write(lambda s: s.tasks.delete(budget.id))
        planner.write(lambda s: s.changes.diagnose())
        row = found(planner, slides)
        assert row.sentence == "It can be done in time: there is room for it."

    def test_what_could_not_be_found_out_is_not_guessed(self, planner: Planner) -> None:
        overload(planner)
        inputs = planner.read(lambda s: load_inputs(s.session, account_id=s.account_id, now=s.now))
        (demand,) = demands_of(inputs)
        nothing = Diagnosis(task_id=demand.subject_id, late=False, finding=Finding.UNKNOWN)
        row = to_row(inputs, demand, nothing)
        assert row.sentence == "Whether it can be done in time could not be found out."
        assert (row.members, row.repairs, row.missing_minutes) == ([], [], None)


class TestWhenItIsFoundOut:
    def test_a_day_that_holds_everything_has_nothing_to_tell(self, planner: Planner) -> None:
        task = planner.add("Write 1h")
        planner.replan()
        assert planner.diagnose() == []
        assert knowledge(planner, task.id) is Knowledge.NOTHING

    def test_it_waits_for_the_worker(self, planner: Planner) -> None:
        _, slides = overload(planner)
        assert knowledge(planner, slides.id) is Knowledge.WAITING
        planner.diagnose()
        assert knowledge(planner, slides.id) is Knowledge.READY

    def test_a_newer_plan_takes_its_place(self, planner: Planner) -> None:
        _, slides = overload(planner)
        planner.diagnose(meanwhile=planner.replan)
        assert planner.read(lambda s: s.diagnoses.of(slides.id)) is None
        assert knowledge(planner, slides.id) is Knowledge.WAITING
        assert found(planner, slides).finding == "impossible"

    def test_what_was_known_of_the_plan_before_is_not_told_of_the_next(
        self, planner: Planner
    ) -> None:
        _, slides = overload(planner)
        planner.diagnose()
        planner.replan()
        assert planner.read(lambda s: s.diagnoses.of(slides.id)) is None

    def test_once_it_fits_nothing_is_left(self, planner: Planner) -> None:
        budget, _ = overload(planner)
        planner.diagnose()
        planner.write(lambda s: s.tasks.delete(budget.id))
        planner.replan()
        assert planner.diagnose() == []

    def test_the_same_plan_is_always_told_the_same(self, planner: Planner) -> None:
        overload(planner)
        first = [(row.members, row.repairs) for row in planner.diagnose()]
        planner.write(lambda s: s.changes.diagnose())
        assert [(row.members, row.repairs) for row in planner.diagnose()] == first

    def test_looking_into_it_leaves_everything_as_it_is(self, planner: Planner) -> None:
        budget, slides = overload(planner)

        def all_of_it() -> object:
            view = planner.look()
            tasks = planner.read(lambda s: s.tasks.unfinished())
            places = [(slot.task_id, slot.start, slot.end) for slot in view.slots]
            hours = planner.read(lambda s: s.preferences.hour_maps()[0].exceptions)
            return [(t.id, t.due, t.deadline, t.min_chunk) for t in tasks], places, hours

        before = all_of_it()
        assert found(planner, slides).repairs
        assert all_of_it() == before
        assert budget.deleted_at is None


def test_the_plan_that_holds_keeps_every_rule_of_its_problem(planner: Planner) -> None:
    task = planner.add("Slides 3h in pieces of 1h")
    pinned = planner.add("Budget 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(pinned.id, FIVE - HOUR))
    planner.clock.moment = NINE
    planner.write(lambda s: s.tracking.start(task.id))
    planner.replan()
    inputs = planner.read(lambda s: load_inputs(s.session, account_id=s.account_id, now=s.now))
    problem = build_problem(inputs)
    assert len(problem.tasks) == 3
    assert verify(problem, standing(inputs, problem)) == []
    assert demands_of(inputs) == []
