"""Whatever is done to tasks can be taken back, and taken back again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, DayloomError, NotFound
from dayloom.journal.rows import image_of
from dayloom.tasks.fields import Dependency, TaskFields
from dayloom.tasks.models import Task, TaskStatus
from tests.undo.conftest import Person

Act = Callable[[Services, int], object]


def write_report(person: Person) -> int:
    person.act(lambda s: s.capture.add_lines("Write the report 1h"))
    return person.look(lambda s: s.tasks.unfinished()[-1].id)


def image(person: Person, task_id: int) -> dict[str, object]:
    return person.look(lambda s: image_of(s.session.get_one(Task, task_id)))


ACTS: dict[str, Act] = {
    "renamed": lambda s, i: s.tasks.edit(i, TaskFields(title="Write it")),
    "every field": lambda s, i: s.tasks.edit(
        i,
        TaskFields(
            notes="in English",
            duration=timedelta(hours=3),
            due=s.now + timedelta(days=2),
            deadline=s.now + timedelta(days=3),
            priority=9,
            tags=["work"],
            hour_map="personal",
            min_chunk=timedelta(minutes=30),
            pinned_start=s.now + timedelta(hours=5),
        ),
    ),
    "deleted": lambda s, i: s.tasks.delete(i),
    "started": lambda s, i: s.tracking.start(i),
    "completed": lambda s, i: s.tracking.complete(i),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_undo_leaves_everything_as_it_was(person: Person, name: str) -> None:
    task_id = write_report(person)
    before = image(person, task_id)
    entry = person.act(lambda s: ACTS[name](s, task_id))
    after = image(person, task_id)
    assert after != before
    undone = person.undo(entry)
    assert not undone.left
    assert image(person, task_id) == before
    assert undone.by is not None
    person.undo(undone.by.id)
    assert image(person, task_id) == after


def test_adding_is_undone_by_taking_away_and_comes_back(person: Person) -> None:
    entry = person.act(lambda s: s.capture.add_lines("One 1h\nTwo 1h\nStretch every day 10 min"))
    there = {task.id for task in person.look(lambda s: s.tasks.unfinished())}
    undone = person.undo(entry)
    assert not person.look(lambda s: s.tasks.unfinished())
    assert undone.by is not None
    person.undo(undone.by.id)
    assert {task.id for task in person.look(lambda s: s.tasks.unfinished())} == there
    series = person.look(lambda s: s.tasks.unfinished()[-1].series)
    assert series is not None
    assert series.ended_on is None


def test_starting_another_stops_one_and_its_undo_lets_the_first_go_on(person: Person) -> None:
    first, second = write_report(person), write_report(person)
    person.act(lambda s: s.tracking.start(first))
    person.clock.advance(timedelta(minutes=5))
    entry = person.act(lambda s: s.tracking.start(second))
    person.undo(entry)
    running = person.look(lambda s: s.tracking.running())
    assert running is not None
    assert running.id == first
    assert image(person, second)["worked"] == []


def test_what_was_stopped_long_ago_does_not_run_again(person: Person) -> None:
    task_id = write_report(person)
    person.act(lambda s: s.tracking.start(task_id))
    person.clock.advance(timedelta(minutes=30))
    done = person.act(lambda s: s.tracking.complete(task_id))
    worked = image(person, task_id)["worked"]
    person.clock.advance(timedelta(hours=3))
    person.undo(done)
    assert person.look(lambda s: s.tasks.require(task_id).status) is TaskStatus.OPEN
    assert image(person, task_id)["worked"] == worked


def test_a_stop_long_ago_is_not_undone_and_says_so(person: Person) -> None:
    task_id = write_report(person)
    person.act(lambda s: s.tracking.start(task_id))
    stopped = person.act(lambda s: s.tracking.stop(task_id))
    person.clock.advance(timedelta(hours=3))
    with pytest.raises(Conflict, match="rests for too long"):
        person.undo(stopped)


def test_what_was_changed_since_stays(person: Person) -> None:
    task_id = write_report(person)
    entry = person.act(lambda s: s.tasks.edit(task_id, TaskFields(title="A", priority=9)))
    person.act(lambda s: s.tasks.edit(task_id, TaskFields(title="B")))
    person.undo(entry)
    task = person.look(lambda s: s.tasks.require(task_id))
    assert (task.title, task.priority) == ("B", 5.0)


def test_where_everything_was_changed_since_nothing_is_undone(person: Person) -> None:
    task_id = write_report(person)
    entry = person.act(lambda s: s.tasks.edit(task_id, TaskFields(title="A")))
    person.act(lambda s: s.tasks.edit(task_id, TaskFields(title="B")))
    with pytest.raises(Conflict, match="changed since"):
        person.undo(entry)
    assert person.look(lambda s: s.tasks.require(task_id).title) == "B"


def test_a_circle_that_an_undo_would_close_is_refused(person: Person) -> None:
    first, second = write_report(person), write_report(person)
    waits: list[Dependency] = [{"task_id": first, "gap": timedelta(0)}]
    person.act(lambda s: s.tasks.edit(second, TaskFields(after=waits)))
    entry = person.act(lambda s: s.tasks.edit(second, TaskFields(after=[])))
    other: list[Dependency] = [{"task_id": second, "gap": timedelta(0)}]
    person.act(lambda s: s.tasks.edit(first, TaskFields(after=other)))
    with pytest.raises(Conflict, match="wait for itself"):
        person.undo(entry)
    assert not person.look(lambda s: s.tasks.require(second).after)


def test_z_walks_back_one_action_after_the_other(person: Person) -> None:
    task_id = write_report(person)
    person.act(lambda s: s.tasks.edit(task_id, TaskFields(title="A")))
    person.act(lambda s: s.tasks.edit(task_id, TaskFields(title="B")))
    titles = []
    for _ in range(2):
        person.z()
        titles.append(person.look(lambda s: s.tasks.require(task_id).title))
    assert titles == ["A", "Write the report"]
    person.z()
    with pytest.raises(NotFound):
        person.look(lambda s: s.tasks.require(task_id))
    with pytest.raises(Conflict, match="nothing to undo"):
        person.z()


def test_an_undone_action_is_not_undone_twice_but_may_be_done_again(person: Person) -> None:
    task_id = write_report(person)
    entry = person.act(lambda s: s.tasks.delete(task_id))
    undone = person.undo(entry)
    with pytest.raises(Conflict, match="already"):
        person.undo(entry)
    assert undone.by is not None
    person.undo(undone.by.id)
    person.undo(entry)
    assert person.look(lambda s: s.tasks.require(task_id).id) == task_id


def test_what_fails_and_what_changes_nothing_leave_no_entry(person: Person) -> None:
    task_id = write_report(person)
    count = len(person.history())
    with pytest.raises(DayloomError):
        person.act(lambda s: s.tasks.edit(task_id, TaskFields(duration=timedelta(hours=99))))
    person.run(person.container.change(lambda s: s.tasks.edit(task_id, TaskFields(priority=5))))
    assert len(person.history()) == count


def test_another_account_finds_nothing(person: Person) -> None:
    with pytest.raises(NotFound):
        person.undo(4711)
