"""A task takes longer than thought, and a clock was forgotten."""

from datetime import timedelta

import pytest

from dayloom.infra.errors import Conflict
from dayloom.tasks.extending import extend, forgotten_since
from dayloom.tasks.models import Task
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.tasks.test_service import add

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def extended(desk: Desk, task: Task) -> timedelta:
    return desk.write(lambda s: extend(s.tasks, task.id, now=s.now)).duration


def test_a_quarter_of_an_hour_is_added_and_planned(desk: Desk) -> None:
    task = add(desk, duration=HOUR)
    assert extended(desk, task) == HOUR + 15 * MINUTE
    assert desk.read(lambda s: s.tasks.require(task.id)).needs_scheduling


def test_what_ran_beyond_its_estimate_has_a_quarter_of_an_hour_from_now(
    desk: Desk, clock: FakeClock
) -> None:
    task = add(desk, duration=HOUR)
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(2 * HOUR + 3 * MINUTE)
    assert extended(desk, task) == 2 * HOUR + 20 * MINUTE


def test_a_finished_task_is_not_extended(desk: Desk) -> None:
    task = add(desk)
    desk.write(lambda s: s.tracking.complete(task.id))
    with pytest.raises(Conflict, match="reopen it first"):
        extended(desk, task)


@pytest.mark.parametrize(
    ("estimate", "patience"), [(20 * MINUTE, 30 * MINUTE), (2 * HOUR, 1 * HOUR)]
)
def test_a_clock_far_beyond_its_estimate_seems_forgotten(
    desk: Desk, clock: FakeClock, estimate: timedelta, patience: timedelta
) -> None:
    task, began = add(desk, duration=estimate), clock.now()
    desk.write(lambda s: s.tracking.start(task.id))
    running = desk.read(lambda s: s.tasks.require(task.id))
    late = began + estimate + patience
    assert forgotten_since(running, late - MINUTE) is None
    assert forgotten_since(running, late) == began + estimate


def test_who_sat_down_again_knowing_it_is_not_asked(desk: Desk, clock: FakeClock) -> None:
    task = add(desk, duration=HOUR)
    for _ in range(2):
        desk.write(lambda s: s.tracking.start(task.id))
        clock.advance(2 * HOUR)
        desk.write(lambda s: s.tracking.stop(task.id))
    desk.write(lambda s: s.tracking.start(task.id))
    running = desk.read(lambda s: s.tasks.require(task.id))
    assert forgotten_since(running, clock.now()) is None
