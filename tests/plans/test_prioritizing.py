"""Ranking all open tasks: by a model, or by their dates; never against the person."""

from datetime import timedelta

import pytest

from dayloom.accounts.changes import REPLAN
from dayloom.language.program.execution import Failure
from dayloom.language.program.questions import PriorityQuestion
from dayloom.plans.ranking import Rank, rank
from dayloom.preferences.wallclock import WallClock
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.reader import Reader


@pytest.fixture
def reader(planner: Planner) -> Reader:
    return Reader(planner)


def priorities(reader: Reader, *tasks: Task) -> list[float]:
    return [reader.now(task).priority for task in tasks]


class TestByModel:
    def test_all_are_set_with_their_reasons(self, reader: Reader) -> None:
        one, two = reader.add("Write report"), reader.add("Water plants")
        before = reader.wanted(REPLAN)
        reader.rank(**{f"t{one.id}": 8.26, f"t{two.id}": "2"})
        assert priorities(reader, one, two) == [8.3, 2.0]
        assert reader.now(one).priority_reason == f"Because of t{one.id}."
        assert reader.wanted(REPLAN) == before + 1

    def test_what_the_person_has_set_or_said_stays(self, reader: Reader) -> None:
        said, edited = reader.add("Write report p9"), reader.add("Water plants", priority=3.0)
        other = reader.add("Call Mia")
        reader.rank(**{f"t{said.id}": 1, f"t{edited.id}": 10, f"t{other.id}": 7})
        assert priorities(reader, said, edited, other) == [9.0, 3.0, 7.0]
        question = reader.model.asked[-1]
        assert isinstance(question, PriorityQuestion)
        assert [task.priority for task in question.tasks] == [None, 3.0, 9.0]
        assert question.tasks[0].title == "Call Mia"

    def test_ids_that_were_not_offered_change_nothing(self, reader: Reader) -> None:
        task, done = reader.add("Write report"), reader.add("Water plants")
        reader.planner.write(lambda s: s.tracking.complete(done.id))
        reader.rank(**{f"t{done.id}": 10, "t999": 10, "t-1": 10, "tnone": 10})
        assert priorities(reader, task, done) == [5.0, 5.0]

    def test_a_small_change_of_mind_is_none(self, reader: Reader) -> None:
        task = reader.add("Write report")
        reader.rank(**{f"t{task.id}": 7})
        reader.planner.write(lambda s: s.tasks.rank_all())
        reader.rank(**{f"t{task.id}": 7.5})
        assert priorities(reader, task) == [7.0]
        reader.planner.write(lambda s: s.tasks.rank_all())
        reader.rank(**{f"t{task.id}": 8.5})
        assert priorities(reader, task) == [8.5]

    def test_a_series_is_asked_about_once_and_ranked_whole(self, reader: Reader) -> None:
        first = reader.add("Stretch every day 15m")
        reader.rank(**{f"t{first.id}": 2})
        question = reader.model.asked[-1]
        assert isinstance(question, PriorityQuestion)
        assert len(question.tasks) == 1
        unfinished = reader.planner.read(lambda s: s.tasks.unfinished())
        assert {task.priority for task in unfinished} == {2.0}

    def test_many_tasks_are_several_questions_and_one_change(self, reader: Reader) -> None:
        for number in range(25):
            reader.add(f"Task number {number}")
        before = reader.wanted(REPLAN)
        reader.rank(**{f"t{number}": 6 for number in range(1, 26)})
        assert [len(question.tasks) for question in reader.model.asked] == [20, 5]
        assert reader.wanted(REPLAN) == before + 1
        unfinished = reader.planner.read(lambda s: s.tasks.unfinished())
        assert {task.priority for task in unfinished} == {6.0}

    def test_only_new_tasks_are_asked_about_unless_all_are_wanted(self, reader: Reader) -> None:
        old = reader.add("Write report")
        reader.rank(**{f"t{old.id}": 7})
        new = reader.add("Water plants")
        reader.rank(**{f"t{old.id}": 1, f"t{new.id}": 2})
        assert priorities(reader, old, new) == [7.0, 2.0]
        question = reader.model.asked[-1]
        assert isinstance(question, PriorityQuestion)
        assert [(task.id, task.priority) for task in question.tasks] == [
            (new.id, None),
            (old.id, 7.0),
        ]
        reader.rank(**{f"t{old.id}": 1, f"t{new.id}": 9})
        assert len(reader.model.asked) == 2
        reader.planner.write(lambda s: s.tasks.rank_all())
        reader.rank(**{f"t{old.id}": 1, f"t{new.id}": 9})
        assert priorities(reader, old, new) == [1.0, 9.0]
        assert not reader.now(old).needs_ranking

    def test_what_was_seen_does_not_lose_its_place_for_it(self, reader: Reader) -> None:
        task = reader.add("Write report")
        reader.planner.replan()
        reader.rank(**{f"t{task.id}": 8})
        assert not reader.now(task).needs_scheduling

    def test_a_model_that_does_not_answer_is_asked_later(self, reader: Reader) -> None:
        task = reader.add("Write report")
        reader.model.fails = Failure.RATE_LIMITED
        assert reader.rank(**{f"t{task.id}": 8}).again_at is not None
        reader.model.fails = Failure.REFUSED
        assert reader.rank(**{f"t{task.id}": 8}).again_at is None
        assert priorities(reader, task) == [5.0]

    def test_the_person_decides_while_it_thinks(self, reader: Reader) -> None:
        task = reader.add("Write report")
        reader.model.meanwhile = lambda: reader.planner.write(
            lambda s: s.tasks.edit(task.id, {"priority": 1.0})
        )
        reader.rank(**{f"t{task.id}": 8})
        assert priorities(reader, task) == [1.0]
        assert reader.now(task).priority_reason == ""


class TestByDates:
    def test_the_button_works_without_a_model(self, reader: Reader) -> None:
        soon = reader.add("Write report by tomorrow")
        hard = reader.add("Pay rent, deadline tomorrow")
        some_day = reader.add("Sort photos")
        said = reader.add("Water plants p3 by tomorrow")
        reader.model.configured = False
        reader.rank()
        assert priorities(reader, soon, hard, some_day, said) == [7.0, 8.0, 4.0, 3.0]
        assert reader.now(some_day).priority_reason == "By its dates: It has no date."
        assert reader.now(said).priority_reason == ""
        assert reader.model.asked == []

    def test_who_is_waited_for_comes_first(self, reader: Reader) -> None:
        first = reader.add("Draft contract")
        reader.add(f"Send contract after #{first.id}")
        ranks = reader.planner.read(
            lambda s: rank(s.tasks.unfinished(), WallClock.of(s.preferences.require(), s.now))
        )
        assert ranks[first.id].priority == 4.5
        assert ranks[first.id].reason == "It has no date, another task waits for it."

    def test_less_time_never_ranks_lower(self, reader: Reader) -> None:
        task = reader.add("Write report 2h by Friday 17:00")
        ranks: list[Rank] = []
        for _ in range(130):
            clock = reader.planner.clock
            ranks += reader.planner.read(
                lambda s: rank(
                    [s.tasks.require(task.id)], WallClock.of(s.preferences.require(), s.now)
                ).values()
            )
            clock.advance(timedelta(hours=1))
        found = [one.priority for one in ranks]
        assert found == sorted(found)
        assert (found[0], found[-1]) == (6.0, 9.0)
        assert ranks[-1].reason.startswith("It is late")
