"""The person puts things where they want them; the rest makes room."""

from datetime import UTC, datetime, timedelta

import pytest

from dayloom.infra.errors import Conflict, Invalid, NotFound
from tests.plans.conftest import Planner

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 12:00 in Berlin


def test_a_pin_holds_through_replans(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(task.id, NOON))
    planner.replan()
    assert [(slot.start, slot.pinned) for slot in planner.slots(task)] == [(NOON, True)]


def test_a_pin_says_at_once_who_put_it_there(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.run(planner.container.pins.pin(task.id, NOON))
    (slot,) = planner.slots(task)
    assert (slot.pinned, slot.reasons) == (True, ["You put it there."])


def test_what_is_undone_was_not_put_there(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(task.id, NOON))
    planner.run(planner.container.plans.undo())
    (slot,) = planner.slots(task)
    assert (slot.pinned, "You put it there." in slot.reasons) == (False, False)


def test_only_what_lies_under_it_moves(planner: Planner) -> None:
    tasks = [planner.add(f"Work {n} 2h") for n in range(3)]  # 09:00, 11:00, 13:00
    planner.replan()
    starts = {task.id: planner.start_of(task) for task in tasks}
    new = planner.add("Call 30m")
    planner.replan()
    planner.run(planner.container.pins.pin(new.id, NOON))
    moved = {t.id for t in tasks if planner.start_of(t) != starts[t.id]}
    assert moved == {tasks[1].id}


def test_a_resize_changes_the_duration(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(task.id, NOON, duration=2 * HOUR))
    assert planner.read(lambda s: s.tasks.require(task.id)).duration == 2 * HOUR
    assert planner.slots(task)[0].end == NOON + 2 * HOUR


def test_undo_takes_the_pin_out_again(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    before = planner.start_of(task)
    planner.run(planner.container.pins.pin(task.id, NOON, duration=2 * HOUR))
    planner.run(planner.container.plans.undo())
    restored = planner.read(lambda s: s.tasks.require(task.id))
    assert (planner.start_of(task), restored.pins, restored.duration) == (before, [], HOUR)


def test_unpinning_lets_it_stay_until_something_is_better(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(task.id, NOON))
    planner.run(planner.container.pins.unpin(task.id))
    assert [(slot.start, slot.pinned) for slot in planner.slots(task)] == [(NOON, False)]


def test_a_start_between_steps_is_put_on_the_grid(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.run(planner.container.pins.pin(task.id, NOON + timedelta(minutes=3, seconds=12)))
    assert planner.start_of(task) == NOON


def test_the_past_is_refused(planner: Planner) -> None:
    task = planner.add("Write 1h")
    with pytest.raises(Invalid, match="time is over"):
        planner.run(planner.container.pins.pin(task.id, planner.clock.now() - HOUR))


def test_a_running_task_is_not_moved(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.write(lambda s: s.tracking.start(task.id))
    with pytest.raises(Conflict, match="is running"):
        planner.run(planner.container.pins.pin(task.id, NOON))


def test_an_unknown_task_is_told(planner: Planner) -> None:
    with pytest.raises(NotFound):
        planner.run(planner.container.pins.pin(77, NOON))


def test_an_endless_duration_is_refused(planner: Planner) -> None:
    task = planner.add("Write 1h")
    with pytest.raises(Invalid, match="40 hours"):
        planner.run(planner.container.pins.pin(task.id, NOON, duration=50 * HOUR))


def test_an_older_pin_makes_room_for_a_newer_one_until_that_is_undone(planner: Planner) -> None:
    older, newer = planner.add("Write 2h"), planner.add("Read 1h")
    planner.replan()
    planner.run(planner.container.pins.pin(older.id, NOON))
    planner.run(planner.container.pins.pin(newer.id, NOON + HOUR))
    assert planner.start_of(newer) == NOON + HOUR
    assert (
        planner.slots(older)[-1].end <= NOON + HOUR or planner.start_of(older) >= NOON + 2 * HOUR
    )
    assert not planner.slots(older)[0].pinned
    planner.run(planner.container.plans.undo())
    assert planner.start_of(older) == NOON
    assert planner.slots(older)[0].pinned
