"""Start, stop, complete, reopen: worked time adds up and one task runs at a time."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, Invalid, NotFound
from dayloom.tasks.models import TaskStatus, WorkedInterval
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.tasks.test_service import add

HOUR = timedelta(hours=1)


def test_several_starts_and_stops_add_up(desk: Desk, clock: FakeClock) -> None:
    task = add(desk, duration=4 * HOUR)
    for _ in range(2):
        desk.write(lambda s: s.tracking.start(task.id))
        clock.advance(HOUR / 2)
        desk.write(lambda s: s.tracking.stop(task.id))
        clock.advance(HOUR)
    stopped = desk.read(lambda s: s.tasks.require(task.id))
    assert stopped.status is TaskStatus.OPEN
    assert [w.end - w.start for w in stopped.worked if w.end] == [HOUR / 2, HOUR / 2]


def test_starting_one_stops_the_other(desk: Desk) -> None:
    first, second = add(desk, "first"), add(desk, "second")
    desk.write(lambda s: s.tracking.start(first.id))
    desk.write(lambda s: s.tracking.start(second.id))
    running = desk.read(lambda s: s.tracking.running())
    assert running is not None
    assert running.id == second.id
    assert desk.read(lambda s: s.tasks.require(first.id)).status is TaskStatus.OPEN


def test_the_database_itself_refuses_two_running_tasks(desk: Desk, clock: FakeClock) -> None:
    first, second = add(desk, "first"), add(desk, "second")
    desk.write(lambda s: s.tracking.start(first.id))

    def sneak(services: Services) -> None:
        services.session.add(
            WorkedInterval(
                account_id=services.account_id, task_id=second.id, start=clock.now(), end=None
            )
        )
        services.session.flush()

    with pytest.raises(IntegrityError):
        desk.write(sneak)


def test_starting_twice_changes_nothing(desk: Desk, clock: FakeClock) -> None:
    task = add(desk)
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(HOUR)
    again = desk.write(lambda s: s.tracking.start(task.id))
    assert len(again.worked) == 1


def test_completing_stops_the_clock_and_keeps_the_first_start(
    desk: Desk, clock: FakeClock
) -> None:
    task, begin = add(desk), clock.now()
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(HOUR)
    done = desk.write(lambda s: s.tracking.complete(task.id))
    assert (done.actual_start_time, done.actual_end_time) == (begin, begin + HOUR)
    assert desk.read(lambda s: s.tracking.running()) is None


def test_a_finished_task_is_reopened_before_it_starts_again(desk: Desk) -> None:
    task = add(desk)
    desk.write(lambda s: s.tracking.complete(task.id))
    with pytest.raises(Conflict, match="reopen it first"):
        desk.write(lambda s: s.tracking.start(task.id))
    reopened = desk.write(lambda s: s.tracking.reopen(task.id))
    assert (reopened.status, reopened.needs_scheduling) == (TaskStatus.OPEN, True)
    assert desk.write(lambda s: s.tracking.start(task.id)).status is TaskStatus.STARTED


def test_an_unknown_task_cannot_start(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.write(lambda s: s.tracking.start(5))


def test_a_clock_that_jumps_back_gives_no_negative_time(desk: Desk, clock: FakeClock) -> None:
    task = add(desk)
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(-HOUR)
    stopped = desk.write(lambda s: s.tracking.stop(task.id))
    assert stopped.worked[0].end == stopped.worked[0].start


def test_a_clock_is_stopped_as_of_a_moment_gone_by(desk: Desk, clock: FakeClock) -> None:
    task = add(desk)
    began = clock.now()
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(5 * HOUR)
    stopped = desk.write(lambda s: s.tracking.stop(task.id, at=began + HOUR))
    assert [w.end for w in stopped.worked] == [began + HOUR]


def test_a_task_is_finished_as_of_a_moment_gone_by(desk: Desk, clock: FakeClock) -> None:
    task = add(desk)
    began = clock.now()
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(5 * HOUR)
    finished = desk.write(lambda s: s.tracking.complete(task.id, at=began + HOUR))
    assert finished.actual_end_time == began + HOUR
    assert [w.end for w in finished.worked] == [began + HOUR]


@pytest.mark.parametrize("distance", [-HOUR, 6 * HOUR], ids=["before", "ahead"])
def test_a_moment_at_which_the_clock_did_not_run_is_refused(
    desk: Desk, clock: FakeClock, distance: timedelta
) -> None:
    task = add(desk)
    at = clock.now() + distance
    desk.write(lambda s: s.tracking.start(task.id))
    clock.advance(5 * HOUR)
    with pytest.raises(Invalid, match="did not run"):
        desk.write(lambda s: s.tracking.stop(task.id, at=at))
    assert desk.read(lambda s: s.tracking.running()) is not None


def test_a_task_that_rests_is_not_finished_in_the_past(desk: Desk, clock: FakeClock) -> None:
    task = add(desk)
    with pytest.raises(Invalid, match="did not run"):
        desk.write(lambda s: s.tracking.complete(task.id, at=clock.now() - HOUR))
