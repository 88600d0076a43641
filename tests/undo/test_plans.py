"""Actions that made a plan are taken back with it, the latest or an earlier one."""

from datetime import datetime, timedelta

import pytest

from dayloom.infra.errors import Conflict
from dayloom.planning.verify import verify
from dayloom.plans.inputs import load_inputs
from dayloom.plans.outcome import lying
from dayloom.plans.problem import build_problem
from tests.undo.conftest import Person


def starts(person: Person) -> dict[int, datetime]:
    tasks = person.look(lambda s: [task.id for task in s.tasks.unfinished()])
    slots = person.look(lambda s: s.placements.slots_of(tasks))
    return {task_id: pieces[0].start for task_id, pieces in slots.items()}


def holds(person: Person) -> bool:
    """Tell whether the checker finds nothing wrong with where everything lies."""
    inputs = person.look(lambda s: load_inputs(s.session, account_id=s.account_id, now=s.now))
    return not verify(build_problem(inputs), lying(inputs))


def pin_five(person: Person) -> tuple[list[int], dict[int, datetime]]:
    """Move five tasks by hand, one after the other; return the entries and the first places."""
    person.act(lambda s: s.capture.add_lines("\n".join(f"Task {n} 1h" for n in range(5))))
    before = starts(person)
    tomorrow = person.clock.now() + timedelta(days=1, hours=1)
    for step, task_id in enumerate(before):
        where = tomorrow + timedelta(hours=step)
        person.run(person.container.pins.pin(task_id, where))
    return [entry.id for entry in reversed(person.history()[:5])], before


def test_the_fifth_last_plan_is_undone_alone(person: Person) -> None:
    entries, before = pin_five(person)
    moved = starts(person)
    person.undo(entries[0])
    first, *others = before
    now = starts(person)
    assert now[first] == before[first]
    assert {n: now[n] for n in others} == {n: moved[n] for n in others}
    assert person.look(lambda s: s.tasks.require(first).pins) == []
    assert holds(person)


def test_all_five_are_undone_in_any_order(person: Person) -> None:
    entries, before = pin_five(person)
    for number in (2, 0, 4, 1, 3):
        person.undo(entries[number])
        assert holds(person)
    assert starts(person) == before


def test_a_plan_that_was_undone_is_not_undone_twice_and_comes_back(person: Person) -> None:
    entries, before = pin_five(person)
    moved = starts(person)
    undone = person.undo(entries[-1])
    with pytest.raises(Conflict, match="already"):
        person.undo(entries[-1])
    assert undone.by is not None
    person.undo(undone.by.id)
    assert starts(person) == moved != before


def test_z_takes_back_moves_and_edits_in_turn(person: Person) -> None:
    entries, before = pin_five(person)
    first = next(iter(before))
    person.act(lambda s: s.tasks.edit(first, {"priority": 9}))
    person.z()
    assert person.look(lambda s: s.tasks.require(first).priority) == 5
    for _ in entries:
        person.z()
    assert starts(person) == before
