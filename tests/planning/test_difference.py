"""The difference of two plans names every task once, with what happens to it."""

from datetime import timedelta
from random import Random

from dayloom.planning.difference import Kind, difference
from dayloom.planning.earliest import plan_earliest
from dayloom.planning.plan import Obstacle, Plan, Unplaced
from tests.planning.builders import HOUR, plan_of, span
from tests.planning.generators import next_morning, seeded_problem

NINE, TEN, NOON = (
    span("mon 09:00", "10:00"),
    span("mon 10:00", "11:00"),
    span("mon 12:00", "13:00"),
)


def unplaced(*ids: int) -> tuple[Unplaced, ...]:
    return tuple(Unplaced(task_id=id_, obstacle=Obstacle.NO_ROOM) for id_ in ids)


def test_equal_plans_do_not_differ() -> None:
    plan = plan_of((1, NINE), (2, NOON), unplaced=unplaced(3))
    found = difference(plan, plan)
    assert found.changes == ()
    assert found.unchanged == (1, 2)
    assert found.moved_time == timedelta(0)


def test_a_moved_task_keeps_its_length() -> None:
    (change,) = difference(plan_of((1, NINE)), plan_of((1, NOON))).changes
    assert (change.kind, change.before, change.after) == (Kind.MOVED, (NINE,), (NOON,))
    assert change.displaced == HOUR


def test_only_the_time_that_lies_elsewhere_counts_as_moved() -> None:
    shifted = span("mon 09:15", "10:15")
    found = difference(plan_of((1, NINE)), plan_of((1, shifted)))
    assert found.moved_time == HOUR / 4


def test_a_task_in_other_pieces_is_recut() -> None:
    halves = ((1, span("mon 09:00", "09:30")), (1, span("mon 12:00", "12:30")))
    found = difference(plan_of((1, NINE)), plan_of(*halves))
    assert [change.kind for change in found.changes] == [Kind.RECUT]
    assert found.moved_time == HOUR / 2


def test_a_task_with_other_time_is_resized() -> None:
    found = difference(plan_of((1, NINE)), plan_of((1, span("mon 09:00", "10:30"))))
    assert [change.kind for change in found.changes] == [Kind.RESIZED]
    assert found.moved_time == HOUR / 2


def test_the_order_of_pieces_in_time_is_what_counts() -> None:
    found = difference(plan_of((1, NINE), (1, NOON)), plan_of((1, NOON), (1, NINE)))
    assert found.changes == ()


def test_added_and_dropped_tasks_move_nothing() -> None:
    before = plan_of((1, NINE), unplaced=unplaced(2))
    after = plan_of((2, NINE), unplaced=unplaced(1))
    found = difference(before, after)
    assert [(change.task_id, change.kind) for change in found.changes] == [
        (1, Kind.DROPPED),
        (2, Kind.ADDED),
    ]
    assert found.moved == ()
    assert found.moved_time == timedelta(0)


def test_a_finished_task_is_gone_and_not_dropped() -> None:
    found = difference(plan_of((1, NINE), (2, TEN)), plan_of((2, TEN)))
    assert found.changes == ()
    assert found.gone == (1,)


def test_changes_come_in_order_of_their_new_times() -> None:
    before = plan_of((1, NINE), (2, TEN), (3, NOON), (9, span("mon 16:00", "17:00")))
    after = plan_of((3, NINE), (1, TEN), (2, NOON), unplaced=unplaced(9))
    found = difference(before, after)
    assert [change.task_id for change in found.changes] == [3, 1, 2, 9]
    assert found == difference(before, after)


def test_undoing_a_change_turns_it_around() -> None:
    opposite = {Kind.ADDED: Kind.DROPPED, Kind.DROPPED: Kind.ADDED}
    for seed in range(40):
        problem = seeded_problem(seed)
        before = plan_earliest(problem)
        after = plan_earliest(next_morning(problem, before, Random(seed)))
        there = difference(before, after)
        undone = Plan(slots=before.slots, unplaced=unplaced(*after.by_task()))
        back = difference(after, undone)
        assert {
            (c.task_id, opposite.get(c.kind, c.kind), c.after, c.before) for c in there.changes
        } == {
            (c.task_id, c.kind, c.before, c.after)
            for c in back.changes
            if c.task_id not in there.gone
        }
