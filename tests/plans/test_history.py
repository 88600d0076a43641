"""The plans that were, and having one of them again."""

from datetime import datetime, timedelta

import pytest

from dayloom.infra.errors import Conflict, NotFound
from dayloom.plans.models import Cause, ProposalState
from dayloom.tasks.models import Task
from tests.plans.conftest import Planner
from tests.plans.test_modes import HOUR, seen_day


def starts(planner: Planner, tasks: list[Task]) -> list[datetime]:
    return [planner.start_of(task) for task in tasks]


def moved_five_times(planner: Planner, tasks: list[Task]) -> None:
    """Let the person move the first task five times, the others making room."""
    first = planner.start_of(tasks[0])
    for number in range(1, 6):
        planner.run(planner.container.pins.pin(tasks[0].id, first + number * HOUR))
        planner.run(planner.container.pins.unpin(tasks[0].id))


def test_each_plan_says_what_it_came_to(planner: Planner) -> None:
    tasks = seen_day(planner)
    planner.run(planner.container.pins.pin(tasks[0].id, planner.start_of(tasks[1])))
    newest, first = planner.run(planner.container.plans.history())
    assert (newest.version, newest.current, newest.cause) == (2, True, Cause.PLACED)
    assert newest.changed == newest.totals.moved_tasks == 2
    assert (first.current, first.by_mode, first.changed) == (False, True, 3)


def test_the_fifth_last_plan_can_be_had_again(planner: Planner) -> None:
    tasks = seen_day(planner)
    before = starts(planner, tasks)
    moved_five_times(planner, tasks)
    assert starts(planner, tasks) != before
    asked = planner.run(planner.container.plans.restore(1))
    assert (asked.state, asked.cause) == (ProposalState.PENDING, Cause.RESTORED)
    assert starts(planner, tasks) != before
    planner.run(planner.container.plans.accept(asked.id))
    assert starts(planner, tasks) == before
    planner.run(planner.container.plans.undo())
    assert starts(planner, tasks) != before


def test_what_cannot_lie_there_any_more_stays(planner: Planner) -> None:
    tasks = seen_day(planner)
    before = starts(planner, tasks)
    moved_five_times(planner, tasks)
    assert planner.start_of(tasks[2]) != before[2]
    planner.meet(before[2], before[2] + HOUR)
    asked = planner.run(planner.container.plans.restore(1))
    planner.run(planner.container.plans.accept(asked.id))
    assert planner.start_of(tasks[0]) == before[0]
    assert planner.start_of(tasks[2]) != before[2]


def test_a_plan_that_holds_or_is_over_is_told(planner: Planner) -> None:
    seen_day(planner)
    with pytest.raises(Conflict, match="lies there already"):
        planner.run(planner.container.plans.restore(1))
    with pytest.raises(NotFound, match="Plan 9 is not kept"):
        planner.run(planner.container.plans.restore(9))
    planner.clock.advance(timedelta(days=3))
    with pytest.raises(Conflict, match="nothing left to move"):
        planner.run(planner.container.plans.restore(1))
