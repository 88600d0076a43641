"""A task that is put off does not begin before the day that was named."""

from datetime import date, timedelta

import pytest

from dayloom.bootstrap import Services
from dayloom.infra.errors import Conflict, Invalid
from dayloom.tasks.models import Task, TaskStatus
from dayloom.tasks.postponing import Until, day_of
from tests.conftest import Desk
from tests.fakes import FakeClock
from tests.tasks.test_service import HOUR, add

MONDAY, SUNDAY = 0, 6


@pytest.mark.parametrize(
    ("until", "today", "week_start", "day"),
    [
        (Until.SOON, date(2026, 11, 23), MONDAY, None),
        (Until.TOMORROW, date(2026, 12, 31), MONDAY, date(2027, 1, 1)),
        (Until.IN_TWO_DAYS, date(2026, 11, 23), MONDAY, date(2026, 11, 25)),
        (Until.NEXT_WEEK, date(2026, 11, 23), MONDAY, date(2026, 11, 30)),
        (Until.NEXT_WEEK, date(2026, 11, 29), MONDAY, date(2026, 11, 30)),
        (Until.NEXT_WEEK, date(2026, 11, 28), SUNDAY, date(2026, 11, 29)),
        (Until.NEXT_WEEK, date(2026, 11, 29), SUNDAY, date(2026, 12, 6)),
        (Until.IN_TWO_WEEKS, date(2026, 11, 24), MONDAY, date(2026, 12, 7)),
        (Until.NEXT_MONTH, date(2026, 11, 30), MONDAY, date(2026, 12, 1)),
        (Until.NEXT_MONTH, date(2026, 12, 31), MONDAY, date(2027, 1, 1)),
        (Until.NEXT_MONTH, date(2027, 1, 31), MONDAY, date(2027, 2, 1)),
    ],
)
def test_a_name_means_a_day(until: Until, today: date, week_start: int, day: date | None) -> None:
    assert day_of(until, today, week_start=week_start) == day


def postpone(desk: Desk, task: Task, until: Until | date) -> Task:
    return desk.write(lambda s: s.postponing.postpone(task.id, until))


def test_it_begins_with_that_day_in_the_persons_zone(desk: Desk) -> None:
    off = postpone(desk, add(desk), Until.TOMORROW)
    assert off.release is not None
    assert off.release.isoformat() == "2026-11-23T23:00:00+00:00"  # midnight in Berlin
    assert off.needs_scheduling
    assert postpone(desk, off, Until.SOON).release is None


def test_a_pin_is_given_up_and_a_clock_stopped(desk: Desk, clock: FakeClock) -> None:
    def pinned(s: Services) -> Task:
        task = s.tasks.add({"title": "Write", "pinned_start": s.now + HOUR}, default_duration=HOUR)
        s.tracking.start(task.id)
        return task

    task = desk.write(pinned)
    clock.advance(timedelta(minutes=10))
    off = postpone(desk, task, date(2026, 12, 24))
    assert off.status is TaskStatus.OPEN
    assert off.pins == []


def test_where_the_deadline_leaves_no_time_nothing_changes(desk: Desk, clock: FakeClock) -> None:
    task = add(desk, deadline=clock.now() + 8 * HOUR)
    with pytest.raises(Invalid, match="less time than the task takes"):
        postpone(desk, task, Until.NEXT_WEEK)
    assert desk.read(lambda s: s.tasks.require(task.id)).release is None


def test_what_is_done_and_what_has_gone_by_are_refused(desk: Desk) -> None:
    task = add(desk)
    with pytest.raises(Conflict, match="is no later day; say one from 2026-11-24 on"):
        postpone(desk, task, date(2026, 11, 23))
    desk.write(lambda s: s.tracking.complete(task.id))
    with pytest.raises(Conflict, match="is finished; reopen it first"):
        postpone(desk, task, Until.TOMORROW)
