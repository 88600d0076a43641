"""A day lived: started, stopped, late, overrun, finished; the plan follows."""

from datetime import UTC, datetime, timedelta

from dayloom.plans.sweep import needs_attention
from dayloom.tasks.models import TaskStatus
from tests.plans.conftest import Planner

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # in Berlin


def troubled(planner: Planner) -> bool:
    account_id, now = planner.container.account_id, planner.clock.now()
    return planner.read(lambda s: needs_attention(s.session, account_id=account_id, now=now))


def test_a_running_task_is_where_it_runs(planner: Planner) -> None:
    planner.add("First 1h")
    second = planner.add("Second 1h")
    planner.replan()
    planner.clock.moment = NINE
    planner.write(lambda s: s.tracking.start(second.id))
    planner.replan()
    assert planner.start_of(second) == NINE


def test_what_is_left_after_a_stop_is_planned_again(planner: Planner) -> None:
    task = planner.add("Write 2h")
    planner.replan()
    planner.clock.moment = NINE
    planner.write(lambda s: s.tracking.start(task.id))
    planner.clock.advance(50 * MINUTE)
    planner.write(lambda s: s.tracking.stop(task.id))
    planner.replan()
    [slot] = planner.slots(task)
    assert slot.end - slot.start == 70 * MINUTE
    assert slot.start >= planner.clock.now()


def test_an_unstarted_task_waits_a_little_and_is_then_planned_again(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    planner.look()
    planner.clock.moment = NINE + 10 * MINUTE
    assert not troubled(planner)
    planner.clock.moment = NINE + 20 * MINUTE
    assert troubled(planner)
    planner.replan()
    assert planner.start_of(task) == NINE + 20 * MINUTE
    assert not troubled(planner)


def test_an_overrun_task_gets_more_time_and_pushes_the_next(planner: Planner) -> None:
    first, second = planner.add("First 1h"), planner.add("Second 1h")
    planner.replan()
    planner.look()
    planner.clock.moment = NINE
    planner.write(lambda s: s.tracking.start(first.id))
    planner.replan()
    planner.clock.advance(HOUR)
    assert troubled(planner)
    planner.replan()
    assert planner.slots(first)[0].end > planner.clock.now()
    assert planner.start_of(second) >= planner.slots(first)[0].end


def test_a_missed_deadline_is_late_but_not_forgotten(planner: Planner) -> None:
    task = planner.add("Tax form 1h must be done by today 12:00")
    planner.replan()
    planner.clock.moment = NINE + 5 * HOUR
    planner.replan()
    assert planner.start_of(task) >= planner.clock.now()


def test_a_finished_task_frees_its_time(planner: Planner) -> None:
    first, second = planner.add("First 2h"), planner.add("Second 1h")
    planner.replan()
    planner.clock.moment = NINE
    done = planner.write(lambda s: s.tracking.complete(first.id))
    assert done.status is TaskStatus.COMPLETED
    planner.replan()
    assert planner.slots(first) == []
    assert planner.start_of(second) == NINE


def test_what_has_no_room_is_named(planner: Planner) -> None:
    planner.add("Huge 30h in one go")
    planner.replan()
    [unplaced] = planner.look().unplaced
    assert unplaced.obstacle == "too_long"
    assert unplaced.reason


def test_daily_limits_hold(planner: Planner) -> None:
    planner.write(lambda s: s.preferences.change({"daily_cap": 3 * HOUR}))
    for number in range(3):
        planner.add(f"Work {number} 2h")
    planner.replan()
    days = [slot.start.date() for slot in planner.look().slots]
    assert len(set(days)) == 3
