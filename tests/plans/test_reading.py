"""A model reads new tasks: it fills what is open, and harms nothing that is settled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dayloom.accounts.changes import PRIORITIES, READING
from dayloom.bootstrap import Services
from dayloom.infra import work
from dayloom.language.program.execution import Failure
from dayloom.planning.interval import Interval
from dayloom.planning.plan import Plan, Slot
from dayloom.planning.verify import Rule, verify
from dayloom.plans.inputs import load_inputs
from dayloom.plans.problem import build_problem
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner, solve
from tests.plans.reader import BERLIN, Reader, connect, local

HOUR = timedelta(hours=1)


@pytest.fixture
def reader(planner: Planner) -> Reader:
    return Reader(planner)


class TestAsking:
    def test_a_task_waits_for_the_model_only_where_there_is_one(self, planner: Planner) -> None:
        before = planner.add("Write report")
        planner.write(connect)
        after = planner.add("Write summary")
        assert (before.needs_reading, after.needs_reading) == (False, True)
        key = str(planner.container.account_id)
        assert planner.read(lambda s: work.wanted(s.session, READING, key)) == 1

    def test_occurrences_of_a_series_are_not_asked_about(self, reader: Reader) -> None:
        reader.add("Stretch every day 15m")
        reader.once()
        assert reader.model.asked == []

    def test_what_is_asked_is_told_in_the_persons_clock(self, reader: Reader) -> None:
        context = "No tasks after 17:00. I hate mornings."
        reader.planner.write(lambda s: s.change_preferences({"context": context}))
        reader.planner.meet(local(23, "09:00"), local(23, "10:00"))
        reader.add("Paint the fence 1h")
        reader.add("Buy paint 30m", notes="the green one")
        reader.once()
        last = next(q for q in reader.model.asked if q.task.text.startswith("Buy"))
        assert last.task.text == "Buy paint 30m\n\nthe green one"
        assert last.context.text == context
        assert last.rules == ["No tasks after 17:00."]
        assert max(slot.end[-5:] for slot in last.slots) <= "17:00"
        assert last.now == "Mon 2026-11-23 08:00"
        titles = [(c.start[-5:], c.title) for c in last.commitments]
        assert titles == [("09:00", "busy"), ("10:00", "Paint the fence")]
        assert [t.title for t in last.open_tasks] == ["Paint the fence"]
        assert 2 <= len(last.slots) <= 8

    def test_after_new_tasks_all_are_ranked_anew(self, reader: Reader) -> None:
        reader.read(reader.add("Write report"))
        assert reader.wanted(PRIORITIES) == 1

    def test_all_that_wait_are_read_in_rounds(self, reader: Reader) -> None:
        for number in range(6):
            reader.add(f"Task number {number}")
        while reader.once().unit is not None:
            pass
        assert len(reader.model.asked) == 6


class TestFilling:
    def test_notes_are_read_too(self, reader: Reader) -> None:
        task = reader.add("Write report", notes="It takes about three hours, due Friday 17:00.")
        reading = {"duration_text": "about three hours", "due_text": "due Friday 17:00"}
        read = reader.read(task, reading=reading)
        assert (read.duration, read.due) == (3 * HOUR, local(27, "17:00"))
        assert set(read.inferred) == {"duration", "due"}
        assert not read.needs_reading
        assert {fact["field"]: fact["after"] for fact in reader.facts()} == {
            "duration": 180,
            "due": "2026-11-27T16:00:00+00:00",
        }

    def test_an_estimate_counts_where_nothing_is_said(self, reader: Reader) -> None:
        read = reader.read(reader.add("Write report"), reading={"minutes": 88})
        assert read.duration == timedelta(minutes=90)

    def test_long_estimates_are_cut_as_long_words_are(self, reader: Reader) -> None:
        read = reader.read(reader.add("Write thesis"), reading={"minutes": 360})
        assert (read.min_chunk, read.max_chunk) == (HOUR / 2, 2 * HOUR)

    def test_a_task_waits_for_one_that_it_speaks_of(self, reader: Reader) -> None:
        first = reader.add("Draft contract")
        other = reader.add("Water plants")
        task = reader.add("Send contract to Mia")
        reader.model.says = lambda q: (
            {"reading": {"after_ids": [first.id, other.id, 999]}} if "Mia" in q.task.text else {}
        )
        reader.once()
        assert [one.after_id for one in reader.now(task).after] == [first.id]


class TestNoHarm:
    """The rules and the person are right, whatever the model says."""

    def test_what_the_rules_are_sure_of_stays(self, reader: Reader) -> None:
        task = reader.add("Write report 2h by Friday p8 in the morning")
        text = "Write report 2h by Friday p8 in the morning"
        wrong = dict.fromkeys(
            ("duration_text", "due_text", "deadline_text", "start_text", "release_text"), text
        )
        read = reader.read(task, reading={**wrong, "minutes": 5, "priority_text": "p8"})
        assert (read.duration, read.due, read.priority) == (2 * HOUR, task.due, 8.0)
        assert (read.deadline, read.release, read.pins) == (None, None, [])

    def test_words_that_meant_one_thing_mean_no_other(self, reader: Reader) -> None:
        task = reader.add("Write report by Friday")
        read = reader.read(task, reading={"deadline_text": "Friday", "release_text": "by Friday"})
        assert (read.deadline, read.release) == (None, None)

    def test_what_the_person_has_set_stays(self, reader: Reader) -> None:
        task = reader.add("Write report", duration=HOUR, due=None, notes="3 hours, due Friday")
        read = reader.read(task, reading={"duration_text": "3 hours", "due_text": "due Friday"})
        assert (read.duration, read.due) == (HOUR, None)

    def test_a_length_that_the_person_drew_stays(self, reader: Reader) -> None:
        task = reader.add("Write report", notes="three hours")
        reader.read(task, reading={"duration_text": "three hours"})
        pins = reader.planner.container.pins
        reader.planner.run(pins.pin(task.id, local(24, "10:00"), duration=HOUR))
        reader.planner.run(pins.unpin(task.id))
        reader.planner.write(lambda s: s.tasks.read_again(task.id))
        read = reader.read(task, reading={"duration_text": "three hours"})
        assert (read.duration, "duration" in read.inferred) == (HOUR, False)

    def test_what_the_person_sets_while_it_thinks_wins(self, reader: Reader) -> None:
        task = reader.add("Write report")

        def edit() -> None:
            reader.planner.write(lambda s: s.tasks.edit(task.id, {"duration": 2 * HOUR}))

        reader.model.meanwhile = edit
        assert reader.read(task, reading={"minutes": 15}).duration == 2 * HOUR

    def test_new_words_meanwhile_are_read_again(self, reader: Reader) -> None:
        task = reader.add("Write report")

        def reword() -> None:
            reader.planner.write(lambda s: s.tasks.edit(task.id, {"notes": "2 pages"}))
            reader.model.meanwhile = lambda: None

        reader.model.meanwhile = reword
        read = reader.read(task, reading={"minutes": 15})
        assert (read.duration, read.needs_reading) == (HOUR / 2, True)
        assert reader.read(task, reading={"minutes": 20}).duration == timedelta(minutes=20)

    @pytest.mark.parametrize(
        "act",
        [
            lambda s, i: s.tracking.start(i),
            lambda s, i: s.tracking.complete(i),
            lambda s, i: s.tasks.delete(i),
        ],
    )
    def test_what_is_begun_or_gone_is_left_alone(
        self, reader: Reader, act: Callable[[Services, int], Task]
    ) -> None:
        task = reader.add("Write report")
        reader.model.meanwhile = lambda: reader.planner.write(lambda s: act(s, task.id))
        reader.model.says = lambda _: {"reading": {"minutes": 15}, "slot": 1}
        reader.once()
        assert reader.facts() == []
        restored = reader.planner.write(lambda s: s.tasks.restore(task.id))
        assert (restored.duration, restored.proposed_start_time) == (HOUR / 2, None)

    @pytest.mark.parametrize(
        "reading",
        [
            {"due_text": "by tomorrow", "duration_text": "2 hours"},  # not in the words
            {"minutes": 2400},
            {"deadline_text": "yesterday"},
            {"due_text": "in the year 3000"},
            {"after_ids": [-1, 0, 1, 2, 10**18]},
            {"title": "Send all my money"},
            {"release_text": "from 2099 on"},
            {"start_text": "yesterday"},
        ],
    )
    def test_what_cannot_be_is_dropped(self, reader: Reader, reading: dict[str, Any]) -> None:
        task = reader.add("Write report", notes="yesterday, in the year 3000, from 2099 on")
        before = reader.planner.read(lambda s: s.tasks.require(task.id))
        read = reader.read(task, reading=reading, slot=77)
        names = ("title", "duration", "due", "deadline", "release", "pins", "proposed_start_time")
        assert [getattr(read, n) for n in names] == [getattr(before, n) for n in names]
        assert list(read.after) == []
        assert reader.facts() == []

    @pytest.mark.parametrize(
        ("line", "reading"),
        [
            ("Answer Dana's email re Friday's party", {"deadline_text": "Friday"}),
            ("Write minutes of the 9:30 meeting", {"deadline_text": "9:30"}),
            ("Write minutes of the 9:30 meeting", {"start_text": "9:30"}),
            ("Prepare my 2 hour lecture", {"duration_text": "2 hour"}),
            ("Prepare for the 2 hour exam", {"duration_text": "2 hour"}),
            ("Buy a monthly ticket", {"due_text": "month"}),
            ("Invite Mayor Friday", {"release_text": "May", "due_text": "y"}),
        ],
    )
    def test_words_that_name_something_say_nothing(
        self, reader: Reader, line: str, reading: dict[str, Any]
    ) -> None:
        task = reader.add(line)
        read = reader.read(task, reading=reading)
        names = ("duration", "due", "deadline", "release", "proposed_start_time")
        assert [getattr(read, n) for n in names] == [getattr(task, n) for n in names]

    @pytest.mark.parametrize(
        "notes", ["Anna wants it Friday", "It must be there Friday", "No later than Friday!"]
    )
    def test_an_end_that_a_model_read_is_never_a_hard_one(
        self, reader: Reader, notes: str
    ) -> None:
        read = reader.read(
            reader.add("Write report", notes=notes), reading={"deadline_text": "Friday"}
        )
        assert read.due == local(27, "23:00") + HOUR
        assert read.deadline is None

    def test_no_circle_is_made(self, reader: Reader) -> None:
        first = reader.add("Draft contract")
        second = reader.add(f"Send contract after #{first.id}")
        reader.model.says = lambda _: {"reading": {"after_ids": [second.id, first.id]}}
        reader.once()
        assert list(reader.now(first).after) == []


class TestProposal:
    def propose(self, reader: Reader, text: str, number: int, **fields: Any) -> Task:
        task = reader.add(text, **fields)
        return reader.read(task, slot=number, reasoning="You are fresh then.")

    def test_the_plan_goes_where_it_was_proposed_and_says_so(self, reader: Reader) -> None:
        task = self.propose(reader, "Write report 1h", 4)
        assert task.proposed_start_time is not None
        assert task.proposed_reason == "You are fresh then."
        reader.planner.replan()
        assert reader.planner.start_of(task) == task.proposed_start_time
        assert task.proposed_start_time > reader.planner.clock.now() + timedelta(days=1)
        assert "Where your model proposed it." in reader.now(task).reasoning

    def test_a_meeting_there_sends_it_elsewhere(self, reader: Reader) -> None:
        task = self.propose(reader, "Write report 1h", 4)
        assert task.proposed_start_time
        assert task.proposed_end_time
        reader.planner.meet(task.proposed_start_time, task.proposed_end_time)
        reader.planner.replan()
        assert reader.planner.start_of(task) != task.proposed_start_time
        assert "hours, events or its own dates are against it" in reader.now(task).reasoning

    def test_two_that_want_one_place_share_it_out_and_say_so(self, reader: Reader) -> None:
        first = self.propose(reader, "Write report 1h", 4)
        second = self.propose(reader, "Read paper 1h p9", 4)
        assert first.proposed_start_time == second.proposed_start_time
        reader.planner.replan()
        assert reader.planner.start_of(second) == second.proposed_start_time
        assert ", where “Read paper” lies." in reader.now(first).reasoning

    def test_each_offered_place_keeps_the_rules_on_a_full_calendar(self, reader: Reader) -> None:
        for number in range(12):
            reader.add(f"Other thing {number} {1 + number % 3}h")
        reader.planner.write(lambda s: s.preferences.change({"daily_cap": 6 * HOUR}))
        reader.planner.meet(local(24, "10:00"), local(24, "15:00"))
        reader.planner.replan()
        task = reader.add("Write report 1h by next Wednesday")
        reader.once()
        question = next(q for q in reader.model.asked if q.task.text.startswith("Write"))
        assert 5 <= len(question.slots) <= 8
        assert len({slot.start[:14] for slot in question.slots}) > 3
        for slot in question.slots:
            start = datetime.strptime(slot.start, "%a %Y-%m-%d %H:%M").replace(tzinfo=BERLIN)
            self.check_held(reader, task, start)

    def check_held(self, reader: Reader, task: Task, start: datetime) -> None:
        """Put the task there on trial: the checker complains of nothing."""
        account = reader.planner.container.account_id
        inputs = reader.planner.read(
            lambda s: load_inputs(s.session, account_id=account, now=s.now)
        )
        there = [Slot(Interval(start, start + HOUR), task.id)]
        others = [
            Slot(Interval(one.start, one.end), one.task_id)
            for one in inputs.slots
            if one.task_id != task.id
        ]
        trial = Plan(slots=tuple(sorted([*others, *there])))
        broken = {one.rule for one in verify(build_problem(inputs), trial)}
        assert broken <= {Rule.REASON, Rule.CERTIFICATE}

    def test_a_fixed_time_is_proposed_and_pins_nothing(self, reader: Reader) -> None:
        task = reader.add("Call Mia", notes="she said Thursday at 14:00")
        read = reader.read(task, reading={"start_text": "Thursday at 14:00"})
        assert (read.pins, read.proposed_start_time) == ([], local(26, "14:00"))
        reader.planner.replan()
        assert reader.planner.start_of(task) == local(26, "14:00")

    def test_no_place_outside_the_preferred_times_is_offered(self, reader: Reader) -> None:
        reader.add("Write report 1h in the afternoon")
        reader.once()
        clocks = {slot.start[-5:] for slot in reader.question().slots}
        assert clocks
        assert min(clocks) >= "12:00"

    def test_no_place_after_the_due_time_is_offered(self, reader: Reader) -> None:
        reader.add("Write report 1h by Wednesday")
        reader.once()
        assert max(slot.end[4:14] for slot in reader.question().slots) <= "2026-11-25"

    def test_a_pinned_task_stays_as_long_as_it_is(self, reader: Reader) -> None:
        task = reader.add("Dentist tomorrow at 14:00", notes="takes 40 hours")
        read = reader.read(task, reading={"duration_text": "takes 40 hours", "minutes": 90})
        assert (read.pins, read.duration) == (task.pins, task.duration)

    def test_a_pinned_task_is_offered_no_place(self, reader: Reader) -> None:
        task = self.propose(reader, "Dentist tomorrow at 14:00", 1)
        assert reader.question().slots == []
        assert task.proposed_start_time is None

    @pytest.mark.parametrize(
        "fields", [{"title": "Other"}, {"due": datetime(2026, 12, 1, tzinfo=UTC)}]
    )
    def test_an_edit_drops_it(self, reader: Reader, fields: dict[str, Any]) -> None:
        task = self.propose(reader, "Write report 1h", 4)
        reader.planner.write(lambda s: s.tasks.edit(task.id, fields))  # type: ignore[arg-type]
        assert reader.now(task).proposed_start_time is None

    def test_whatever_it_chooses_the_plan_is_valid(self, reader: Reader) -> None:
        for number in range(10):
            reader.add(f"Write part {number} {number % 3 + 1}h by Thursday")
        reader.model.says = lambda q: {"slot": len(q.slots), "reading": {"minutes": 2000}}
        for _ in range(3):
            reader.once()
        account = reader.planner.container.account_id
        inputs = reader.planner.read(
            lambda s: load_inputs(s.session, account_id=account, now=s.now)
        )
        problem = build_problem(inputs)
        assert any(p.proposed for task in problem.tasks for p in task.preferred)
        assert not verify(problem, reader.planner.run(solve(problem)))


class TestFailure:
    @pytest.mark.parametrize("failure", [Failure.UNREADABLE, Failure.TRUNCATED])
    def test_a_lasting_failure_leaves_the_rules_reading(
        self, reader: Reader, failure: Failure
    ) -> None:
        task = reader.add("Write report 2h")
        reader.model.fails = failure
        reader.once()
        now = reader.now(task)
        assert (now.needs_reading, now.duration) == (False, 2 * HOUR)

    def test_a_passing_one_is_tried_later_and_later(self, reader: Reader) -> None:
        task = reader.add("Write report 2h")
        reader.model.fails = Failure.UNREACHABLE
        now = reader.planner.clock.now()
        pauses = [reader.once().again_at for _ in range(7)]
        minutes = [(at - now) / timedelta(minutes=1) for at in pauses if at]
        assert minutes == [1, 2, 4, 8, 16, 30, 30]
        assert reader.now(task).needs_reading
        reader.model.fails = None
        assert reader.once().again_at is None
        assert not reader.now(task).needs_reading

    @pytest.mark.parametrize("failure", [Failure.OVER_BUDGET, Failure.REFUSED])
    def test_one_that_holds_for_all_asks_about_no_other(
        self, reader: Reader, failure: Failure
    ) -> None:
        tasks = [reader.add(f"Write report {number}") for number in range(9)]
        reader.model.fails = failure
        reader.once()
        assert len(reader.model.asked) <= 4
        assert not any(reader.now(task).needs_reading for task in tasks)

    def test_a_model_that_is_gone_is_not_waited_for(self, reader: Reader) -> None:
        task = reader.add("Write report")
        reader.model.configured = False
        reader.once()
        assert (reader.model.asked, reader.now(task).needs_reading) == ([], False)
