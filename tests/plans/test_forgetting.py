"""A call of a model is taken back where what it set still stands, and nowhere else."""

from datetime import timedelta

import pytest

from dayloom.accounts.changes import REPLAN
from dayloom.infra.errors import Conflict, NotFound
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.reader import Reader

HOUR = timedelta(hours=1)
READING = {"duration_text": "three hours", "due_text": "due Friday", "window_text": "mornings"}


@pytest.fixture
def reader(planner: Planner) -> Reader:
    return Reader(planner)


def read(reader: Reader, *others: Task) -> Task:
    task = reader.add("Write report", notes="three hours, due Friday, mornings")
    after = {"after_ids": [one.id for one in others]}
    return reader.read(task, reading={**READING, **after}, slot=1, reasoning="Fresh then.")


def state(task: Task) -> tuple[object, ...]:
    return (
        task.duration, task.due, task.preferred, [one.after_id for one in task.after],
        task.proposed_start_time, task.proposed_reason, task.inferred, task.readings,
    )  # fmt: skip


def test_all_of_it_goes_back(reader: Reader) -> None:
    first = reader.add("Collect report figures")
    reader.once()
    plain = reader.add("Write report", notes="three hours, due Friday, mornings")
    reader.read(plain)
    task = read(reader, first)
    assert (task.duration, [one.after_id for one in task.after]) == (3 * HOUR, [first.id])
    before = reader.wanted(REPLAN)
    forgotten = reader.forget()
    assert (forgotten.taken_back, forgotten.left) == (5, 0)
    assert state(reader.now(task)) == state(reader.now(plain))
    assert reader.wanted(REPLAN) == before + 1


def test_what_was_changed_since_stays(reader: Reader) -> None:
    task = read(reader)
    reader.planner.write(lambda s: s.tasks.edit(task.id, {"duration": 2 * HOUR}))
    forgotten = reader.forget()
    now = reader.now(task)
    assert (now.duration, now.due, now.preferred) == (2 * HOUR, None, [])
    assert forgotten.left == 2  # the duration, and the proposal, which the edit had dropped


def test_a_later_call_stands(reader: Reader) -> None:
    task = reader.add("Write report")
    reader.read(task, reading={"minutes": 60})
    first = reader.newest_call()
    reader.planner.write(lambda s: s.tasks.edit(task.id, {"notes": "long"}))
    reader.read(task, reading={"minutes": 90})
    assert reader.forget(first).taken_back == 0
    assert reader.now(task).duration == 1.5 * HOUR


def test_it_happens_once(reader: Reader) -> None:
    read(reader)
    reader.forget()
    with pytest.raises(Conflict, match="taken back before"):
        reader.forget()


def test_a_call_of_nobody_is_told(reader: Reader) -> None:
    with pytest.raises(NotFound, match="no call #99"):
        reader.forget(99)


def test_the_calls_of_another_account_are_out_of_reach(reader: Reader) -> None:
    task = read(reader)
    call = reader.newest_call()
    other = reader.planner.container.account_id + 1
    with pytest.raises(NotFound):
        reader.planner.write(lambda s: type(s)(s.session, other, s.now).forgetting.forget(call))
    assert reader.now(task).duration == 3 * HOUR


def test_what_a_ranking_set_goes_back(reader: Reader) -> None:
    one, two = reader.add("Write report"), reader.add("Water plants")
    reader.rank(**{f"t{one.id}": 8, f"t{two.id}": 2})
    reader.planner.write(lambda s: s.tasks.edit(two.id, {"priority": 9.0}))
    forgotten = reader.forget()
    assert (forgotten.taken_back, forgotten.left) == (1, 1)
    assert [reader.now(task).priority for task in (one, two)] == [5.0, 9.0]
    assert (reader.now(one).priority_reason, reader.now(one).inferred) == ("", {})
