"""What the plan said when its time came is noted once, and stands."""

from datetime import datetime, timedelta

from dayloom.infra.work import Claim
from dayloom.plans.begun import begun_between, forget_begun, noted_since
from dayloom.plans.sweep import SWEEP, SweepJob
from dayloom.preferences.models import PlanMode
from tests.conftest import MONDAY_MORNING
from tests.plans.conftest import Planner

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def sweep(planner: Planner) -> None:
    job = SweepJob(planner.container.db, planner.clock)
    finish = planner.run(job(Claim(kind=SWEEP, key="all", want=1)))
    if finish.unit is not None:
        planner.container.db.write_now(finish.unit)


def noted(planner: Planner) -> list[tuple[int, datetime, datetime]]:
    start, end = MONDAY_MORNING - DAY, MONDAY_MORNING + 7 * DAY
    rows = planner.read(lambda s: begun_between(s.session, s.account_id, start, end))
    return [(row.task_id, row.start, row.end) for row in rows]


def test_a_piece_is_noted_when_it_begins_and_not_before(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    start = planner.start_of(task)
    planner.clock.moment = start - MINUTE
    sweep(planner)
    assert noted(planner) == []
    planner.clock.moment = start
    for _ in range(2):
        sweep(planner)
    assert noted(planner) == [(task.id, start, start + HOUR)]


def test_a_plan_that_replaces_one_notes_what_had_begun(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    start = planner.start_of(task)
    planner.clock.moment = start + 40 * MINUTE
    planner.replan()
    assert noted(planner)[0] == (task.id, start, start + HOUR)


def test_work_that_runs_on_was_not_planned_to(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    start = planner.start_of(task)
    planner.clock.moment = start + 2 * MINUTE
    sweep(planner)
    planner.write(lambda s: s.tracking.start(task.id))
    for _ in range(5):
        planner.clock.advance(20 * MINUTE)
        planner.replan()
        sweep(planner)
    planner.clock.advance(7 * MINUTE)
    planner.write(lambda s: s.tracking.complete(task.id))
    planner.replan()
    assert noted(planner) == [(task.id, start, start + HOUR)]


def test_what_is_left_after_a_pause_is_a_piece_of_its_own(planner: Planner) -> None:
    task = planner.add("Write 2h")
    planner.replan()
    start = planner.start_of(task)
    planner.clock.moment = start
    sweep(planner)
    planner.write(lambda s: s.tracking.start(task.id))
    planner.clock.advance(30 * MINUTE)
    planner.replan()
    planner.write(lambda s: s.tracking.stop(task.id))
    planner.clock.advance(MINUTE)
    planner.replan()
    again = planner.start_of(task)
    planner.clock.moment = again
    sweep(planner)
    assert noted(planner) == [
        (task.id, start, start + 2 * HOUR),
        (task.id, again, again + 1.5 * HOUR),
    ]


def test_work_that_begins_early_is_noted_once(planner: Planner) -> None:
    task = planner.add("Write 1h tomorrow")
    planner.replan()
    planner.write(lambda s: s.tracking.start(task.id))
    planner.replan()
    planner.clock.advance(5 * MINUTE)
    sweep(planner)
    planner.replan()
    planner.clock.advance(20 * MINUTE)
    planner.replan()
    sweep(planner)
    ((number, start, end),) = noted(planner)
    assert number == task.id
    assert start < MONDAY_MORNING + 10 * MINUTE
    assert end - start == HOUR


def test_what_is_done_or_gone_before_its_time_was_not_planned_then(planner: Planner) -> None:
    done, gone = planner.add("Write 1h"), planner.add("Read 1h")
    planner.replan()
    planner.write(lambda s: s.tracking.complete(done.id))
    planner.write(lambda s: s.tasks.delete(gone.id))
    planner.clock.advance(8 * HOUR)  # and no plan is made
    sweep(planner)
    assert noted(planner) == []


def test_it_is_noted_where_the_person_makes_the_plans(planner: Planner) -> None:
    planner.add("Write 1h")
    planner.replan()
    planner.write(lambda s: s.preferences.change({"plan_mode": PlanMode.MANUAL}))
    planner.clock.advance(2 * HOUR)
    sweep(planner)
    assert len(noted(planner)) == 1


def test_what_is_old_is_forgotten(planner: Planner) -> None:
    task = planner.add("Write 1h")
    planner.replan()
    start = planner.start_of(task)
    planner.clock.moment = start
    sweep(planner)
    assert planner.read(lambda s: noted_since(s.session, s.account_id)) == start
    planner.write(lambda s: forget_begun(s.session, s.account_id, before=start + HOUR))
    assert noted(planner) == [(task.id, start, start + HOUR)]
    planner.write(lambda s: forget_begun(s.session, s.account_id, before=start + HOUR + MINUTE))
    assert noted(planner) == []
    assert planner.read(lambda s: noted_since(s.session, s.account_id)) is None
